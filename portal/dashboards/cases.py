"""What the office did and said about the things that wait, and who looks after which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time

from django.db.models import Count, Q, QuerySet

from portal.accounts.models import User
from portal.dashboards.models import Case, CaseEntry
from portal.dashboards.models.case import CaseEntryQuerySet
from portal.lib.clocks import STOCKHOLM

Deed = CaseEntry.Deed


def cases_about(things: Iterable[tuple[str, int]]) -> dict[str, Case]:
    """The cases there are, by key, each with how many remarks stand in it. One query."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for kind, about in things:
        wanted[str(kind)].append(about)
    if not wanted:
        return {}
    of_kinds = Q()
    for kind, abouts in wanted.items():
        of_kinds |= Q(kind=kind, about__in=abouts)
    remarks = Q(entries__deed=Deed.REMARKED, entries__undone_at=None)
    found = Case.objects.filter(of_kinds).select_related("assigned_to")
    return {case.key: case for case in found.annotate(remarks=Count("entries", filter=remarks))}


def lock_case(kind: str, about: int) -> Case:
    """The case about a thing, made if there is none, for whoever acts upon it. Within a transaction only.

    Whoever acts upon the same thing at the same time waits here, and then sees what was done.
    """
    locked = Case.objects.select_for_update(no_key=True).filter(kind=kind, about=about)
    case = locked.first()
    if case is None:
        # Another may make it in the same moment: then theirs is waited for, and is the one.
        Case.objects.bulk_create([Case(kind=kind, about=about)], ignore_conflicts=True)
        case = locked.get()
    return case


def write_entry(  # noqa: PLR0913  what was done, to what, by whom and why
    case: Case,
    deed: Deed,
    *,
    title: str,
    by: User,
    now: datetime,
    words: str = "",
    given_to: User | None = None,
    way_back: int | None = None,
    holds_from: datetime | None = None,
) -> CaseEntry:
    """Put a deed on record in a case that is locked."""
    case.version += 1
    case.save(update_fields=["version"])
    return CaseEntry.objects.create(
        case=case,
        number=case.version,
        deed=deed,
        title=title,
        words=words,
        given_to=given_to,
        way_back=way_back,
        holds_from=holds_from,
        done_by=by,
        done_at=now,
    )


def entries_of(case: Case | None) -> list[CaseEntry]:
    """All that was done and said in a case, the latest first; no query where there is none."""
    if case is None:
        return []
    return list(case.entries.select_related("done_by", "given_to", "undone_by").order_by("-number"))


def last_deed(kind: str, about: int) -> CaseEntry | None:
    """What was last done about a thing, and stands."""
    deeds = CaseEntry.objects.standing().telling_a_deed().filter(case__kind=kind, case__about=about)
    return deeds.select_related("done_by").order_by("-number").first()


def done_on_the_day_of(moment: datetime) -> CaseEntryQuerySet:
    """What the office did on that day in Stockholm, the latest first, undone or not."""
    day = moment.astimezone(STOCKHOLM).date()
    begins = datetime.combine(day, time.min, STOCKHOLM)
    deeds = CaseEntry.objects.telling_a_deed().filter(done_at__gte=begins)
    return deeds.select_related("case", "done_by", "undone_by").order_by("-done_at", "-pk")


def colleagues() -> QuerySet[User]:
    """Everybody of the coordination office."""
    return User.objects.filter(role=User.Role.OFFICE, is_active=True).order_by("name", "pk")
