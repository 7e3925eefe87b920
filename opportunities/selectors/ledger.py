"""The ledger, to be read and to be examined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from opportunities.audience import Audience, audience_from, audience_of
from opportunities.chain import BEGINNING, Entry, Examination, LedgerKind, Sealed, examine
from opportunities.models import LedgerEntry
from opportunities.release_gap import Decided, Described, Gap, Known, gap_of
from opportunities.selectors.door import visible_opportunities
from portal.accounts.models import Company

# What a rule or a decision lets be seen, and what the others may know was done beside it.
_DECISIONS = (LedgerKind.DISCLOSED, LedgerKind.CORRECTED, LedgerKind.WITHDRAWN)
_CONCERNING_ALL = (
    *_DECISIONS,
    LedgerKind.PREVIEWED,
    LedgerKind.EXCEPTED,
    LedgerKind.MAIL_HELD,
    LedgerKind.MAIL_LET_GO,
)

_COLUMNS = (
    "number",
    "previous",
    "seal",
    "kind",
    "at",
    "by_id",
    "opportunity_id",
    "project_id",
    "company_id",
    "rule",
    "visible_from",
    "because",
    "details",
)


def examine_ledger(*, head: str | None = None) -> Examination:
    """Go through the whole ledger: see ``chain.examine``. About 30,000 entries a second."""
    return examine(_chain(), head=head)


def ledger_head() -> tuple[int, str]:
    """The last entry's number and seal. Whoever keeps them elsewhere can tell later that nothing is cut."""
    last = LedgerEntry.objects.order_by("-number").values_list("number", "seal").first()
    return last or (0, BEGINNING)


def _chain() -> Iterator[Sealed]:
    rows = LedgerEntry.objects.order_by("number").values_list(*_COLUMNS)
    for number, previous, sealed, *said in rows.iterator(chunk_size=5000):
        yield Sealed(number, previous, sealed, Entry(*said))


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of the ledger as somebody may read it."""

    number: int
    kind: str
    at: datetime
    by: str  # "" where a rule did it
    opportunity_id: int | None
    title: str  # "" where it is about none, or none that the reader may know of
    company: str  # "" where it is about none, or about another than the reader's
    gone_company: int | None  # the number of one that isn't here any more, for the office
    found_by: Audience | None  # where it tells by what rules find a company from then on
    is_theirs: bool  # whom it is about is kept from the reader
    to: Audience | None  # None where it is about no rule
    visible_from: datetime | None
    because: str
    follows_from: str
    seal: str


def ledger_for_office(*, kind: str = "", opportunity_id: int | None = None) -> QuerySet[LedgerEntry]:
    """The lines, the latest first, all or of one kind or about one opportunity; for the office alone."""
    lines = LedgerEntry.objects.select_related("by", "opportunity", "company").defer(
        "opportunity__search_vector"
    )
    lines = lines.filter(kind=kind) if kind else lines
    if opportunity_id is not None:
        # That two are in touch about this very tender isn't the office's to know.
        lines = lines.filter(opportunity=opportunity_id).exclude(kind=LedgerKind.NAMES_REVEALED)
    return lines.order_by("-number")


def ledger_for(company: Company, *, at: datetime) -> QuerySet[LedgerEntry]:
    """The lines that concern a company, the latest first: about what it may know of, and about itself."""
    known = visible_opportunities(to=company, at=at)
    about_all = Q(kind__in=_CONCERNING_ALL, opportunity__in=known.values("pk"))
    lines = LedgerEntry.objects.filter(about_all | Q(company=company)).select_related("by")
    return lines.order_by("-number")


def names_revealed(*, since: datetime) -> set[tuple[int | None, datetime]]:
    """Which companies' names were told to a partner since then, by the ledger: company and moment."""
    lines = LedgerEntry.objects.filter(kind=LedgerKind.NAMES_REVEALED, at__gte=since)
    return set(lines.values_list("company_id", "at"))


def office_line(entry: LedgerEntry) -> LedgerLine:
    """As the office reads it. Of names told between members it sees that and when, not whose and for what."""
    if entry.kind == LedgerKind.NAMES_REVEALED:
        return replace(_line(entry, title="", company="", because=""), by="", is_theirs=True)
    return _line(
        entry,
        title=entry.opportunity.title if entry.opportunity else "",
        company=entry.company.name if entry.company else "",
        gone_company=None if entry.company else entry.company_id,
        because=entry.because,
    )


def lines_for(entries: list[LedgerEntry], company: Company, *, at: datetime) -> list[LedgerLine]:
    """As a company reads them. What was done for another is told without its name and without the reason,
    which may name it. One query."""
    known = visible_opportunities(to=company, at=at).filter(pk__in={one.opportunity_id for one in entries})
    titles = dict(known.values_list("pk", "title"))
    return [
        _line(
            entry,
            title=titles.get(entry.opportunity_id or 0, ""),
            company=company.name if entry.company_id == company.pk else "",
            because=entry.because if entry.company_id in (None, company.pk) else "",
        )
        for entry in entries
    ]


def _line(
    entry: LedgerEntry, *, title: str, company: str, because: str, gone_company: int | None = None
) -> LedgerLine:
    return LedgerLine(
        number=entry.number,
        kind=entry.kind,
        at=entry.at,
        by=entry.by.name if entry.by else "",
        opportunity_id=entry.opportunity_id if title else None,
        title=title,
        company=company,
        gone_company=gone_company,
        found_by=_found_by(entry),
        is_theirs=False,
        to=None if entry.rule is None else audience_from(entry.rule),
        visible_from=entry.visible_from,
        because=because,
        follows_from=str(entry.details.get("follows_from", "")),
        seal=entry.seal,
    )


def _found_by(entry: LedgerEntry) -> Audience | None:
    """What a company does and where it sits, as far as it was known: no rule for others finds it."""
    if entry.kind not in (LedgerKind.DESCRIBED, LedgerKind.ADMITTED):
        return None
    region = entry.details["region"]
    return audience_of(entry.details["domains"], [region] if region else [])


def release_gaps(*, at: datetime) -> dict[int, Gap]:
    """For each opportunity that the office disclosed, when the first and the last company could see it.

    Worked out from the ledger and from when companies were let in. Two queries.
    """
    decisions: defaultdict[int, list[Decided]] = defaultdict(list)
    described: defaultdict[int, list[LedgerEntry]] = defaultdict(list)
    wanted = LedgerEntry.objects.filter(kind__in=(*_DECISIONS, LedgerKind.DESCRIBED)).order_by("number")
    for entry in wanted:
        if entry.kind == LedgerKind.DESCRIBED and entry.company_id is not None:
            described[entry.company_id].append(entry)
        elif entry.opportunity_id is not None:
            decided = Decided(entry.at, entry.visible_from, audience_from(entry.rule))
            decisions[entry.opportunity_id].append(decided)
    companies = [
        Known(company.approved_at, _said(company, described[company.pk]))
        for company in Company.objects.filter(approved_at__isnull=False)
        if company.approved_at is not None
    ]
    gaps = {pk: gap_of(made, companies, at=at) for pk, made in decisions.items()}
    return {pk: gap for pk, gap in gaps.items() if gap is not None}


def _said(company: Company, entries: list[LedgerEntry]) -> tuple[Described, ...]:
    if not entries:
        return (Described(None, tuple(company.domains), company.region),)
    first = entries[0].details["before"]
    later = [Described(e.at, tuple(e.details["domains"]), e.details["region"]) for e in entries]
    return (Described(None, tuple(first["domains"]), first["region"]), *later)
