"""The two servers of a data folder together, as far as they are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal.embedded.postgres import Postgres
from portal.embedded.valkey import Valkey


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which servers to run: not those whose address the person has given."""

    postgres: bool = True
    valkey: bool = True


class Servers:
    """PostgreSQL and Valkey on one data folder. The caller holds its lock while they run."""

    def __init__(
        self, data: Path, wanted: Wanted, *, durable: bool = True, max_connections: int = 100
    ) -> None:
        self.postgres = (
            Postgres(data, durable=durable, max_connections=max_connections) if wanted.postgres else None
        )
        self.valkey = Valkey(data, durable=durable) if wanted.valkey else None

    @property
    def names(self) -> list[str]:
        return [server.name for server in self._both()]

    @property
    def database_url(self) -> str | None:
        return self.postgres.url() if self.postgres else None

    @property
    def redis_url(self) -> str | None:
        return self.valkey.url() if self.valkey else None

    def start(self) -> None:
        """Start what is wanted and wait until it answers. Raises CannotRun, with nothing left running."""
        try:
            if self.postgres:
                self.postgres.start()
                self.postgres.ensure_database()
            if self.valkey:
                self.valkey.start()
        except BaseException:
            self.stop()
            raise

    def revive(self) -> list[str]:
        """Start again what has died. Return the names of those."""
        dead = [server for server in self._both() if not server.is_running()]
        for server in dead:
            server.start()
        return [server.name for server in dead]

    def stop(self) -> None:
        """Stop both cleanly; twice is harmless."""
        for server in reversed(self._both()):
            server.stop()

    def _both(self) -> list[Postgres | Valkey]:
        return [server for server in (self.postgres, self.valkey) if server is not None]
