"""The one way in which the office acts upon what waits: one at a time, seen as it stands, and on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.dashboards.cases import Deed, last_deed, lock_case, write_entry
from portal.dashboards.deeds import Act, Acting, Overtaken
from portal.dashboards.models import Case, CaseEntry
from portal.dashboards.waiting import Waiting, thing_named, what_waits


class NoLongerWaits(Exception):
    """It was dealt with since the person opened it. ``last`` is what was done, where a person did it."""

    def __init__(self, last: CaseEntry | None) -> None:
        super().__init__()
        self.last = last


class ChangedMeanwhile(Exception):
    """It still waits, and isn't what the person had seen. Nothing was done.

    ``entries`` are what colleagues did or wrote since; ``is_told_more`` is whether something else became
    known of it.
    """

    def __init__(self, entries: Iterable[CaseEntry], *, is_told_more: bool) -> None:
        super().__init__()
        self.entries = tuple(entries)
        self.is_told_more = is_told_more


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts, when, and how the thing stood when they last saw it. A blank stamp: however it stands."""

    by: User
    at: datetime
    seen: str = ""


def handle(key: str, act: Act, *, hand: Hand) -> CaseEntry:
    """Do something about a thing that waits, and put it on record with who and why.

    Raise NoLongerWaits or ChangedMeanwhile where the person had seen something else than what stands; then
    nothing was done. Twice isn't possible: what was done about a thing takes it out, or moves its stamp.
    """
    try:
        with transaction.atomic():
            standing, case = _claimed(key, hand)
            done = act(Acting(case, hand.by, hand.at))
            return write_entry(
                case,
                done.deed,
                title=standing.title,
                words=done.words,
                holds_from=done.holds_from,
                way_back=done.way_back,
                by=hand.by,
                now=hand.at,
            )
    except Overtaken:
        raise NoLongerWaits(_last(key)) from None


@transaction.atomic
def remark(key: str, words: str, *, hand: Hand) -> CaseEntry:
    """Write something down for colleagues. It hinders nobody, so it needs not to have seen the latest."""
    standing, case = _waiting_or_known(key, hand)
    title = standing.title if standing else _last_title(case)
    return write_entry(case, Deed.REMARKED, title=title, words=words, by=hand.by, now=hand.at)


@transaction.atomic
def assign(key: str, to: User | None, *, hand: Hand) -> CaseEntry | None:
    """Give a thing to somebody of the office to look after, or to nobody. None where that stands already."""
    standing, case = _claimed(key, hand)
    if case.assigned_to_id == (to.pk if to else None):
        return None
    case.assigned_to = to
    case.save(update_fields=["assigned_to"])
    return write_entry(case, Deed.ASSIGNED, title=standing.title, given_to=to, by=hand.by, now=hand.at)


def _claimed(key: str, hand: Hand) -> tuple[Waiting, Case]:
    """What waits and its case, locked, as the person saw it."""
    thing = thing_named(key)
    if thing is None:
        raise NoLongerWaits(_last(key))
    # Asked when it is locked, for somebody may have held it just now. Where it waits no longer, a case that
    # was made for it goes with the transaction.
    case = lock_case(*thing)
    standing = what_waits(key, at=hand.at)
    if standing is None:
        raise NoLongerWaits(_last(key))
    if hand.seen and hand.seen != standing.stamp:
        raise _changed(hand.seen, standing, case)
    return standing, case


def _changed(seen: str, standing: Waiting, case: Case) -> ChangedMeanwhile:
    version, _, state = seen.partition(".")
    known = int(version) if version.isdecimal() else 0
    entries = case.entries.filter(number__gt=known).select_related("done_by", "given_to").order_by("number")
    return ChangedMeanwhile(entries, is_told_more=state != str(standing.state))


def _waiting_or_known(key: str, hand: Hand) -> tuple[Waiting | None, Case]:
    standing = what_waits(key, at=hand.at)
    kind, _, number = key.partition("-")
    if standing is None and not Case.objects.filter(kind=kind, about=number).exists():
        raise NoLongerWaits(None)
    return standing, lock_case(kind, int(number))


def _last(key: str) -> CaseEntry | None:
    kind, _, number = key.partition("-")
    return last_deed(kind, int(number)) if number.isdecimal() and len(number) < 19 else None


def _last_title(case: Case) -> str:
    return case.entries.order_by("-number").values_list("title", flat=True).first() or ""
