"""Private addresses of feeds: made, shown once, looked up by what stands in them, and revoked."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.models import Company, FeedLink, Membership, User

# Programs ask often; that an address is in use needn't be known to the minute.
NOTED_EVERY = timedelta(hours=1)
TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class MadeFeedLink:
    """A new address. Its token is to be shown now: it can't be had again."""

    link: FeedLink
    token: str = field(repr=False)


@transaction.atomic
def make_feed_link(
    *, user: User, company: Company, kind: FeedLink.Kind, about: str = "", now: datetime
) -> MadeFeedLink:
    """Make the address of one feed. The one before it, of the same kind and about the same, is revoked.

    Raises PermissionDenied for someone who doesn't act for the company.
    """
    # Locked, or two made at once would each leave the other's alive.
    member = Membership.objects.select_for_update().filter(user=user, company=company)
    if not member.exists():
        raise PermissionDenied
    same = FeedLink.objects.filter(user=user, company=company, kind=kind, about=about, revoked_at=None)
    same.update(revoked_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = FeedLink.objects.create(
        user=user, company=company, kind=kind, about=about, token_hash=_hashed(token), created_at=now
    )
    return MadeFeedLink(link, token)


def revoke_feed_link(link_id: int, *, user: User, now: datetime) -> bool:
    """Close one of a person's addresses for good. False if it isn't theirs; again keeps the first moment."""
    own = FeedLink.objects.filter(pk=link_id, user=user)
    own.filter(revoked_at=None).update(revoked_at=now)
    return own.exists()


def feed_links_of(user: User, company: Company, kind: FeedLink.Kind) -> list[FeedLink]:
    """The addresses of a person that are alive, the newest first."""
    alive = FeedLink.objects.alive().filter(user=user, company=company, kind=kind)
    return list(alive.order_by("-created_at", "-pk"))


def feed_of(token: str, *, kind: FeedLink.Kind) -> FeedLink | None:
    """The link that a token opens; None for one that is unknown, revoked, or whose person has left.

    Whoever holds the token needs no log-in: what it opens is for ``link.user`` and ``link.company``.
    """
    alive = FeedLink.objects.alive().filter(token_hash=_hashed(token), kind=kind)
    return alive.select_related("user", "company").first()


def note_use(link: FeedLink, *, now: datetime) -> None:
    """Remember that an address is in use, at most once an hour."""
    if link.last_used_at is None or now - link.last_used_at >= NOTED_EVERY:
        FeedLink.objects.filter(pk=link.pk).update(last_used_at=now)


def _hashed(token: str) -> str:
    # The token is random and long: nothing is gained by hashing slowly.
    return hashlib.sha256(token.encode()).hexdigest()
