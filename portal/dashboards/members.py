"""The member companies: who is there, who has fallen silent and why, and which fields nobody answers for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from matching.completeness import share_told
from matching.scoring.engine import domain_name
from matching.selectors.coverage import Answering, DomainCoverage, coverage
from matching.selectors.members import SILENT_AFTER, Member, current_profiles, finds, members
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.tables.members import COVERAGE, MEMBERS
from portal.ui.downloads import asked_kind, download

PER_PAGE = 40
# With more members the squares of the matrix are too small to be told apart; the names stand beneath.
MOST_DRAWN = 60
_SQUARE = 12  # wide, with the gap


class Show(StrEnum):
    ALL = "all"
    SILENT = "silent"
    WAITING = "waiting"


class Hint(StrEnum):
    """What may keep a company away, as far as it can be told from here."""

    NOBODY = "nobody"
    NEVER_CAME = "never_came"
    NO_PROFILE = "no_profile"
    FINDS_NOTHING = "finds_nothing"
    NO_MAIL = "no_mail"


@dataclass(frozen=True, slots=True)
class ShownMember:
    member: Member
    profiles: int
    told: int  # of the pieces that buyers ask about, by the profile that tells most
    pieces: int
    finds: int
    silent_days: int | None  # None: it isn't silent
    hints: tuple[Hint, ...]


@dataclass(frozen=True, slots=True)
class ShownField:
    coverage: DomainCoverage
    name: str

    @property
    def width(self) -> int:
        """Of its strip of squares, one for each member."""
        return _SQUARE * len(self.coverage.members)

    @property
    def squares(self) -> list[tuple[int, Answering]]:
        """Each member, and where its square begins."""
        return [(1 + _SQUARE * place, one) for place, one in enumerate(self.coverage.members)]


@require_GET
@office_required
def members_page(request: OfficeRequest) -> HttpResponseBase:
    now = timezone.now()
    everyone = members()
    silent = [one for one in everyone if one.is_silent(now)]
    waiting = [one for one in everyone if not one.company.is_approved]
    show = _show(request.GET.get("show", ""))
    lists = {
        Show.ALL: everyone,
        Show.SILENT: sorted(silent, key=lambda one: one.quiet_for(now), reverse=True),
        Show.WAITING: waiting,
    }
    if kind := asked_kind(request):
        return download(kind, MEMBERS, _shown(lists[show], at=now))
    page = Paginator(lists[show], PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "members",
        "now": now,
        "show": show,
        "everyone": len(everyone),
        "waiting": len(waiting),
        "silent": len(silent),
        "silent_after": SILENT_AFTER.days,
        "page": page,
        "lines": list(_shown(list(page), at=now)),
    }
    return render(request, "portal/members.html", context)


@require_GET
@office_required
def coverage_page(request: OfficeRequest) -> HttpResponseBase:
    """Fields by members."""
    language = get_language() or "en"
    fields = [ShownField(row, domain_name(row.domain, language)) for row in coverage(at=timezone.now())]
    if kind := asked_kind(request):
        return download(kind, COVERAGE, fields)
    context = {
        "section": "members",
        "fields": fields,
        "members": len(fields[0].coverage.members) if fields else 0,
        "is_drawn": bool(fields) and len(fields[0].coverage.members) <= MOST_DRAWN,
        "unanswered": [field for field in fields if field.coverage.is_unanswered and field.coverage.asked],
    }
    return render(request, "portal/coverage.html", context)


def _show(wanted: str) -> Show:
    return Show(wanted) if wanted in set(Show) else Show.ALL


def _shown(found: Sequence[Member], *, at: datetime) -> Iterator[ShownMember]:
    companies = [one.company.pk for one in found]
    by_company = groupby(current_profiles(companies), key=lambda profile: profile.company_id)
    told = {company: [share_told(profile) for profile in profiles] for company, profiles in by_company}
    found_by = finds(companies, at=at)
    for one in found:
        shares = told.get(one.company.pk, [])
        best, pieces = max(shares, default=(0, 0))
        finding = found_by.get(one.company.pk, 0)
        silent = one.is_silent(at)
        yield ShownMember(
            member=one,
            profiles=len(shares),
            told=best,
            pieces=pieces,
            finds=finding,
            silent_days=one.quiet_for(at).days if silent else None,
            hints=tuple(_hints(one, has_profile=bool(shares), finding=finding)) if silent else (),
        )


def _hints(one: Member, *, has_profile: bool, finding: int) -> Iterable[Hint]:
    if not one.people:
        yield Hint.NOBODY
    elif one.last_sign is None:
        yield Hint.NEVER_CAME
    if not has_profile:
        yield Hint.NO_PROFILE
    elif not finding:
        yield Hint.FINDS_NOTHING
    if one.people and not one.readers:
        yield Hint.NO_MAIL
