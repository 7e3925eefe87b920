"""Pages that few see, or that are built like others: the slow run and the pictures alone go through them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from matching.delivery import links
from matching.delivery.preview import preview_mail
from matching.delivery.signing_up import token_of as sign_up_token
from matching.delivery.subscribing import wish_of
from matching.delivery.suppressing import address_hash
from matching.delivery.writing_again import token_of as again_token
from matching.models import Subscription
from opportunities.models import Project
from opportunities.services import write_project_note
from portal.accounts.models import User
from tests.browser.shown import Shown
from tests.browser.shown_accounts import rarer_account_pages
from tests.factories.buyers import pune, waiting_name_key
from tests.factories.mail_troubles import build_mail_troubles
from tests.factories.matching import DeliveryFactory, SignUpFactory
from tests.factories.sending import SuppressionFactory, WebhookDeliveryFactory, WebhookEndpointFactory
from tests.factories.world import World


def rarer_pages(world: World, *, member: User, office: User) -> Iterator[Shown]:
    """Wants the world of the other pages, and a member who owns its company."""
    build_mail_troubles(world, member=member, office=office, now=timezone.now())
    yield from rarer_account_pages(member)
    yield from _pages_by_mail(world, member)
    yield from _api(member)
    yield from _pages_of_members(world, member)
    yield from _pages_of_the_office(world, office)


def _pages_by_mail(world: World, member: User) -> Iterator[Shown]:
    """Which a link leads to, without a log-in."""
    subscription = Subscription.objects.latest("pk")
    reader = subscription.recipient_id
    yield Shown("mail", _mail_as_a_page(world, member), None)
    yield Shown("digest", "/digest/", None)
    yield Shown("digest-sent", "/digest/sent/", None)
    yield Shown("digest-confirm", f"/digest/confirm/{sign_up_token(SignUpFactory.create())}/", None)
    yield Shown("unsubscribe", f"/mail/unsubscribe/{links.unsubscribe_token(subscription.pk)}/", None)
    yield Shown("preferences", links.preferences_path(reader), None)
    yield Shown("write-again", _written_to_again(), None)
    yield Shown("mute", links.mute_path(reader, world.sensors.pk), None)
    yield Shown("not-found", "/opportunities/2000000000/", None)


def _mail_as_a_page(world: World, member: User) -> str:
    now = timezone.now()
    subscription = Subscription.objects.get(profile=world.profile, recipient__user=member)
    drawn = preview_mail(member, world.profile, wish_of(subscription), known=subscription, now=now)
    assert drawn is not None
    told = {"sent_at": now, "subject": drawn.subject, "body_html": drawn.html}
    sent = DeliveryFactory.create(recipient=subscription.recipient, run__period=date(2026, 1, 2), **told)
    return f"/mail/view/{links.view_token(sent.pk)}/"


def _written_to_again() -> str:
    """The address that a colleague is sent, who has asked for mail again."""
    bo = User.objects.get(name="Bo Berg", memberships__isnull=False)
    suppression = SuppressionFactory.create(address_hash=address_hash(bo.email))
    return f"/mail/again/{again_token(suppression, bo)}/"


def _api(member: User) -> Iterator[Shown]:
    yield Shown("api", "/api/v1/docs", None)
    yield Shown("api-list", "/api/v1/docs/getOpportunityList", None)
    yield Shown("api-write", "/api/v1/docs/patchProfileDetail", member)
    yield Shown("api-one", "/api/v1/docs/getMatchDetail", member)


def _pages_of_members(world: World, member: User) -> Iterator[Shown]:
    endpoint = WebhookEndpointFactory.create(company=world.profile.company)
    WebhookDeliveryFactory.create(endpoint=endpoint, opportunity=world.sensors, last_error="503", attempts=2)
    waits = WebhookEndpointFactory.create(company=world.profile.company)
    WebhookDeliveryFactory.create(endpoint=waits, kind="test", opportunity=None)
    answered = {"given_up_at": timezone.now(), "status": 400, "answer": "Unknown type", "took_seconds": 0.2}
    WebhookDeliveryFactory.create(endpoint=endpoint, kind="test", opportunity=None, **answered)
    yield Shown("buyers", "/buyers/", member)
    yield Shown("city", "/cities/pune/", member)
    yield Shown("own-ledger", "/ledger/", member)
    yield Shown("missed", f"/notifications/{world.profile.pk}/missed/", member)
    yield Shown("profile-new", "/profile/new/", member)
    yield Shown("profile-retire", f"/profile/{world.profile.pk}/retire/", member)
    yield Shown("webhooks", "/webhooks/", member)
    yield Shown("webhook", f"/webhooks/{endpoint.pk}/", member)
    yield Shown("webhook-waits", f"/webhooks/{waits.pk}/", member)
    yield Shown("not-found-member", "/opportunities/2000000000/", member)


def _pages_of_the_office(world: World, office: User) -> Iterator[Shown]:
    project, words = Project.objects.earliest("pk"), "The council asks for test beds."
    write_project_note(project.pk, words, is_shared=True, by=office, now=timezone.now())
    yield Shown("members", "/office/members/", office)
    yield Shown("look", f"/office/members/{world.profile.company_id}/look/", office)
    yield Shown("waiting-names", "/office/buyers/", office)
    yield Shown("inbox-buyer", f"/office/inbox/?item={waiting_name_key()}", office)
    yield Shown("competition", "/office/competition/", office)
    yield Shown("deliveries", "/office/deliveries/", office)
    yield Shown("suppressed", "/office/suppressed/", office)
    yield Shown("history", f"/office/history/buyer/{pune().pk}/", office)
    yield Shown("office-ledger", "/office/ledger/", office)
    yield Shown("vocabulary", "/office/vocabulary/", office)
    yield Shown("concept", "/office/vocabulary/scada-automation/", office)
    yield Shown("concept-new", "/office/vocabulary/new/", office)
