"""What is to be told to people now: read through the door, compared with what they were told before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.delivery.candidates import Candidate, candidates_of
from matching.delivery.merged import Heard, deadline_moved, heard_before_merging
from matching.delivery.sections import (
    CALLED_OFF,
    Section,
    Standing,
    changes_that_matter,
    closing_within,
    section_of,
)
from matching.delivery.told import NEVER, Told, told_to
from matching.models import DeliveredOpportunity, Subscription
from opportunities.compile import Change
from opportunities.selectors import LatestState, RevisionChanges, changes_by_opportunity, latest_states

# More would not be read, and mail programs cut what passes 100 kB. The rest is told next time.
MOST_IN_ONE_DIGEST = 50
# What can't wait comes first, should there be more than fits.
ORDER = (Section.CHANGED, Section.LAST_CALL, Section.CLOSING, Section.NEW, Section.EARLY, Section.CAUGHT_UP)


@dataclass(frozen=True, slots=True)
class DueOpportunity:
    """An opportunity that is to be told in a section, as it stands at a revision."""

    opportunity_id: int
    revision_id: int
    subscription_id: int | None  # because of which; None in a preview of one that isn't saved
    score: int | None  # None where no profile asked
    section: DeliveredOpportunity.Section
    changes: tuple[Change, ...] = ()  # since the reader was told last, or knew of it


@dataclass(frozen=True, slots=True)
class _Row:
    """An opportunity that one subscription may have news of."""

    subscription: Subscription
    opportunity_id: int
    state: LatestState
    told: Told
    candidate: Candidate

    @property
    def is_known(self) -> bool:
        return self.told.was_told or self.candidate.known_from is not None

    @property
    def was_told_as_another(self) -> bool:
        """As an opportunity that is merged into this one."""
        return self.told.as_another and not self.told.was_told

    def may_be_due(self, now: datetime) -> bool:
        if self.was_told_as_another:
            return True
        is_called_off = self.state.stage in CALLED_OFF
        if self.told.was_told and self.state.number > self.told.number:
            return True
        if not self.told.was_told and (self.state.number > 1 if self.is_known else not is_called_off):
            return True
        deadline = self.state.submission_deadline
        soon = now + closing_within(self.subscription.weekday)
        return not is_called_off and deadline is not None and deadline <= soon


def due_to(
    subscriptions: Iterable[Subscription],
    *,
    now: datetime,
    among: Collection[int] | None = None,
    besides: int | None = None,
    most: int | None = MOST_IN_ONE_DIGEST,
) -> tuple[DueOpportunity, ...]:
    """What to tell one person who has these subscriptions, each opportunity once: see ``due_to_each``."""
    [due] = due_to_each(
        [list(subscriptions)],
        now=now,
        among=None if among is None else [among],
        besides=() if besides is None else (besides,),
        most=most,
    )
    return due


def due_to_each(
    people: Sequence[Sequence[Subscription]],
    *,
    now: datetime,
    among: Sequence[Collection[int]] | None = None,
    besides: Collection[int] = (),
    most: int | None = MOST_IN_ONE_DIGEST,
) -> list[tuple[DueOpportunity, ...]]:
    """What to tell each of these people, who have these subscriptions: each opportunity once a person.

    Sections in order and the best match first within each; at most ``most``. What another
    delivery to the same person holds counts as told, sent or not: either it goes out, or its lines are
    taken back. ``besides`` names the deliveries that are being sent, one a person, whose own lines don't
    count; ``among`` keeps, for each person in their order, to the opportunities that theirs holds. Three
    queries for all of them beside those for candidates, and three for each person who was told of something
    that has been merged since.
    """
    wanted = [subscription for subscriptions in people for subscription in subscriptions]
    asked = None if among is None else {pk for held in among for pk in held}
    rows = iter(_rows(wanted, now=now, among=asked, besides=besides))
    rows_of = [[row for _ in subscriptions for row in next(rows)] for subscriptions in people]
    if among is not None:
        rows_of = [
            [row for row in own if row.opportunity_id in held]
            for own, held in zip(rows_of, among, strict=True)
        ]
    known = {row.opportunity_id for own in rows_of for row in own if row.is_known}
    revisions = changes_by_opportunity(known) if known else {}
    return [_best(_due_among(own, revisions, now=now, besides=besides))[:most] for own in rows_of]


def _rows(
    subscriptions: Sequence[Subscription],
    *,
    now: datetime,
    among: Collection[int] | None,
    besides: Collection[int],
) -> list[list[_Row]]:
    found = candidates_of(subscriptions, now=now, among=among)
    keys = {pk for candidates in found for pk in candidates}
    if not keys:
        return [[] for _ in subscriptions]
    states = latest_states(keys)
    # Read last, so that what is told meanwhile isn't told again.
    told = told_to({each.recipient_id for each in subscriptions if each.recipient_id}, keys, besides=besides)
    return [
        [
            row
            for pk, candidate in candidates.items()
            if (state := states.get(pk))
            and (
                row := _Row(each, pk, state, told.get((each.recipient_id, pk), NEVER), candidate)
            ).may_be_due(now)
        ]
        for each, candidates in zip(subscriptions, found, strict=True)
    ]


def _due_among(
    rows: Sequence[_Row],
    revisions: dict[int, tuple[RevisionChanges, ...]],
    *,
    now: datetime,
    besides: Collection[int],
) -> Iterator[DueOpportunity]:
    """Of one person."""
    elsewhere = {row.opportunity_id for row in rows if row.was_told_as_another}
    heard = (
        heard_before_merging(rows[0].subscription.recipient_id, elsewhere, besides=besides)
        if elsewhere
        else {}
    )
    for row in rows:
        known = heard.get(row.opportunity_id)
        if known is None and row.is_known:
            known = _heard(row, revisions.get(row.opportunity_id, ()))
        if due := _due(row, known, now=now):
            yield due


def _best(found: Iterable[DueOpportunity]) -> tuple[DueOpportunity, ...]:
    best: dict[int, DueOpportunity] = {}
    for due in found:
        known = best.get(due.opportunity_id)
        if known is None or _rank(due) < _rank(known):
            best[due.opportunity_id] = due
    return tuple(sorted(best.values(), key=_rank))


def _rank(due: DueOpportunity) -> tuple[int, int, int]:
    return (ORDER.index(due.section), -(due.score or 0), due.opportunity_id)


def _heard(row: _Row, revisions: tuple[RevisionChanges, ...]) -> Heard:
    """What is new to who was told; to who was not, what has changed since they knew of it."""
    since_closing = [revision for revision in revisions if revision.number > row.told.closing_number]
    known_from = row.candidate.known_from
    news = [
        revision.changes
        for revision in revisions
        if revision.number > row.told.number
        and (row.told.was_told or known_from is None or revision.recorded_at > known_from)
    ]
    return Heard(
        news=tuple(news),
        was_told_closing=row.told.was_told_closing and not deadline_moved(since_closing),
    )


def _due(row: _Row, heard: Heard | None, *, now: datetime) -> DueOpportunity | None:
    changes = changes_that_matter(heard.news) if heard else ()
    state = row.state
    standing = Standing(
        stage=state.stage,
        is_open=state.stage not in CALLED_OFF,  # among candidates is nothing else that isn't open
        published_at=state.published_at,
        recorded_at=state.recorded_at,
        submission_deadline=state.submission_deadline,
        was_told=heard is not None,
        was_told_closing=heard is not None and heard.was_told_closing,
        has_news=bool(changes),
        closing_within=closing_within(row.subscription.weekday),
    )
    section = section_of(standing, now=now)
    if section is None:
        return None
    return DueOpportunity(
        opportunity_id=row.opportunity_id,
        revision_id=state.revision_id,
        subscription_id=row.subscription.pk,
        score=row.candidate.score,
        section=section,
        changes=changes,
    )
