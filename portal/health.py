"""Whether this installation can work at all: asked by ./setu up, containers and load balancers."""

from __future__ import annotations

import logging
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database and the cache answer, and 503 saying which of them doesn't."""
    answers = {"database": _works("database", _ask_database), "redis": _works("redis", _ask_cache)}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def _works(name: str, ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Exception:  # whatever the driver raises, the answer is the same
        logger.exception("unhealthy", extra={"part": name})
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_cache() -> None:
    # Not through the cache, which goes on without Redis.
    address = settings.CACHES["default"]["LOCATION"]
    with redis.Redis.from_url(address, socket_timeout=5, socket_connect_timeout=5) as client:
        client.ping()
