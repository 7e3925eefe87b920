"""What is known of a process for comparing it: everything its notices ever stated, not only what stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from opportunities.parsed_notice import ParsedNotice
from opportunities.sameness.keys import address_of, hosts_in, is_numbered_by_a_portal, tender_ids_in

RUPEES = "INR"


@dataclass(frozen=True, slots=True)
class Known:
    """One process, or several that are merged, as its notices tell of it.

    A set holds each value that any notice stated. A deadline that has been moved stays in its set, so the
    judgement doesn't depend on whether the corrigendum or the other report came first.
    """

    publishers: frozenset[str]
    is_numbered: bool  # by the portal that has the tender
    own_ids: frozenset[str]  # tender IDs that number it
    tender_ids: frozenset[str]  # those, and all that it quotes
    hosts: frozenset[str]  # that publish it, or that it names
    addresses: frozenset[str]
    titles: frozenset[str]
    buyers: frozenset[str]
    states: frozenset[str]
    cities: frozenset[str]
    deadlines: frozenset[datetime]
    values: frozenset[Decimal]  # in rupees
    expected_from: frozenset[str]  # first day of the quarter a tender is expected in


def known_from(notices: Iterable[ParsedNotice]) -> Known:
    told = list(notices)
    facts = [notice.facts for notice in told]
    texts = [text for f in facts for text in (f.title, f.description, f.reference)]
    urls = [f.url for f in facts]
    publishers = frozenset(notice.publisher for notice in told)
    return Known(
        publishers=publishers,
        is_numbered=any(is_numbered_by_a_portal(n.publisher, n.process_id) for n in told),
        own_ids=tender_ids_in(*(notice.process_id for notice in told)),
        tender_ids=tender_ids_in(*(notice.process_id for notice in told), *texts),
        hosts=hosts_in(*publishers, *urls, *texts),
        addresses=frozenset(address for url in urls if (address := address_of(url))),
        titles=_stated(f.title for f in facts),
        buyers=_stated(f.buyer_name for f in facts),
        states=_stated(f.state for f in facts),
        cities=_stated(f.city for f in facts),
        deadlines=frozenset(f.submission_deadline.at for f in facts if f.submission_deadline),
        values=frozenset(f.value.amount for f in facts if f.value and f.value.currency == RUPEES),
        expected_from=frozenset(f.tender_expected_from.isoformat() for f in facts if f.tender_expected_from),
    )


def _stated(texts: Iterable[str | None]) -> frozenset[str]:
    return frozenset(text for text in texts if text)
