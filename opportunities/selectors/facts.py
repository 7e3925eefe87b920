from __future__ import annotations

from collections.abc import Collection

from opportunities.compile import SeenNotice, compile_facts
from opportunities.models import (
    Notice,
    Opportunity,
)
from opportunities.parsed_notice import OpportunityFacts
from opportunities.ruled import as_ruled
from opportunities.selectors.rulings import rulings_of
from opportunities.serialization import notice_from_json


def facts_of(processes: Collection[int]) -> OpportunityFacts:
    """What the notices of these processes say by themselves, as the office reads them. For it alone."""
    rulings = rulings_of(Opportunity.objects.filter(pk__in=processes).only("publisher", "process_id"))
    notices = Notice.objects.filter(opportunity__in=processes, superseded_at=None).order_by("pk")
    told = [
        SeenNotice(notice_from_json(content), seen_at)
        for content, seen_at in notices.values_list("content", "seen_at")
    ]
    return compile_facts(
        SeenNotice(as_ruled(seen.notice, rulings.get(seen.notice.process, ())), seen.seen_at) for seen in told
    )
