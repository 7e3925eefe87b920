"""What is to be told to one person now: read through the door, compared with what they were told before."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from matching.delivery.candidates import candidates
from matching.delivery.merged import Heard, deadline_moved, heard_before_merging, told_before_merging
from matching.delivery.sections import (
    CALLED_OFF,
    Section,
    Standing,
    changes_that_matter,
    closing_within,
    section_of,
)
from matching.models import DeliveredOpportunity, Subscription
from opportunities.compile import Change
from opportunities.selectors import RevisionChanges, changes_by_opportunity, is_open

# More would not be read, and mail programs cut what passes 100 kB. The rest is told next time.
MOST_IN_ONE_DIGEST = 50
# What can't wait comes first, should there be more than fits.
ORDER = (Section.CHANGED, Section.LAST_CALL, Section.CLOSING, Section.NEW, Section.EARLY, Section.CAUGHT_UP)
NEVER_TOLD = 0


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
    """An opportunity that may be due, as the database tells of it."""

    opportunity_id: int
    stage: str
    published_at: datetime | None
    recorded_at: datetime
    submission_deadline: datetime | None
    revision_id: int
    told_number: int  # the latest revision that was told, in any section
    closing_number: int  # and as closing
    told_elsewhere: bool  # as an opportunity that is merged into this one
    score: int | None
    known_from: datetime | None

    @property
    def was_told(self) -> bool:
        return self.told_number != NEVER_TOLD


def due_to(
    subscriptions: Iterable[Subscription],
    *,
    now: datetime,
    among: Collection[int] | None = None,
    besides: int | None = None,
) -> tuple[DueOpportunity, ...]:
    """What to tell one person who has these subscriptions, each opportunity once.

    Sections in order and the best match first within each; at most ``MOST_IN_ONE_DIGEST``. What another
    delivery to the same person holds counts as told, sent or not: either it goes out, or its lines are
    taken back. ``besides`` names the delivery that is being sent, whose own lines don't count; ``among``
    keeps to the opportunities that it holds. Two queries for each subscription, however much there is to
    tell; three more where something told before has been merged.
    """
    best: dict[int, DueOpportunity] = {}
    for subscription in subscriptions:
        for due in _due_of(subscription, now=now, among=among, besides=besides):
            known = best.get(due.opportunity_id)
            if known is None or _rank(due) < _rank(known):
                best[due.opportunity_id] = due
    return tuple(sorted(best.values(), key=_rank)[:MOST_IN_ONE_DIGEST])


def _rank(due: DueOpportunity) -> tuple[int, int, int]:
    return (ORDER.index(due.section), -(due.score or 0), due.opportunity_id)


def _due_of(
    subscription: Subscription, *, now: datetime, among: Collection[int] | None, besides: int | None
) -> list[DueOpportunity]:
    rows = _rows(subscription, now=now, among=among, besides=besides)
    known = [row.opportunity_id for row in rows if row.was_told or row.known_from]
    revisions = changes_by_opportunity(known) if known else {}
    elsewhere = [row.opportunity_id for row in rows if not row.was_told and row.told_elsewhere]
    heard = {
        row.opportunity_id: _heard(row, revisions.get(row.opportunity_id, ()))
        for row in rows
        if row.was_told or row.known_from
    }
    if elsewhere:
        heard |= heard_before_merging(subscription.recipient_id, elsewhere, besides=besides)
    return [due for row in rows if (due := _due(row, heard.get(row.opportunity_id), subscription, now=now))]


def _rows(
    subscription: Subscription, *, now: datetime, among: Collection[int] | None, besides: int | None
) -> list[_Row]:
    told = (
        DeliveredOpportunity.objects.filter(
            delivery__recipient=subscription.recipient_id, opportunity=OuterRef("pk")
        )
        .exclude(delivery=besides)
        .order_by()
        .values("opportunity")
        .annotate(number=Max("revision__number"))
        .values("number")
    )
    told_elsewhere = told_before_merging(subscription.recipient_id, besides=besides).filter(
        opportunity__merged_into=OuterRef("pk")
    )
    is_called_off = Q(stage__in=CALLED_OFF)
    is_news = Q(told_number=NEVER_TOLD, known_from=None)
    door = candidates(subscription, now=now)
    found = (
        door.filter(is_open(now) | is_called_off)
        .with_latest_revision()
        .annotate(
            told_number=Coalesce(Subquery(told), NEVER_TOLD),
            closing_number=Coalesce(Subquery(told.filter(section=Section.CLOSING)), NEVER_TOLD),
            told_elsewhere=Exists(told_elsewhere),
        )
        .filter(
            Q(~is_called_off) & is_news
            | Q(told_number=NEVER_TOLD, told_elsewhere=True)
            | Q(told_number=NEVER_TOLD, known_from__isnull=False, latest_number__gt=1)
            | Q(told_number__gt=NEVER_TOLD, latest_number__gt=F("told_number"))
            | Q(~is_called_off, submission_deadline__lte=now + closing_within(subscription.weekday)),
            latest_number__isnull=False,
        )
    )
    if among is not None:
        found = found.filter(pk__in=among)
    return [
        _Row(*row)
        for row in found.values_list(
            "pk",
            "stage",
            "published_at",
            "recorded_at",
            "submission_deadline",
            "latest_revision_id",
            "told_number",
            "closing_number",
            "told_elsewhere",
            "score",
            "known_from",
        )
    ]


def _heard(row: _Row, revisions: tuple[RevisionChanges, ...]) -> Heard:
    """What is new to who was told; to who was not, what has changed since they knew of it."""
    since_closing = [revision for revision in revisions if revision.number > row.closing_number]
    news = [
        revision.changes
        for revision in revisions
        if revision.number > row.told_number
        and (row.was_told or row.known_from is None or revision.recorded_at > row.known_from)
    ]
    return Heard(
        news=tuple(news),
        was_told_closing=row.closing_number != NEVER_TOLD and not deadline_moved(since_closing),
    )


def _due(
    row: _Row, heard: Heard | None, subscription: Subscription, *, now: datetime
) -> DueOpportunity | None:
    changes = changes_that_matter(heard.news) if heard else ()
    standing = Standing(
        stage=row.stage,
        is_open=row.stage not in CALLED_OFF,  # the query holds nothing else that isn't open
        published_at=row.published_at,
        recorded_at=row.recorded_at,
        submission_deadline=row.submission_deadline,
        was_told=heard is not None,
        was_told_closing=heard is not None and heard.was_told_closing,
        has_news=bool(changes),
        closing_within=closing_within(subscription.weekday),
    )
    section = section_of(standing, now=now)
    if section is None:
        return None
    return DueOpportunity(
        opportunity_id=row.opportunity_id,
        revision_id=row.revision_id,
        subscription_id=subscription.pk,
        score=row.score,
        section=section,
        changes=changes,
    )
