from __future__ import annotations

import hashlib
from typing import Any

from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from ingest.models import Extraction, PageLayout, Poll, QuarantinedPart, RawDocument, Replay, Source
from opportunities.parsed_notice import CONFIDENT
from tests.factories.opportunities import NoticeFactory

BULLETIN = """<p>The council accorded approval for online water-quality sensors at 212 locations.</p>"""


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    slug = Sequence(lambda n: f"portal-{n}")
    kind = "gepnic"
    name = Sequence(lambda n: f"State portal {n}")
    address = Sequence(lambda n: f"https://portal-{n}.example.org/tenders")
    publisher = Sequence(lambda n: f"portal-{n}.example.org")


class RawDocumentFactory(DjangoModelFactory[RawDocument]):
    class Meta:
        model = RawDocument

    source = SubFactory(SourceFactory)
    url = Sequence(lambda n: f"https://portal.example.org/tenders/{n}")
    media_type = "text/html"
    body = BULLETIN.encode()
    sha256 = LazyAttribute(lambda document: hashlib.sha256(document.body).hexdigest())
    fingerprint = SelfAttribute("sha256")
    fetched_at = LazyFunction(timezone.now)
    seen_at = SelfAttribute("fetched_at")
    as_of = SelfAttribute("fetched_at")
    parsed_at = SelfAttribute("fetched_at")


class PollFactory(DjangoModelFactory[Poll]):
    class Meta:
        model = Poll

    source = SubFactory(SourceFactory)
    polled_at = LazyFunction(timezone.now)
    counted_at = SelfAttribute("polled_at")


class PageLayoutFactory(DjangoModelFactory[PageLayout]):
    """A list that has another column than before."""

    class Meta:
        model = PageLayout

    source = SubFactory(SourceFactory)
    page = "list"
    fingerprint = Sequence(lambda n: f"{n:064x}")
    path = "table.list_table/tr.list_header"
    labels = LazyFunction(lambda: ["Title", "Closing Date", "Bid Processing Fee"])
    has_all_labels = True
    first_seen_at = LazyFunction(timezone.now)
    last_seen_at = SelfAttribute("first_seen_at")
    alarmed_at = SelfAttribute("first_seen_at")
    new_labels = LazyFunction(lambda: ["Bid Processing Fee"])
    gone_labels = LazyFunction(lambda: ["Opening Date"])


def _leaves_a_question(row: Any) -> bool:
    unsure = [origin for origin in getattr(row, "origins", []) if origin[3] < CONFIDENT]
    return bool(unsure or getattr(row, "doubts", []))


class ExtractionFactory(DjangoModelFactory[Extraction]):
    class Meta:
        model = Extraction

    document = SubFactory(RawDocumentFactory)
    notice = SubFactory(NoticeFactory)
    # As parsing would: something in it waits for the office.
    asks_since = LazyAttribute(lambda row: timezone.now() if _leaves_a_question(row) else None)


class QuarantinedPartFactory(DjangoModelFactory[QuarantinedPart]):
    class Meta:
        model = QuarantinedPart

    document = SubFactory(RawDocumentFactory)
    place = Sequence(lambda n: f"row {n}")
    excerpt = "Providing and laying of ducts | | 12 crore"
    reason = "no tender ID"
    quarantined_at = LazyFunction(timezone.now)


class ReplayFactory(DjangoModelFactory[Replay]):
    """A comparison that found no difference, and that nobody has decided on."""

    class Meta:
        model = Replay

    requested_at = LazyFunction(timezone.now)
    compared_at = SelfAttribute("requested_at")
    parser_version = "2026.11"
    documents = 1284
    opportunities = 3120
