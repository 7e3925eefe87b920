"""Several bidders as the one they would be together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matching.bidding.records import Bidder, Call, Presence, Signature, TeamRole
from portal.lib.money import Money

_YEARS = 3


def joined(members: Sequence[Bidder], call: Call) -> Bidder:
    """What counts jointly: money is added up, works, certificates and years are anyone's.

    An amount that a member hasn't told counts as none of its own, and as not told if nobody has.
    """
    founded = [member.founded for member in members if member.founded is not None]
    staff = [member.employees for member in members if member.employees is not None]
    contents = [member.local_content for member in members if member.local_content is not None]
    can_sign = any(member.signature is Signature.HELD for member in members)
    return Bidder(
        key=0,
        turnover=_sum([member.mean_turnover(_YEARS) for member in members], call),
        net_worth=_sum([member.net_worth for member in members], call),
        founded=min(founded, default=None),
        employees=sum(staff) if staff else None,
        certifications=_each(member.certifications for member in members),
        projects=tuple(project for member in members for project in member.projects),
        domains=_each(member.domains for member in members),
        presence=_strongest([member.presence for member in members]),
        signature=Signature.HELD if can_sign else members[0].signature,
        local_content=max(contents, default=None),
        role=TeamRole.NONE,
    )


def _sum(amounts: Sequence[Money | None], call: Call) -> Money | None:
    in_rupees = [call.in_currency(money, "INR") for money in amounts if money is not None]
    known = [money.amount for money in in_rupees if money is not None]
    return Money(sum(known[1:], known[0]), "INR") if known else None


def _each(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in lists for word in words))


def _strongest(presences: Sequence[Presence]) -> Presence:
    for presence in (Presence.SUBSIDIARY, Presence.PARTNER, Presence.NONE):
        if presence in presences:
            return presence
    return Presence.UNKNOWN
