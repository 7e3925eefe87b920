"""One mail of every kind that Setu sends, with long titles and all that may stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.test import override_settings

from matching.delivery.alerting import owe_alerts
from matching.delivery.canary import keep_canary
from matching.delivery.holding import hold_day, let_go
from matching.delivery.owing import owe_daily_digests, owe_due_digests
from matching.delivery.services import send_delivery
from matching.delivery.share import send_share
from matching.delivery.signing_up import send_sign_up
from matching.delivery.suppressing import address_hash
from matching.delivery.webhooks.telling import tell_owners
from matching.delivery.writing_again import ask_to_write_again
from matching.models import Delivery, Match, Recipient, Subscription, WebhookEndpoint
from matching.scoring.records import Evidence, Part, Verdict
from matching.scoring.serialization import parts_to_json
from opportunities.models import Opportunity
from opportunities.parsed_notice import Stage
from opportunities.services import write_search_entries
from portal.accounts.inviting import send_invitation
from portal.accounts.looking import begin_look, tell_look, untold_looks
from portal.accounts.models import Membership
from portal.accounts.registering import approve_registration, refuse_registration
from portal.accounts.telling import tell_registration
from tests.factories.accounts import (
    CompanyFactory,
    InvitationFactory,
    MembershipFactory,
    RegistrationFactory,
    UserFactory,
)
from tests.factories.canary import let_canary_fly
from tests.factories.matching import (
    CapabilityProfileFactory,
    FollowFactory,
    ShareFactory,
    SignUpFactory,
    SubscriptionFactory,
)
from tests.factories.sending import SuppressionFactory, WebhookEndpointFactory
from tests.integration.delivery.world import add_match, move_deadline

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)
LONG = (
    "Design, supply, installation, testing, commissioning and five years' operation and maintenance of "
    "a SCADA-based drinking-water quality monitoring and leakage-detection system for 212 locations (Lot 3)"
)
PARTS = (
    Part("domain", 40, 60, Verdict.FITS, (Evidence("SCADA", "styrsystem", "scada"),)),
    Part("words", 12, 25, Verdict.FITS, (Evidence("sensors", "sensor"), Evidence("leakage", "leakage"))),
    Part("value_band", -4, 8, Verdict.GAP, (), (("value", "INR 845000000"), ("to", "INR 50000000"))),
    Part("place", 7, 7, Verdict.FITS, (), (("state", "MH"),)),
)


def send_every_kind(language: str, *, now: datetime) -> Iterator[str]:
    """Send one after another, and name each once it is the last that was sent."""
    member = MembershipFactory.create(
        user=UserFactory.create(name="Astrid Öberg", language=language),
        company=CompanyFactory.create(name="Nordvatten Sensorik AB"),
        role=Membership.Role.OWNER,
    )
    noon = datetime.combine(MONDAY, datetime.min.time(), now.tzinfo) + timedelta(hours=11)
    yield from _mail_about_opportunities(member, noon)
    yield from _mail_without_an_account(language, noon)
    yield from _mail_about_accounts(member, language, now)
    yield from _mail_about_mail(member, language, noon)


def _mail_about_opportunities(member: Membership, noon: datetime) -> Iterator[str]:
    profile = CapabilityProfileFactory.create(
        company=member.company,
        name="Water sensors and SCADA" if member.user.language == "en" else "Vattensensorer och SCADA",
    )
    subscription = SubscriptionFactory.create(user=member.user, profile=profile, created_at=noon - 9 * DAY)
    follows = {"kind": Subscription.Kind.FOLLOWS, "profile": None, "company": member.company}
    SubscriptionFactory.create(user=member.user, created_at=noon - 9 * DAY, **follows)
    moved = add_match(profile, now=noon, title=LONG, score=91).opportunity
    cancelled = add_match(
        profile, now=noon, title="Smart bus shelters with passenger information"
    ).opportunity
    add_match(profile, now=noon, title="Street lights on the ring road", submission_deadline=noon + 4 * DAY)
    FollowFactory.create(company=member.company, opportunity=moved, by=member.user, created_at=noon - DAY)
    Match.objects.update(parts=parts_to_json(PARTS))
    _owe_and_send(MONDAY - 3 * DAY, now=noon - 3 * DAY)
    for title, facts in (
        ("Online turbidity and chlorine sensors", {"score": 84}),
        ("Nagpur smart poles, pilot", {"stage": Stage.DPR, "submission_deadline": None}),
        (
            "Non-revenue-water reduction",
            {"published_at": noon - 40 * DAY, "value_amount": None, "value_currency": ""},
        ),
    ):
        add_match(profile, now=noon, title=title, **facts)
    Match.objects.update(parts=parts_to_json(PARTS))
    move_deadline(moved, noon + 27 * DAY)
    Opportunity.objects.filter(pk=cancelled.pk).update(submission_deadline=noon + 2 * DAY)
    _owe_and_send(MONDAY, now=noon)
    yield "digest"
    move_deadline(moved, noon + 13 * DAY)
    owe_alerts(now=noon + DAY)
    _send(now=noon + DAY)
    yield "alert"
    share = ShareFactory.create(
        company=member.company,
        opportunity=moved,
        by=UserFactory.create(name="Erik Lind", language=member.user.language),
        to=member.user,
        message="Worth a look before Friday?\nThey ask for two references.",
    )
    MembershipFactory.create(user=share.by, company=member.company)
    send_share(share.pk, now=noon)
    yield "share"
    Subscription.objects.filter(pk=subscription.pk).update(ended_at=noon)


def _mail_without_an_account(language: str, noon: datetime) -> Iterator[str]:
    sign_up = SignUpFactory.create(language=language, query="domain=water-supply&state=MH")
    send_sign_up(sign_up.pk, now=noon)
    yield "sign-up"
    found = [
        add_match(CapabilityProfileFactory.create(), now=noon, title=title).opportunity.pk
        for title in (LONG, "Online turbidity and chlorine sensors")
    ]
    write_search_entries(found)
    recipient = Recipient.objects.create(
        email=f"reader-{language}@example.net", language=language, created_at=noon
    )
    Subscription.objects.create(
        recipient=recipient, kind="topics", query="stage=tender&state=MH", created_at=noon - 9 * DAY
    )
    _owe_and_send(MONDAY + DAY, now=noon + DAY)
    yield "digest-without-account"


def _mail_about_accounts(member: Membership, language: str, now: datetime) -> Iterator[str]:
    office = UserFactory.create(name="Olga Ekström", is_staff=True)
    for name, decide in (("approved", approve_registration), ("refused", refuse_registration)):
        asking = UserFactory.create(name="Maja Holm", language=language)
        own = CompanyFactory.create(name="Pumpteknik i Väst AB", approved_at=None)
        registration = RegistrationFactory.create(user=asking, company_name=own.name, company=own)
        said = {} if name == "approved" else {"because": "The number is that of another company."}
        decide(registration.pk, by=office, now=now, **said)
        tell_registration(registration.pk, now=now)
        yield f"registration-{name}"
    invitation = InvitationFactory.create(
        company=member.company, language=language, invited_by=UserFactory.create(name="Erik Lind")
    )
    send_invitation(invitation.pk, now=now)
    yield "invitation"
    begin_look(member.company, by=office, because="Astrid phoned: nothing in the list since Monday.", now=now)
    for notice in untold_looks(now=now, count=9):
        tell_look(notice, now=now)
    yield "office-look"
    endpoint = WebhookEndpointFactory.create(
        company=member.company,
        failing_since=now - 2 * DAY,
        disabled_at=now,
        disabled_because=WebhookEndpoint.DisabledBecause.FAILED,
    )
    tell_owners(endpoint.pk, now=now)
    yield "webhook-off"


def _mail_about_mail(member: Membership, language: str, noon: datetime) -> Iterator[str]:
    """What comes of holding a day's digests, of an address that wasn't written to, and of the canary."""
    profile = CapabilityProfileFactory.create(company=member.company, name="SCADA")
    SubscriptionFactory.create(user=member.user, profile=profile, created_at=noon)
    add_match(profile, now=noon + DAY, title=LONG)
    Match.objects.update(parts=parts_to_json(PARTS))
    owe_daily_digests(MONDAY + 2 * DAY, now=noon + 2 * DAY)
    hold = hold_day(MONDAY + 2 * DAY, by=member.user, because="A wrong date", now=noon + 2 * DAY)
    let_go(hold.pk, by=member.user, now=noon + 3 * DAY)
    _send(now=noon + 3 * DAY)
    yield "digest-held"
    SuppressionFactory.create(address_hash=address_hash(member.user.email))
    ask_to_write_again(member.user)
    yield "mail-again"
    with override_settings(CANARY_ADDRESS="canary@office.example", LANGUAGE_CODE=language):
        let_canary_fly(noon + 3 * DAY)
        keep_canary(now=noon + 3 * DAY)
        owe_due_digests(now=noon + 3 * DAY)
        _send(now=noon + 3 * DAY)
    yield "canary"


def _owe_and_send(period: date, *, now: datetime) -> None:
    owe_daily_digests(period, now=now)
    _send(now=now)


def _send(*, now: datetime) -> None:
    for key in Delivery.objects.due_at(now).order_by("pk").values_list("pk", flat=True):
        send_delivery(key, now=now)
