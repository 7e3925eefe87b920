"""What an opportunity asks for, into rows."""

from __future__ import annotations

from collections.abc import Sequence

from opportunities.models import Notice, Opportunity, Requirement
from opportunities.parsed_notice import Requirement as AskedFor

_KEY = ("opportunity", "notice", "number")
_WRITTEN = (
    "kind",
    "sentence",
    "place",
    "amount",
    "currency",
    "share",
    "years",
    "count",
    "name",
    "is_allowed",
    "confidence",
)


def requirement_row(asked: AskedFor, number: int, *, opportunity: Opportunity, notice: Notice) -> Requirement:
    return Requirement(
        opportunity=opportunity,
        notice=notice,
        number=number,
        kind=asked.kind,
        sentence=asked.sentence,
        place=asked.place,
        amount=asked.amount.amount if asked.amount else None,
        currency=asked.amount.currency if asked.amount else "",
        share=asked.share,
        years=asked.years,
        count=asked.count,
        name=asked.name or "",
        is_allowed=asked.is_allowed,
        confidence=asked.confidence,
    )


def replace_requirements(opportunities: Sequence[Opportunity], rows: Sequence[Requirement]) -> None:
    """Let these rows be all that these opportunities ask for. The caller holds their locks."""
    written = Requirement.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=_KEY, update_fields=_WRITTEN
    )
    gone = Requirement.objects.filter(opportunity__in=opportunities)
    gone.exclude(pk__in=[row.pk for row in written]).delete()
