"""Addresses that mails carry. Who holds one may use it without signing in, so each is signed for one use."""

from __future__ import annotations

from email.utils import parseaddr
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

# They don't expire: who finds last year's mail must still be able to end it.
_UNSUBSCRIBING = Signer(salt="matching.mail.unsubscribe")
_VIEWING = Signer(salt="matching.mail.view")
_MUTING = Signer(salt="matching.mail.mute")
_PREFERRING = Signer(salt="matching.mail.preferences")
_BETWEEN = "-"
NO_ONE = 0  # a key that no row has


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def matches_url(profile_id: int) -> str:
    return absolute(f"{reverse('matching:matches')}?profile={profile_id}")


def search_url(query: str) -> str:
    """``query`` as a search is kept."""
    return absolute(f"{reverse('dashboards:explore')}?{query}")


def followed_url() -> str:
    return absolute(reverse("matching:followed"))


def unsubscribe_token(*subscription_ids: int) -> str:
    return _UNSUBSCRIBING.sign(_BETWEEN.join(map(str, subscription_ids)))


def subscriptions_of(token: str) -> tuple[int, ...]:
    """The subscriptions a token is for; none if it isn't one of ours."""
    try:
        return tuple(map(int, _UNSUBSCRIBING.unsign(token).split(_BETWEEN)))
    except BadSignature:
        return ()


def view_token(delivery_id: int) -> str:
    return _VIEWING.sign(str(delivery_id))


def delivery_of(token: str) -> int | None:
    """The delivery a token shows; None if it isn't one of ours."""
    try:
        return int(_VIEWING.unsign(token))
    except BadSignature:
        return None


def unsubscribe_url(*subscription_ids: int) -> str:
    return absolute(reverse("matching:unsubscribe", args=[unsubscribe_token(*subscription_ids)]))


def unsubscribe_mailto(*subscription_ids: int) -> str:
    """To where a program reads it; without such a mailbox, people."""
    subject = quote(f"unsubscribe {unsubscribe_token(*subscription_ids)}")
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1] if settings.BOUNCE_MAILBOX else settings.CONTACT_EMAIL
    return f"mailto:{address}?subject={subject}"


def view_url(delivery_id: int) -> str:
    return absolute(reverse("matching:view_mail", args=[view_token(delivery_id)]))


def opportunity_url(opportunity_id: int) -> str:
    return absolute(f"/opportunities/{opportunity_id}/")


def settings_url(profile_id: int) -> str:
    return absolute(f"/notifications/{profile_id}/")


def preferences_path(recipient_id: int) -> str:
    return reverse("matching:preferences", args=[_PREFERRING.sign(str(recipient_id))])


def preferences_url(recipient_id: int) -> str:
    return absolute(preferences_path(recipient_id))


def recipient_of(token: str) -> int | None:
    """The recipient whose preferences a token opens; None if it isn't one of ours."""
    try:
        return int(_PREFERRING.unsign(token))
    except BadSignature:
        return None


def mute_token(recipient_id: int, opportunity_id: int) -> str:
    return _MUTING.sign(f"{recipient_id}{_BETWEEN}{opportunity_id}")


def muted_by(token: str) -> tuple[int, int] | None:
    """The recipient and the opportunity a token is for; None if it isn't one of ours."""
    try:
        recipient, opportunity = _MUTING.unsign(token).split(_BETWEEN)
    except BadSignature:
        return None
    return int(recipient), int(opportunity)


def mute_path(recipient_id: int, opportunity_id: int) -> str:
    return reverse("matching:mute", args=[mute_token(recipient_id, opportunity_id)])


def mute_url(recipient_id: int, opportunity_id: int) -> str:
    return absolute(mute_path(recipient_id, opportunity_id))


def site_host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
