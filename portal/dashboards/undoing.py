"""What the office did, taken back where that can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from ingest.services import reopen_document, reopen_part, take_back_answer
from opportunities.selectors import opportunities_for_office
from opportunities.services import ask_again, remove_buyer_alias, split_opportunity, withdraw_disclosure
from portal.accounts.models import User
from portal.dashboards.cases import Deed, lock_case
from portal.dashboards.models import Case, CaseEntry
from portal.dashboards.waiting_kinds import WaitingKind


class CantBeUndone(Exception):
    """Too late: others have seen it, been told of it, or done something about it since."""


@transaction.atomic
def undo(entry_id: int, *, by: User, now: datetime) -> CaseEntry:
    """Take back what was done, so that it waits as before. Undoing again does nothing.

    Raise CantBeUndone, and change nothing, where it can't.
    """
    found = CaseEntry.objects.select_related("case").get(pk=entry_id)
    case = lock_case(found.case.kind, found.case.about)
    entry = CaseEntry.objects.select_related("case").get(pk=entry_id)
    if entry.undone_at is not None:
        return entry
    way_back = _WAYS_BACK.get(Deed(entry.deed))
    if way_back is None:
        raise CantBeUndone
    way_back(entry, by, now)
    # Whoever has seen it as it stood must look again.
    case.refresh_from_db()
    case.version += 1
    case.save(update_fields=["version"])
    entry.undone_by, entry.undone_at = by, now
    entry.save(update_fields=["undone_by", "undone_at"])
    return entry


def may_be_undone(entry: CaseEntry, *, at: datetime) -> bool:
    """Whether it is worth trying, as far as the entry tells."""
    if entry.undone_at is not None or entry.deed not in _WAYS_BACK:
        return False
    if entry.deed == Deed.DISCLOSED:
        return entry.holds_from is not None and entry.holds_from > at
    return entry.way_back is not None or entry.deed not in _BY_ROW


def _withdraw(entry: CaseEntry, by: User, now: datetime) -> None:
    """Under embargo only: what members have seen isn't undone in a moment, but withdrawn with a reason."""
    disclosed = opportunities_for_office().filter(pk=entry.case.about, disclosed_from__gt=now)
    if not disclosed.exists():
        raise CantBeUndone
    withdraw_disclosure(entry.case.about, by=by, now=now)


def _reopen(entry: CaseEntry, _by: User, _now: datetime) -> None:
    reopen = reopen_part if entry.case.kind == WaitingKind.QUARANTINED else reopen_document
    if not reopen(entry.case.about, settled_at=entry.done_at):
        raise CantBeUndone


def _bring_back(entry: CaseEntry, _by: User, _now: datetime) -> None:
    Case.objects.filter(pk=entry.case_id).update(set_aside_at=None)


def _split(entry: CaseEntry, by: User, now: datetime) -> None:
    if entry.way_back is None:
        raise CantBeUndone
    split_opportunity(entry.way_back, by=by, now=now)
    ask_again(entry.case.about)


def _ask_again(entry: CaseEntry, _by: User, _now: datetime) -> None:
    if not ask_again(entry.case.about):
        raise CantBeUndone


def _take_back(entry: CaseEntry, by: User, now: datetime) -> None:
    if entry.way_back is None:  # it said what stood already
        raise CantBeUndone
    take_back_answer(entry.way_back, by=by, now=now)


def _unname(entry: CaseEntry, by: User, now: datetime) -> None:
    if entry.way_back is None:
        raise CantBeUndone
    remove_buyer_alias(entry.way_back, by=by, now=now)


def _unsay(_entry: CaseEntry, _by: User, _now: datetime) -> None:
    """A remark is no longer shown; that is all there is to it."""


_WAYS_BACK: dict[Deed, Callable[[CaseEntry, User, datetime], None]] = {
    Deed.DISCLOSED: _withdraw,
    Deed.SETTLED: _reopen,
    Deed.SET_ASIDE: _bring_back,
    Deed.MERGED: _split,
    Deed.KEPT_APART: _ask_again,
    Deed.ANSWERED: _take_back,
    Deed.NAMED: _unname,
    Deed.NAMED_NOBODY: _unname,
    Deed.REMARKED: _unsay,
}
_BY_ROW = frozenset({Deed.MERGED, Deed.ANSWERED, Deed.NAMED, Deed.NAMED_NOBODY})
