from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from factory.declarations import LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from matching.models import (
    CapabilityProfile,
    Delivery,
    DigestRun,
    Follow,
    LastLook,
    Match,
    Note,
    PartnerRequest,
    Recipient,
    SavedSearch,
    Share,
    SignUp,
    Subscription,
    Verdict,
)
from tests.factories.accounts import CompanyFactory, UserFactory
from tests.factories.opportunities import OpportunityFactory


class CapabilityProfileFactory(DjangoModelFactory[CapabilityProfile]):
    class Meta:
        model = CapabilityProfile

    company = SubFactory(CompanyFactory)
    name = Sequence(lambda n: f"Profile {n}")
    language = "en"
    summary = "Sensors and systems for drinking-water networks"


class MatchFactory(DjangoModelFactory[Match]):
    class Meta:
        model = Match

    profile = SubFactory(CapabilityProfileFactory)
    opportunity = SubFactory(OpportunityFactory)
    score = 72
    scorer_version = "test"
    first_matched_at = LazyFunction(timezone.now)
    matched_at = SelfAttribute("first_matched_at")


class PartnerRequestFactory(DjangoModelFactory[PartnerRequest]):
    class Meta:
        model = PartnerRequest

    opportunity = SubFactory(OpportunityFactory)
    asking = SubFactory(CapabilityProfileFactory)
    asked = SubFactory(CapabilityProfileFactory)
    asked_by = SubFactory(UserFactory)
    asked_at = LazyFunction(timezone.now)


class FollowFactory(DjangoModelFactory[Follow]):
    class Meta:
        model = Follow

    company = SubFactory(CompanyFactory)
    opportunity = SubFactory(OpportunityFactory)
    by = SubFactory(UserFactory)
    created_at = LazyFunction(timezone.now)


class LastLookFactory(DjangoModelFactory[LastLook]):
    """At an opportunity before anything was told to have changed."""

    class Meta:
        model = LastLook

    person = SubFactory(UserFactory)
    opportunity = SubFactory(OpportunityFactory)
    looked_at = LazyFunction(timezone.now)
    shown_number = 0
    known_number = 0


class VerdictFactory(DjangoModelFactory[Verdict]):
    """A dismissal that stands."""

    class Meta:
        model = Verdict

    profile = SubFactory(CapabilityProfileFactory)
    opportunity = SubFactory(OpportunityFactory)
    person = SubFactory(UserFactory)
    is_relevant = False
    reason = Verdict.Reason.WRONG_FIELD
    given_at = LazyFunction(timezone.now)


class RecipientFactory(DjangoModelFactory[Recipient]):
    """One for each person, however often it is asked for."""

    class Meta:
        model = Recipient
        django_get_or_create = ("user",)

    user = SubFactory(UserFactory)
    created_at = LazyFunction(timezone.now)


class SubscriptionFactory(DjangoModelFactory[Subscription]):
    """A person's, who may be given as ``user``."""

    class Meta:
        model = Subscription

    class Params:
        user = SubFactory(UserFactory)

    recipient = SubFactory(RecipientFactory, user=SelfAttribute("..user"))
    profile = SubFactory(CapabilityProfileFactory)
    created_at = LazyFunction(timezone.now)


class DigestRunFactory(DjangoModelFactory[DigestRun]):
    class Meta:
        model = DigestRun

    period = LazyFunction(lambda: timezone.now().date())
    started_at = LazyFunction(timezone.now)


class DeliveryFactory(DjangoModelFactory[Delivery]):
    class Meta:
        model = Delivery

    run = SubFactory(DigestRunFactory)
    recipient = SubFactory(RecipientFactory)
    owed_at = LazyFunction(timezone.now)


class SignUpFactory(DjangoModelFactory[SignUp]):
    """Asked for now, and not confirmed."""

    class Meta:
        model = SignUp

    email = Sequence(lambda n: f"reader-{n}@example.net")
    language = "en"
    query = "stage=tender"
    page = "/digest/"
    asked_at = LazyFunction(timezone.now)
    expires_at = LazyFunction(lambda: timezone.now() + timedelta(days=3))


class NoteFactory(DjangoModelFactory[Note]):
    class Meta:
        model = Note

    company = SubFactory(CompanyFactory)
    opportunity = SubFactory(OpportunityFactory)
    by = SubFactory(UserFactory)
    text = Sequence(lambda n: f"Note {n}")
    written_at = LazyFunction(timezone.now)


class ShareFactory(DjangoModelFactory[Share]):
    class Meta:
        model = Share

    company = SubFactory(CompanyFactory)
    opportunity = SubFactory(OpportunityFactory)
    by = SubFactory(UserFactory)
    to = SubFactory(UserFactory)
    shared_at = LazyFunction(timezone.now)


class SavedSearchFactory(DjangoModelFactory[SavedSearch]):
    class Meta:
        model = SavedSearch

    company = SubFactory(CompanyFactory)
    name = Sequence(lambda n: f"Search {n}")
    query = "q=sensors"
    language = "en"
    by = SubFactory(UserFactory)
    created_at = LazyFunction(timezone.now)
