"""One opportunity's notices while a batch is recorded under its lock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from opportunities.compile import WORDING, Change, SeenNotice, diff_facts, tells_a_change
from opportunities.models import Notice, Opportunity, OpportunityRevision, Requirement
from opportunities.parsed_notice import NoticeKind, OpportunityFacts, ParsedNotice
from opportunities.ruled import Ruled
from opportunities.sameness.keys import identity_keys
from opportunities.serialization import Json, changes_to_json, notice_from_json
from opportunities.services.apply_facts import apply_facts
from opportunities.services.requirement_rows import requirement_row
from opportunities.services.telling import NoticeKey, ProcessKey, Telling
from opportunities.services.what_is_said import KeyedRequirement, WhatIsSaid


def process_of(opportunity: Opportunity) -> ProcessKey:
    return opportunity.publisher, opportunity.process_id


class Story:
    """Tells notices to an opportunity and collects the rows that come of it. Writes nothing itself.

    ``notices`` are its rows so far, and those of ``others`` that are merged into it. What they said has to be
    recalled before anything is told but the one notice that is all the story holds.
    """

    def __init__(
        self, opportunity: Opportunity, notices: Iterable[Notice], *, others: Iterable[Opportunity] = ()
    ) -> None:
        self.opportunity = opportunity
        self._processes = {process_of(row): row for row in (opportunity, *others)}
        self.new_notices: list[Notice] = []
        self.seen_again: list[Notice] = []
        self.revived: list[Notice] = []
        self.has_unsaid = False
        self.revisions: list[OpportunityRevision] = []
        self._rows: dict[NoticeKey, Notice] = {(n.notice_id, n.content_hash): n for n in notices}
        self._said = WhatIsSaid()
        self._wrote_unsure = self._said.unsure
        self._wrote: list[KeyedRequirement] = []
        self._last_revision = 0
        self._is_disclosure_decided = False

    @property
    def processes(self) -> Collection[Opportunity]:
        """The opportunity and those that are merged into it."""
        return self._processes.values()

    @property
    def has_notices(self) -> bool:
        """Whether anything had been told before."""
        return bool(self._rows.keys() - {(n.notice_id, n.content_hash) for n in self.new_notices})

    @property
    def is_hidden(self) -> bool:
        """Whether no moment is known from which members see it."""
        return self.opportunity.disclosed_from is None

    def has_only(self, telling: Telling) -> bool:
        """Whether this notice is all that was ever told. Told again it can't change a fact."""
        return self._rows.keys() == {telling.key} and self._rows[telling.key].superseded_at is None

    def recall(
        self,
        contents: Mapping[int, Json],
        rulings: Mapping[ProcessKey, Sequence[Ruled]],
        *,
        last_revision: int,
        is_disclosure_decided: bool,
    ) -> None:
        """Take up what was told before: the contents of its notices by their key, and where it had come.

        ``rulings`` are what the office decided about readings of each process, in that order.
        """
        self._last_revision = last_revision
        self._is_disclosure_decided = is_disclosure_decided
        told = {
            key: SeenNotice(notice_from_json(contents[row.pk]), row.seen_at)
            for key, row in self._rows.items()
            if row.superseded_at is None
        }
        self._said = WhatIsSaid(told, rulings)
        self._said.compile()
        self._apply()
        self._wrote, self._wrote_unsure = self._said.requirements, self._said.unsure

    def tell(self, telling: Telling, *, seen_at: datetime, now: datetime, is_news: bool = True) -> Notice:
        """Add a notice, or note that one we have was seen again; return its row.

        Without ``is_news`` what it changes is put right in silence: we had misread it.
        """
        parsed = telling.parsed
        notice = self._rows.get(telling.key)
        if notice is None:
            notice = self._rows[telling.key] = Notice(
                opportunity=self._processes[telling.process],
                notice_id=parsed.notice_id,
                kind=parsed.kind,
                published_at=parsed.published_at,
                content=telling.content,
                content_hash=telling.content_hash,
                seen_at=seen_at,
                recorded_at=now,
            )
            self.new_notices.append(notice)
            self._date(parsed)
            self._disclose(parsed, now=now)
        elif notice.superseded_at is not None:
            notice.superseded_at, notice.seen_at = None, max(seen_at, notice.seen_at)
            self.revived.append(notice)
            self._date(parsed)
        elif seen_at > notice.seen_at:
            notice.seen_at = seen_at
            self.seen_again.append(notice)
        else:
            return notice
        if not (self._said.told or self.new_notices or self.revived):
            return notice
        earlier = [said for said in self._said.notices if _are_readings_of_one(said, parsed)]
        self._said.told[telling.key] = SeenNotice(parsed, seen_at)
        self._revise(notice, parsed, earlier, now=now, is_news=is_news)
        return notice

    def rows_among(self, notice_ids: Collection[int]) -> list[Notice]:
        """Those of its notices that have one of these keys and count still."""
        wanted = set(notice_ids)
        return [row for row in self._rows.values() if row.pk in wanted and row.superseded_at is None]

    def unsay(self, notices: Sequence[Notice], *, now: datetime) -> None:
        """Let notices count no longer that no document says any more. What has been recalled is needed.

        It was our reading that was wrong, so nobody is told of a change. An opportunity of which nothing is
        left is nobody's to see.
        """
        for notice in notices:
            notice.superseded_at = now
            self._said.told.pop((notice.notice_id, notice.content_hash), None)
        self.has_unsaid = True
        changes = self._said.compile()
        self._apply()
        self.opportunity.published_at = self._said.published_at
        if not self._said.told:
            self.opportunity.disclosed_from = None
        if changes:
            self._add_revision(notices[-1], changes, tells=False, now=now)

    def rule(self, about: Notice, rulings: Mapping[ProcessKey, Sequence[Ruled]], *, now: datetime) -> None:
        """Read everything under these rulings; the one that was made or undone is about a notice."""
        self._said.rulings = rulings
        changes = self._said.compile()
        self._apply()
        if changes:
            self._add_revision(about, changes, tells=_readers_knew_otherwise(changes), now=now)

    def take_in(self, other: Story, *, now: datetime) -> OpportunityRevision:
        """Read the other's notices as this opportunity's own from now on. Both have been recalled."""
        because = other._latest() or self._latest()
        self._processes |= other._processes
        self._rows |= other._rows
        self._said.take_in(other._said)
        return self._revise_whole(because, now=now)

    def let_go(self, others: Iterable[Opportunity], *, now: datetime) -> OpportunityRevision:
        """Read their notices as this opportunity's no longer."""
        gone = {row.pk for row in others}
        self._processes = {key: row for key, row in self._processes.items() if row.pk not in gone}
        self._rows = {key: row for key, row in self._rows.items() if row.opportunity_id not in gone}
        self._said.keep(self._rows)
        return self._revise_whole(self._latest(), now=now)

    @property
    def facts(self) -> OpportunityFacts:
        return self._said.facts

    @property
    def told(self) -> list[ParsedNotice]:
        return self._said.notices

    def changes_from(self, before: OpportunityFacts) -> tuple[Change, ...]:
        """What differs here for those who knew other facts."""
        return diff_facts(before, self._said.facts)

    @property
    def has_news(self) -> bool:
        has_rows = self.new_notices or self.revisions or self.has_unsaid or self.revived
        return bool(has_rows) or self._said.unsure != self._wrote_unsure

    @property
    def has_other_requirements(self) -> bool:
        """Whether the opportunity's requirements are no longer those that are written."""
        return self._said.requirements != self._wrote

    def requirement_rows(self) -> list[Requirement]:
        """What it asks for now, as rows. Notices must have been written."""
        return [
            requirement_row(asked, number, opportunity=self.opportunity, notice=self._rows[key])
            for key, number, asked in self._said.requirements
        ]

    def _date(self, parsed: ParsedNotice) -> None:
        dates = [d for d in (self.opportunity.published_at, parsed.published_at) if d is not None]
        self.opportunity.published_at = min(dates, default=None)

    def _disclose(self, parsed: ParsedNotice, *, now: datetime) -> None:
        """What a portal has published is public. Early information waits for the office."""
        opportunity = self.opportunity
        is_undecided = opportunity.disclosed_from is None and not self._is_disclosure_decided
        if parsed.kind != NoticeKind.PLANNING and is_undecided:
            opportunity.disclosed_from = now

    def _revise(
        self,
        notice: Notice,
        parsed: ParsedNotice,
        earlier: Sequence[ParsedNotice],
        *,
        now: datetime,
        is_news: bool,
    ) -> None:
        changes = self._said.compile()
        self._apply()
        if not changes:
            return
        is_first = self._last_revision == 0
        tells = is_news and tells_a_change(changes, parsed, earlier=earlier, is_first=is_first)
        self._add_revision(notice, changes, tells=tells, now=now)

    def _revise_whole(self, because: Notice | None, *, now: datetime) -> OpportunityRevision:
        """Bring everything up to another set of notices. It makes a revision even where nothing changed:
        matching looks again, and what readers were told before it can be told from what comes after.
        """
        if because is None:
            raise ValueError("an opportunity without a notice has no story")
        changes = self._said.compile()
        self.opportunity.published_at = self._said.published_at
        self._apply()
        return self._add_revision(because, changes, tells=_readers_knew_otherwise(changes), now=now)

    def _latest(self) -> Notice | None:
        if not self._said.told:  # all of it superseded
            return next(reversed(self._rows.values()), None)
        return self._rows[self._said.latest]

    def _add_revision(
        self, notice: Notice, changes: tuple[Change, ...], *, tells: bool, now: datetime
    ) -> OpportunityRevision:
        self._last_revision += 1
        revision = OpportunityRevision(
            opportunity=self.opportunity,
            notice=notice,
            number=self._last_revision,
            changes=changes_to_json(changes),
            tells_a_change=tells,
            recorded_at=now,
        )
        self.revisions.append(revision)
        self.opportunity.compared_at = None
        return revision

    def _apply(self) -> None:
        """The facts into the columns."""
        facts, ids = self._said.facts, (process_id for _, process_id in self._processes)
        apply_facts(self.opportunity, facts)
        self.opportunity.unsure = sorted(self._said.unsure)
        texts = (facts.title, facts.description, facts.reference)
        self.opportunity.identity_keys = identity_keys(ids, texts, facts.url)


def _readers_knew_otherwise(changes: Iterable[Change]) -> bool:
    return any(change.before is not None and change.field not in WORDING for change in changes)


def _are_readings_of_one(one: ParsedNotice, other: ParsedNotice) -> bool:
    return (one.process, one.notice_id) == (other.process, other.notice_id)
