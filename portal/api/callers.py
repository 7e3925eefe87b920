"""Who asks, as the API knows them."""

from __future__ import annotations

from dataclasses import dataclass

from rest_framework.request import Request

from opportunities.selectors import public_reader
from portal.accounts.models import ApiToken, Company, User

Scope = ApiToken.Scope


@dataclass(frozen=True, slots=True)
class Caller:
    """A person by a token or a session of theirs, or anybody."""

    user: User | None = None
    company: Company | None = None
    scopes: frozenset[str] = frozenset()
    token: ApiToken | None = None

    @property
    def reader(self) -> Company:
        """The company whose door is asked. Whoever acts for none is shown what everybody may know."""
        return self.company or public_reader()


ANYBODY = Caller()


def caller_of(request: Request) -> Caller:
    return request.auth if isinstance(request.auth, Caller) else ANYBODY
