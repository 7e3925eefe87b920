"""How often one may ask, counted in the cache that all processes share."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle

from portal.api.callers import caller_of


class PaceOfScope(ScopedRateThrottle):
    """Of each token, or person, or address; reading, changing and the office's work are counted apart.

    While the cache is away each process counts by itself: see LastingCache.
    """

    def get_rate(self) -> Any:
        return settings.API_PACES.get(self.scope or "")

    def allow_request(self, request: Request, view: Any) -> bool:
        self.scope = _pace_of(request, view)
        self.rate = self.get_rate()
        self.num_requests, self.duration = self.parse_rate(self.rate)
        if self.rate is None:
            return True
        return super(ScopedRateThrottle, self).allow_request(request, view)

    def get_cache_key(self, request: Request, view: Any) -> str:
        caller = caller_of(request)
        if caller.token is not None:
            who = f"token-{caller.token.pk}"
        elif caller.user is not None:
            who = f"person-{caller.user.pk}"
        else:
            who = self.get_ident(request)
        return f"api:{self.scope}:{who}"


def _pace_of(request: Request, view: Any) -> str:
    if caller_of(request).user is None:
        return "public"
    needed = view.scope_for(request.method)
    return "read" if needed is None else str(needed)
