"""What may stand in the way of mail, each once. Made up."""

from __future__ import annotations

from datetime import datetime, timedelta

from ingest.models import Source
from matching.delivery.holding import hold_day, hold_opportunity
from matching.delivery.pausing import pause_mail
from matching.models import CapabilityProfile, MailReport, Subscription
from portal.accounts.models import User
from tests.factories.matching import SavedSearchFactory, SubscriptionFactory
from tests.factories.sending import SuppressionFactory
from tests.factories.world import World


def build_mail_troubles(world: World, *, member: User, office: User, now: datetime) -> None:
    """Paused, held back, suppressed, subscribed to what can tell nothing; and a canary that is mailed too."""
    pause_mail(by=office, because="The links lead to the old address; asked the host.", now=now)
    hold_opportunity(world.sensors.pk, by=office, because="The deadline is a day off; asked Pune.", now=now)
    hold_day(now.date(), by=office, because="The subject line named the wrong week.", now=now)
    SuppressionFactory.create(because="Has left the company, says a colleague.", reason=MailReport.Kind.ASKED)
    SuppressionFactory.create(address_hint="f…@" + "fjarravlasning" * 3 + ".example.org")
    _dead_rules(world, member)
    Source.objects.filter(kind="canary").update(mailed_since=now - timedelta(days=3))


def _dead_rules(world: World, member: User) -> None:
    meters = CapabilityProfile.objects.exclude(pk=world.profile.pk).get(company=world.profile.company)
    SubscriptionFactory.create(user=member, profile=meters)
    search = SavedSearchFactory.create(
        company=world.profile.company, by=member, name="Ånga", query="q=xylofon"
    )
    kind = Subscription.Kind.SEARCH
    SubscriptionFactory.create(user=member, profile=None, saved_search=search, kind=kind)
