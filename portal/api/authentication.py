from __future__ import annotations

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from portal.accounts.api_tokens import note_use, scopes_open_to, token_presented
from portal.accounts.models import User
from portal.api.callers import Caller

REALM = 'Bearer realm="Setu"'


class ByToken(BaseAuthentication):
    """``Authorization: Bearer …``. A token that opens nothing is refused, wherever it is shown."""

    def authenticate(self, request: Request) -> tuple[User, Caller] | None:
        kind, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        now = timezone.now()
        token = token_presented(secret.strip(), at=now)
        if token is None:
            raise AuthenticationFailed
        note_use(token, now=now)
        return token.user, Caller(token.user, token.company, frozenset(token.scopes), token)

    def authenticate_header(self, request: Request) -> str:
        return REALM


class BySession(SessionAuthentication):
    """Someone who is logged in, from our own pages: what changes something wants the form's token as well."""

    def authenticate(self, request: Request) -> tuple[User, Caller] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        user = found[0]
        company = getattr(request._request, "company", None)
        return user, Caller(user, company, frozenset(scopes_open_to(user)))
