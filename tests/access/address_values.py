"""What stands for each parameter of an address in the small world, and what its forms are sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from ingest.models import Extraction, PageLayout, QuarantinedPart, RawDocument, Replay, Source
from matching.delivery import links
from matching.delivery.signing_up import token_of as sign_up_token
from matching.delivery.suppressing import address_hash
from matching.delivery.writing_again import token_of as again_token
from matching.models import (
    Delivery,
    MailHold,
    Match,
    PartnerRequest,
    Subscription,
    Suppression,
    WebhookDelivery,
)
from opportunities.exports.told import number_of
from opportunities.models import Ruling
from opportunities.projects.documents import DocumentKind
from opportunities.services import DocumentNamed, attach_document, write_project_note
from portal.accounts.api_tokens import make_token
from portal.accounts.feed_links import MadeFeedLink, make_feed_link
from portal.accounts.inviting import token_of
from portal.accounts.models import ApiToken, FeedLink, Membership, Registration, User
from portal.dashboards.handling import Hand, remark
from tests.factories.accounts import InvitationFactory, RegistrationFactory
from tests.factories.buyers import pune, waiting_name_key
from tests.factories.matching import NoteFactory, SavedSearchFactory, SignUpFactory
from tests.factories.office_morning import mapped_table, merge_in_force, waiting_proposal
from tests.factories.projects import ProjectFactory
from tests.factories.sending import SuppressionFactory, WebhookDeliveryFactory, WebhookEndpointFactory
from tests.factories.world import World

NOTHING = "2000000000"  # as an id, a slug or a token: there is no such thing


def _subscription() -> Subscription:
    return Subscription.objects.latest("pk")


def _sent() -> Delivery:
    return Delivery.objects.exclude(body_html="").latest("pk")


def _held() -> MailHold:
    why = {"held_at": timezone.now(), "because": "A wrong deadline."}
    return MailHold.objects.get_or_create(day=date(2026, 11, 23), ended_at=None, defaults=why)[0]


def _mail_again(_: World) -> str:
    """A link to an address that isn't written to."""
    user = Membership.objects.latest("pk").user
    suppression = Suppression.objects.filter(address_hash=address_hash(user.email)).first()
    return again_token(suppression or SuppressionFactory.create(address_hash=address_hash(user.email)), user)


def _webhook(world: World) -> WebhookDelivery:
    """One message to a system of Vallar's."""
    company = world.profile.company
    known = WebhookDelivery.objects.filter(endpoint__company=company).first()
    return known or WebhookDeliveryFactory.create(endpoint=WebhookEndpointFactory.create(company=company))


def _ruled(world: World) -> Ruling:
    return Ruling.objects.create(
        publisher=world.poles.publisher,
        process_id=world.poles.process_id,
        notice_id="Bulletin 46",
        field="title",
        words="150 smart poles",
        read="150 smart poles",
        decided_by=User.objects.get(role=User.Role.OFFICE),
        decided_at=timezone.now(),
    )


def _owner(world: World) -> User:
    return world.profile.company.people.get(memberships__role=Membership.Role.OWNER)


def _calendar(world: World) -> MadeFeedLink:
    """The owner's private address."""
    company = world.profile.company
    return make_feed_link(
        user=_owner(world), company=company, kind=FeedLink.Kind.CALENDAR, now=timezone.now()
    )


def _search_feed(world: World) -> str:
    company = world.profile.company
    search = SavedSearchFactory.create(company=company, by=_owner(world))
    made = make_feed_link(
        user=_owner(world),
        company=company,
        kind=FeedLink.Kind.ATOM,
        about=str(search.pk),
        now=timezone.now(),
    )
    return made.token


def _api_token(world: World) -> int:
    made = make_token(
        "Our case system",
        [ApiToken.Scope.READ],
        user=_owner(world),
        company=world.profile.company,
        life=timedelta(days=30),
        now=timezone.now(),
    )
    return made.token.pk


def _original(world: World) -> int:
    return world.sensors.notices.earliest("pk").extractions.get().document_id


