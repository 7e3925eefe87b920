"""What the opportunity tables say, small enough to compare two of them in memory."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.db.models.functions import Coalesce

from opportunities.models import Notice, Opportunity
from opportunities.services.apply_facts import FACT_COLUMNS

ProcessKey = tuple[str, str]  # publisher, process_id
State = dict[str, str]  # column, or "notices": its value as JSON
COLUMNS = (*FACT_COLUMNS, "published_at")


def digests() -> dict[ProcessKey, bytes]:
    """A digest of each opportunity's facts and notices."""
    return {key: hashlib.sha256(_json(state).encode()).digest() for key, state in _states()}


def states(keys: Iterable[ProcessKey]) -> dict[ProcessKey, State]:
    """Everything that ``digests`` is made of, for a few opportunities."""
    wanted = set(keys)
    return {key: state for key, state in _states(sorted(p for _, p in wanted)) if key in wanted}


def _states(process_ids: list[str] | None = None) -> Iterator[tuple[ProcessKey, State]]:
    # What is merged into another is told there: its own facts rest until it stands alone again.
    rows = Opportunity.objects.without_canaries().standing().order_by("publisher", "process_id")
    told_in = Coalesce("opportunity__merged_into", "opportunity")
    # What a better reading has superseded counts no longer, nor an opportunity of which nothing else is left.
    notices = Notice.objects.filter(superseded_at=None).order_by("notice_id", "content_hash")
    superseded = set(Notice.objects.filter(superseded_at__isnull=False).values_list(told_in, flat=True))
    if process_ids is not None:
        rows = rows.filter(process_id__in=process_ids)
        about = Q(opportunity__process_id__in=process_ids)
        notices = notices.filter(about | Q(opportunity__merged_into__process_id__in=process_ids))
    said: defaultdict[int, list[str]] = defaultdict(list)
    for opportunity, content_hash in notices.values_list(told_in, "content_hash").iterator():
        said[opportunity].append(content_hash)
    for pk, publisher, process_id, *values in rows.values_list(
        "pk", "publisher", "process_id", *COLUMNS
    ).iterator():
        if pk in superseded and pk not in said:
            continue
        state = {column: _json(value) for column, value in zip(COLUMNS, values, strict=True)}
        state["notices"] = _json(said[pk])
        yield (publisher, process_id), state


def _json(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
