"""Tokens with which programs use the API: made, shown once, looked up, and revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from portal.accounts.models import ApiToken, Company, Membership, User
from portal.accounts.roles import is_office
from portal.lib.prepared import Prepared, columns_of, row_of

# So that programs which look for secrets in code know one when they see it
PREFIX = "setu_"
TOKEN_BYTES = 32
LONGEST_LIFE = timedelta(days=365)
MOST_TOKENS = 20  # of one person, alive
# That a token is in use needn't be known to the minute.
NOTED_EVERY = timedelta(hours=1)
_SHOWN_LETTERS = len(PREFIX) + 6
_OF_A_COMPANY = frozenset({ApiToken.Scope.READ, ApiToken.Scope.WRITE})
_OF_THE_OFFICE = frozenset({ApiToken.Scope.READ, ApiToken.Scope.OFFICE})


class TooManyTokens(Exception):
    """The person has MOST_TOKENS that are alive."""


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A new token. What opens the API is to be shown now: it can't be had again."""

    token: ApiToken
    secret: str = field(repr=False)


def scopes_open_to(user: User) -> frozenset[ApiToken.Scope]:
    """What a token of this person may be for."""
    return _OF_THE_OFFICE if is_office(user) else _OF_A_COMPANY


@transaction.atomic
def make_token(  # noqa: PLR0913  all that its row says
    name: str,
    scopes: Collection[ApiToken.Scope],
    *,
    user: User,
    company: Company | None,
    life: timedelta,
    now: datetime,
) -> MadeToken:
    """Make a token for what the person does for a company, or, without one, for the office.

    Raises PermissionDenied where the person may not do what the scopes say, and TooManyTokens. That the
    office is logged in by a second factor the caller has seen to.
    """
    # Locked, so that two made at once are counted.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    wanted = frozenset(scopes)
    acts = (
        is_office(user)
        if company is None
        else Membership.objects.filter(
            user=user, company=company, company__approved_at__isnull=False
        ).exists()
    )
    if not acts or not wanted or not wanted <= scopes_open_to(user) or not timedelta() < life <= LONGEST_LIFE:
        raise PermissionDenied
    if ApiToken.objects.alive(now).filter(user=user).distinct().count() >= MOST_TOKENS:
        raise TooManyTokens
    secret = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    token = ApiToken.objects.create(
        user=user,
        company=company,
        name=name,
        scopes=sorted(wanted),
        token_hash=_hashed(secret),
        beginning=secret[:_SHOWN_LETTERS],
        created_at=now,
        expires_at=now + life,
    )
    return MadeToken(token, secret)


def revoke_token(token_id: int, *, user: User, now: datetime) -> bool:
    """Close one of a person's tokens for good. False if it isn't theirs; again keeps the first moment."""
    own = ApiToken.objects.filter(pk=token_id, user=user)
    own.filter(revoked_at=None).update(revoked_at=now)
    return own.exists()


def tokens_of(user: User, *, at: datetime) -> list[ApiToken]:
    """A person's tokens that open the API now, the newest first."""
    alive = ApiToken.objects.filter(pk__in=ApiToken.objects.alive(at).filter(user=user).values("pk"))
    return list(alive.select_related("company").order_by("-created_at", "-pk"))


def token_presented(secret: str, *, at: datetime) -> ApiToken | None:
    """The token that a program shows, with its person and company; None for one that opens nothing.

    One query.
    """
    found = _PRESENTED.rows(token_hash=_hashed(secret), at=at)
    if not found:
        return None
    told = iter(found[0])
    token, user, company = row_of(ApiToken, told), row_of(User, told), row_of(Company, told)
    token.user, token.company = user, company if token.company_id else None
    return token


def _alive_by_hash(*, token_hash: str, at: datetime) -> QuerySet[ApiToken, tuple[Any, ...]]:
    columns = (*columns_of(ApiToken), *columns_of(User, "user__"), *columns_of(Company, "company__"))
    return ApiToken.objects.alive(at).filter(token_hash=token_hash).values_list(*columns)


_PRESENTED = Prepared(
    _alive_by_hash, {"token_hash": "a token's hash", "at": datetime.max.replace(tzinfo=UTC)}
)


def note_use(token: ApiToken, *, now: datetime) -> None:
    """Remember that a token is in use, at most once an hour."""
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def _hashed(secret: str) -> str:
    # The token is random and long: nothing is gained by hashing slowly.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
