"""The cache, and something to go on with while Redis is down."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

import redis
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class LastingCache(RedisCache):
    """Redis; while it can't be asked, the process's own memory.

    Log-ins are counted here, so that nobody can try passwords without end. Without Redis nobody could log
    in at all; with this everybody can, and each process still counts by itself.
    """

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._meanwhile = LocMemCache("while Redis is down", params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._either(
            lambda: super(LastingCache, self).add(key, value, timeout, version),
            lambda: self._meanwhile.add(key, value, timeout, version),
        )

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._either(
            lambda: super(LastingCache, self).get(key, default, version),
            lambda: self._meanwhile.get(key, default, version),
        )

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._either(
            lambda: super(LastingCache, self).set(key, value, timeout, version),
            lambda: self._meanwhile.set(key, value, timeout, version),
        )

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._either(
            lambda: super(LastingCache, self).delete(key, version),
            lambda: self._meanwhile.delete(key, version),
        )

    def _either(self, redis_says: Callable[[], Answer], we_say: Callable[[], Answer]) -> Answer:
        try:
            return redis_says()
        except redis.RedisError as error:
            logger.error("cache down", extra={"reason": str(error)})
            return we_say()
