from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import Coalesce, JSONObject

from opportunities.models import (
    Opportunity,
    OpportunityQuerySet,
    Ruling,
)
from opportunities.ruled import Ruled
from opportunities.serialization import ruled_from_json

ProcessKey = tuple[str, str]  # publisher, process_id


def rulings_of(processes: Iterable[Opportunity]) -> dict[ProcessKey, list[Ruled]]:
    """What the office decided about readings of each process, in the order it did. One query."""
    return rulings_by_key((row.publisher, row.process_id) for row in processes)


def rulings_by_key(keys: Iterable[ProcessKey]) -> dict[ProcessKey, list[Ruled]]:
    """The same for who knows no more of the processes than what numbers them."""
    keyed = _rulings_in_force(keys)
    return {
        key: [ruled_from_json(row.notice_id, row.field, row.read, row.value) for row in rows]
        for key, rows in keyed.items()
    }


def rulings_about(processes: Iterable[int] | OpportunityQuerySet) -> dict[int, list[Ruling]]:
    """The rows of these rulings, for each process by its key. Two queries."""
    known = Opportunity.objects.filter(Q(pk__in=processes)).values_list("pk", "publisher", "process_id")
    keys = {pk: (publisher, process_id) for pk, publisher, process_id in known}
    keyed = _rulings_in_force(keys.values())
    return {pk: keyed.get(key, []) for pk, key in keys.items()}


def _rulings_in_force(keys: Iterable[ProcessKey]) -> dict[ProcessKey, list[Ruling]]:
    wanted = set(keys)
    found: dict[ProcessKey, list[Ruling]] = {}
    numbered = Ruling.objects.in_force().filter(process_id__in={process_id for _, process_id in wanted})
    for row in numbered.select_related("decided_by").order_by("pk"):
        if (key := (row.publisher, row.process_id)) in wanted:
            found.setdefault(key, []).append(row)
    return found


def opportunity_ruled_on(ruling_id: int) -> int | None:
    """The opportunity that is read under a ruling; None if there is no such ruling. For the office alone."""
    ruling = Ruling.objects.filter(pk=ruling_id).first()
    if ruling is None:
        return None
    process = Opportunity.objects.filter(publisher=ruling.publisher, process_id=ruling.process_id)
    return process.values_list(Coalesce("merged_into", "pk"), flat=True).first()


def rulings_on(process: str) -> ArraySubquery:
    """The rulings about the process that a query reaches by this path, in order, as JSON objects."""
    of_process = Ruling.objects.in_force().filter(
        publisher=OuterRef(f"{process}__publisher"), process_id=OuterRef(f"{process}__process_id")
    )
    names = ("field", "words", "read", "value", "decided_at")
    return ArraySubquery(
        of_process.order_by("pk").values(ruling=JSONObject(**{name: name for name in names}))
    )
