"""Mail for people without an account: asked for on a page, agreed to by a link in a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from matching.delivery import links, message_ids
from matching.delivery.subscribing import recipient_of
from matching.delivery.suppressing import is_suppressed
from matching.delivery.topics import search_of, topics_in_words
from matching.models import Consent, Recipient, SignUp, Subscription
from opportunities.explore import narrowed_opportunities
from opportunities.searching.definition import OpportunitySearch
from opportunities.selectors import public_opportunities
from portal.accounts.mail import send_account_mail

LASTS = timedelta(days=3)
MOST_MAILS_A_DAY = 3  # with a link to one address, whoever asks for them
# Of the words on the page and in the mail: changed with them, so that a consent says what was read.
WORDING = "2026-11-22"
VOLUME_DAYS = 90
_SIGNER = Signer(salt="matching.sign_up")


@dataclass(frozen=True, slots=True)
class WantedTopics:
    """What somebody asks to be sent, and how often: at once, weekly from a weekday on, or else daily."""

    query: str
    language: str
    weekday: int | None = None
    is_immediate: bool = False


def weekly_news(search: OpportunitySearch, *, at: datetime) -> float:
    """How many a week there would have been to tell, by what VOLUME_DAYS first published. One query."""
    since = at - timedelta(days=VOLUME_DAYS)
    found = narrowed_opportunities(public_opportunities(at=at), search, at=at)
    return found.filter(search_entry__published_at__gt=since).count() * 7 / VOLUME_DAYS


def ask_to_sign_up(wanted: WantedTopics, *, email: str, page: str, now: datetime) -> None:
    """Owe a mail with a link. The same whether the address is known or not, so that nobody can find out.

    Beyond MOST_MAILS_A_DAY to an address nothing more is owed, and nobody is told that either.
    """
    lately = SignUp.objects.filter(email__iexact=email, asked_at__gt=now - timedelta(days=1))
    if lately.count() < MOST_MAILS_A_DAY:
        SignUp.objects.create(
            email=email.lower(),
            language=wanted.language,
            query=wanted.query,
            weekday=wanted.weekday,
            is_immediate=wanted.is_immediate,
            page=page,
            asked_at=now,
            retry_at=now,
            expires_at=now + LASTS,
        )


@transaction.atomic
def send_sign_up(sign_up_id: int, *, now: datetime) -> bool:
    """Send one owed link. False if it was sent, has expired, is being sent, or its address is suppressed.

    At least once: a crash after the mail server took it sends it again, with the same Message-ID.
    """
    owed = SignUp.objects.due_at(now).select_for_update(skip_locked=True)
    sign_up = owed.filter(pk=sign_up_id).first()
    if sign_up is None:
        return False
    sign_up.sent_at = now
    sign_up.save(update_fields=["sent_at"])
    if is_suppressed(sign_up.email):
        return False
    with translation.override(sign_up.language):
        topics = topics_in_words(search_of(sign_up.query))
    send_account_mail(
        "sign_up",
        to=sign_up.email,
        language=sign_up.language,
        message_id=message_ids.message_id(f"sign-up-{sign_up.pk}"),
        topics=topics,
        link=links.absolute(reverse("dashboards:confirm_digest", args=[token_of(sign_up)])),
    )
    return True


def token_of(sign_up: SignUp) -> str:
    return _SIGNER.sign(str(sign_up.pk))


def sign_up_with(token: str, *, now: datetime) -> SignUp | None:
    """What a token was made for; None if we never made it, or it was not confirmed in time."""
    try:
        found = SignUp.objects.filter(pk=int(_SIGNER.unsign(token))).first()
    except BadSignature:
        return None
    is_over = found is None or (found.confirmed_at is None and found.expires_at <= now)
    return None if is_over else found


@transaction.atomic
def confirm_sign_up(sign_up_id: int, *, now: datetime) -> Subscription:
    """The address is the person's, and they agree: begin. Confirming again changes nothing.

    Whoever has an account with that address gets it in the same mail as the rest.
    """
    sign_up = SignUp.objects.select_for_update().get(pk=sign_up_id)
    recipient = _recipient_at(sign_up, now=now)
    subscription, _ = Subscription.objects.get_or_create(
        recipient=recipient,
        kind=Subscription.Kind.TOPICS,
        query=sign_up.query,
        defaults={"created_at": now},
    )
    if sign_up.confirmed_at is None:
        subscription.weekday, subscription.is_immediate = sign_up.weekday, sign_up.is_immediate
        subscription.ended_at = None
        subscription.save(update_fields=["weekday", "is_immediate", "ended_at"])
        Consent.objects.create(
            recipient=recipient,
            sign_up=sign_up,
            agreed_at=now,
            page=sign_up.page,
            query=sign_up.query,
            rhythm=_rhythm(sign_up),
            wording=WORDING,
        )
        sign_up.confirmed_at = now
        sign_up.save(update_fields=["confirmed_at"])
    return subscription


def forget_unconfirmed_sign_ups(*, now: datetime) -> int:
    """Forget the addresses of those who never followed the link. Return how many."""
    return SignUp.objects.filter(confirmed_at=None, expires_at__lte=now).delete()[0]


def _recipient_at(sign_up: SignUp, *, now: datetime) -> Recipient:
    account = EmailAddress.objects.filter(email__iexact=sign_up.email, verified=True, primary=True).first()
    if account is not None:
        return recipient_of(account.user, now=now)
    # Held, or it might be joined to an account's meanwhile.
    apart = Recipient.objects.select_for_update(no_key=True).filter(user=None)
    known = apart.filter(email__iexact=sign_up.email).first()
    if known is not None:
        return known
    return Recipient.objects.create(email=sign_up.email, language=sign_up.language, created_at=now)


def _rhythm(sign_up: SignUp) -> str:
    if sign_up.is_immediate:
        return "immediate"
    return "daily" if sign_up.weekday is None else f"weekly, day {sign_up.weekday}"