def _asks_to_join(world: World) -> int:
    number = world.profile.company.organisation_number
    return RegistrationFactory.create(organisation_number=number).pk


def _project_note(_world: World) -> int:
    office = User.objects.get(role=User.Role.OFFICE)
    project = ProjectFactory.create()
    return write_project_note(project.pk, "Asked", is_shared=False, by=office, now=timezone.now()).pk


def _project_document(_world: World) -> int:
    office = User.objects.get(role=User.Role.OFFICE)
    named = DocumentNamed(DocumentKind.OTHER, "Plan", "https://example.org/plan", None, is_shared=False)
    return attach_document(ProjectFactory.create().pk, named, by=office, now=timezone.now()).pk


def _told_project(_world: World) -> str:
    process = ProjectFactory.create().opportunity
    return f"oc4ids-xxsetu-{number_of(process.publisher, process.process_id)}"


def _done(world: World) -> int:
    hand = Hand(User.objects.get(role=User.Role.OFFICE), timezone.now())
    return remark(f"undisclosed-{world.poles.pk}", "Ask the city about the poles.", hand=hand).pk


# What stands for each parameter in addresses; where a name means something else in one route, the route is
# named with it.
VALUES: dict[str, Callable[[World], object]] = {
    "about": lambda _: "buyer",
    "record_id": lambda _: pune().pk,
    "alias_id": lambda _: pune().aliases.latest("pk").pk,
    "buyer_id": lambda _: pune().pk,
    "company_id": lambda world: world.profile.company_id,
    "deed_id": _done,
    "delivery_id": lambda _: _sent().pk,
    "document_id": lambda _: RawDocument.objects.rejected().latest("pk").pk,
    "endpoint_id": lambda world: _webhook(world).endpoint_id,
    "entry_id": _done,
    "extraction_id": lambda _: Extraction.objects.exclude(doubts=[]).latest("pk").pk,
    "hold_id": lambda _: _held().pk,
    "invitation_id": lambda world: InvitationFactory.create(company=world.profile.company).pk,
    "key": lambda _: "fact-0",
    "missing": lambda _: "nowhere",
    "layout_id": lambda _: PageLayout.objects.latest("pk").pk,
    "link_id": lambda world: _calendar(world).link.pk,
    "match_id": lambda world: Match.objects.get(profile=world.profile, score=78).pk,
    "membership_id": lambda world: world.profile.company.memberships.latest("pk").pk,
    "merge_id": lambda _: merge_in_force().pk,
    "kind": lambda _: "releases",
    "month": lambda world: f"{world.sensors.disclosed_from:%Y-%m}",
    "note_id": lambda world: NoteFactory.create(company=world.profile.company, by=_owner(world)).pk,
    "ocid": lambda world: f"ocds-xxsetu-{number_of(world.sensors.publisher, world.sensors.process_id)}",
    "operation_id": lambda _: "getCityList",
    "opportunity_id": lambda world: world.sensors.pk,
    "part_id": lambda _: QuarantinedPart.objects.latest("pk").pk,
    "profile_id": lambda world: world.profile.pk,
    "project_id": lambda _: ProjectFactory.create().pk,
    "proposal_id": lambda _: waiting_proposal().pk,
    "provider": lambda _: "postmark",
    "registration_id": lambda _: Registration.objects.waiting().earliest("pk").pk,
    "replay_id": lambda _: Replay.objects.filter(decided_at=None).latest("pk").pk,
    "request_id": lambda world: PartnerRequest.objects.get(asked=world.profile).pk,
    "ruling_id": lambda world: _ruled(world).pk,
    "search_id": lambda world: SavedSearchFactory.create(company=world.profile.company, by=_owner(world)).pk,
    "sign": lambda _: NOTHING,
    "slug": lambda _: "scada-automation",
    "source_id": lambda _: Source.objects.get(slug="kerala").pk,
    "subscription_id": lambda world: Subscription.objects.get(profile=world.profile).pk,
    "suppression_id": lambda _: SuppressionFactory.create().pk,
    "table_id": lambda _: mapped_table().pk,
    "token_id": _api_token,
    "uidb36": lambda _: "1",
    "verdict_id": lambda world: world.profile.verdicts.latest("pk").pk,
    "version": lambda _: "1",
    "/api/v1/office/inbox/<key> key": lambda world: f"undisclosed-{world.poles.pk}",
    "/api/v1/office/inbox/<key>/deeds key": lambda world: f"undisclosed-{world.poles.pk}",
    "/api/v1/office/inbox/<key>/readings key": lambda _: (
        f"document-{RawDocument.objects.rejected().latest('pk').pk}"
    ),
    "/api/v1/cities/<slug> slug": lambda _: "pune",
    "/cities/<slug>/ slug": lambda _: "pune",
    "/calendar/feed/<token>.ics token": lambda world: _calendar(world).token,
    "/colleagues/requests/<registration_id>/answer/ registration_id": _asks_to_join,
    "/invitations/<token>/ token": lambda world: token_of(
        InvitationFactory.create(company=world.profile.company)
    ),
    "/digest/confirm/<token>/ token": lambda _: sign_up_token(SignUpFactory.create()),
    "/mail/preferences/<token>/ token": lambda _: links.preferences_path(_sent().recipient_id).split("/")[-2],
    "/mail/again/<token>/ token": _mail_again,
    "/mail/mute/<token>/ token": lambda world: links.mute_token(_sent().recipient_id, world.sensors.pk),
    "/mail/unsubscribe/<token>/ token": lambda _: links.unsubscribe_token(_subscription().pk),
    "/searches/feed/<token>.atom token": _search_feed,
    "/searches/feed/<token>.json token": _search_feed,
    "/mail/view/<token>/ token": lambda _: links.view_token(_sent().pk),
    "/webhooks/<endpoint_id>/<delivery_id>/replay/ delivery_id": lambda world: _webhook(world).pk,
    "/office/inbox/<key>/approve/ key": lambda _: (
        f"registration-{Registration.objects.waiting().earliest('pk').pk}"
    ),
    "/office/inbox/<key>/means/<buyer_id>/ key": lambda _: waiting_name_key(),
    "/office/inbox/<key>/give/ key": lambda world: f"undisclosed-{world.poles.pk}",
    "/office/inbox/<key>/read/ key": lambda _: f"part-{QuarantinedPart.objects.latest('pk').pk}",
    "/office/inbox/<key>/remark/ key": lambda world: f"undisclosed-{world.poles.pk}",
    "/office/inbox/<key>/settle/ key": lambda world: f"undisclosed-{world.poles.pk}",
    "/office/inbox/disclose/<opportunity_id>/ opportunity_id": lambda world: world.poles.pk,
    "/office/projects/documents/<document_id>/remove/ document_id": _project_document,
    "/office/projects/notes/<note_id>/remove/ note_id": _project_note,
    "/office/projects/of/<opportunity_id>/ opportunity_id": lambda _: ProjectFactory.create().opportunity_id,
    "/open-data/oc4ids/projects/<project_id>.json project_id": _told_project,
    "/originals/<document_id>/ document_id": _original,
    "/partners/<request_id>/withdraw/ request_id": lambda world: (
        PartnerRequest.objects.get(asking=world.profile, answered_at=None).pk
    ),
}
# What is sent where an empty form would be refused to everyone alike.
BODIES: dict[str, dict[str, str]] = {
    "/colleagues/<membership_id>/role/": {"role": "owner"},
    "/colleagues/requests/<registration_id>/answer/": {"answer": "approve"},
    "/language/setlang/": {"language": "sv"},
    "/matches/<match_id>/verdict/": {"verdict": "relevant"},
    "/notifications/followed/": {"rhythm": "off"},
    "/notifications/searches/<search_id>/": {"rhythm": "0"},
    "/partners/<request_id>/answer/": {"answer": "yes"},
}


def value_of(parameter: str, route: str, values: dict[str, str]) -> str:
    """What to put in for a parameter; a KeyError says that ``VALUES`` doesn't know it yet."""
    return values.get(f"{route} {parameter}") or values[parameter]
