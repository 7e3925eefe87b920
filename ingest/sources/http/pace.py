"""Requests to one host spaced out across all workers and processes."""

from __future__ import annotations

import time

import redis

from ingest.errors import SourceUnavailable

# Takes the host's next free moment, by Redis's own clock, in one step that no other worker can come between.
# Returns how many microseconds away it is, or takes none and returns -1 if that is more than ARGV[2].
_RESERVE = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local free = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
if free - now > tonumber(ARGV[2]) then
    return -1
end
local next = free + tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000) + 1000)
return free - now
"""
LONGEST_WAIT = 60.0  # seconds: a worker that waits longer had better do something else


class Pace:
    """When each host may next be asked. Lost notes cost one early request and nothing else."""

    def __init__(self, redis_url: str) -> None:
        self._redis = redis.Redis.from_url(redis_url, socket_timeout=5, socket_connect_timeout=5)
        self._reserve = self._redis.register_script(_RESERVE)

    def wait(self, host: str, seconds_apart: float) -> None:
        """Sleep until it is our turn at ``host``. Raise SourceUnavailable if that is too far away."""
        if seconds_apart <= 0:
            return
        try:
            microseconds = int(
                self._reserve(
                    keys=[f"setu:next-request:{host}"],
                    args=[int(seconds_apart * 1_000_000), int(LONGEST_WAIT * 1_000_000)],
                )
            )
        except redis.RedisError as error:
            reason = f"Redis keeps the pace of our requests and can't be asked: {error}"
            raise SourceUnavailable(reason) from None
        if microseconds < 0:
            raise SourceUnavailable(f"others are waiting at {host} for more than {LONGEST_WAIT:.0f} seconds")
        time.sleep(microseconds / 1_000_000)

    def close(self) -> None:
        self._redis.close()
