"""How much a calendar holds: what is followed, and from which score on matches come in by themselves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """``name`` stands in addresses and beside feeds; without ``least`` only what is followed is shown."""

    name: str
    least: int | None


FOLLOWED = Scope("followed", None)
# From the narrowest to the widest; 0: every match of the company's profiles
SCOPES = (FOLLOWED, *(Scope(str(least), least) for least in (90, 80, 70, 60, 50, 0)))
_USUAL = next(scope for scope in SCOPES if scope.least == 60)


def scope_named(name: str | None) -> Scope:
    """The one of that name; the usual one for any other word."""
    return next((scope for scope in SCOPES if scope.name == name), _USUAL)
