"""When a log-in was last used, and from where: what a person needs to tell a stranger's from their own."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

NOTED_AT = "use_noted_at"  # in the session, as seconds since 1970
SECONDS_BETWEEN = 3600  # so that a page costs no write


def begin_noting(request: HttpRequest) -> None:
    """From a log-in on, which allauth itself has noted."""
    request.session[NOTED_AT] = int(time.time())


class SessionUseMiddleware:
    """Notes each log-in's use, at most once an hour. Wants the session's middleware before it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        noted_at = request.session.get(NOTED_AT)
        if noted_at is not None and time.time() - noted_at >= SECONDS_BETWEEN:
            _note_use(request)
        return self.get_response(request)


def _note_use(request: HttpRequest) -> None:
    longest = UserSession._meta.get_field("user_agent").max_length
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=timezone.now(),
        ip=get_adapter().get_client_ip(request),
        user_agent=request.headers.get("User-Agent", "")[:longest],
    )
    begin_noting(request)
