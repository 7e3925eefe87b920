from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone
from factory.declarations import LazyFunction, RelatedFactory, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory, Password

from portal.accounts.models import Company, Invitation, Membership, Registration, User

PASSWORD = "en-bro-till-indien"  # noqa: S105  opens nothing but made-up accounts


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = Sequence(lambda n: f"Person {n}")
    email = Sequence(lambda n: f"person-{n}@example.org")
    password = Password(PASSWORD)
    address = RelatedFactory("tests.factories.accounts.EmailAddressFactory", factory_related_name="user")


class EmailAddressFactory(DjangoModelFactory[EmailAddress]):
    """Confirmed, as that of everybody who can log in."""

    class Meta:
        model = EmailAddress

    user = SubFactory(UserFactory, address=None)
    email = SelfAttribute("user.email")
    verified = True
    primary = True


class CompanyFactory(DjangoModelFactory[Company]):
    class Meta:
        model = Company

    name = Sequence(lambda n: f"Företag {n} AB")
    approved_at = LazyFunction(timezone.now)


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    company = SubFactory(CompanyFactory)


class RegistrationFactory(DjangoModelFactory[Registration]):
    """One that waits for the office."""

    class Meta:
        model = Registration

    user = SubFactory(UserFactory)
    company_name = Sequence(lambda n: f"Nytt företag {n} AB")
    organisation_number = Sequence(lambda n: f"40{2_000_0000 + n}")
    about = "Vi bygger pumpar och styrsystem för avloppsreningsverk."
    registered_at = LazyFunction(timezone.now)
    confirmed_at = SelfAttribute("registered_at")


class InvitationFactory(DjangoModelFactory[Invitation]):
    """One that is open for a week."""

    class Meta:
        model = Invitation

    company = SubFactory(CompanyFactory)
    email = Sequence(lambda n: f"invited-{n}@example.org")
    language = "sv"
    invited_by = SubFactory(UserFactory)
    invited_at = LazyFunction(timezone.now)
    expires_at = LazyFunction(lambda: timezone.now() + timedelta(days=7))
