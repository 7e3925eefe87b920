"""How quickly notices are read and recorded, and how much memory it takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pypdfium2
from bs4 import BeautifulSoup
from django.utils import timezone

from ingest.models import Source
from ingest.services import parse_document, receive_upload
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument, SourceSettings
from opportunities.models import Opportunity
from opportunities.parsed_notice import ParsedNotice
from opportunities.services.apply_facts import apply_facts
from portal.celery import set_aside_what_stays
from tests.bench import replay_figures, two_workers
from tests.bench.figures import Figure
from tests.bench.made_up_listing import listing_of
from tests.bench.made_up_tenders import export_of
from tests.unit.ingest.pdfs import Ruled, pdf

ROWS = 10_000
ROWS_FOR_WORKERS = 35_000
REPLAYED = 2_000
LISTING_ROWS = 269  # the largest listing seen in one piece
NAIVE = "parse, then update_or_create a row at a time, without history"
PDF_PAGES, PDF_WIDTHS = 200, (120, 300, 120, 100)
PLAIN_PDF = "the words alone with pypdfium2, no places, no tables, no child process"
PLAIN_SOUP = "BeautifulSoup with html.parser and find_all over the same page"


def measure() -> Iterator[Figure]:
    yield from replay_figures.measure(REPLAYED)
    yield from _recording()
    yield from two_workers.measure(ROWS_FOR_WORKERS)
    yield _listing()
    yield _pdf()


def _recording() -> Iterator[Figure]:
    body = export_of(ROWS)
    peer = ROWS / _seconds(lambda: _record_naively(body))
    source = Source.objects.create(slug="bench", kind="upload", name="Bench", publisher="bench.example.org")

    def ingest(name: str) -> None:
        document, _ = receive_upload(
            source, name=name, media_type="application/jsonl", body=body, now=timezone.now()
        )
        parse_document(document.pk, now=timezone.now())

    set_aside_what_stays()  # as a worker does when it starts
    new = ROWS / _seconds(lambda: ingest("first.jsonl"))
    known = ROWS / _seconds(lambda: ingest("second.jsonl"))
    yield Figure("ingest.new_rows", new, "rows/s", 300, "more", NAIVE, new / peer)
    yield Figure("ingest.known_rows", known, "rows/s", 2_000, "more", NAIVE, known / peer)


def _record_naively(body: bytes) -> None:
    document = FetchedDocument("naive.jsonl", "application/jsonl", body)
    source = SourceSettings("naive", "", "naive.example.org")
    for parsed in ADAPTERS["upload"].parse(document, source):
        if isinstance(parsed, ParsedNotice):
            facts = Opportunity(process_id=parsed.process_id)
            apply_facts(facts, parsed.facts)
            Opportunity.objects.update_or_create(
                publisher="naive.example.org",
                process_id=parsed.process_id,
                defaults={
                    "title": facts.title,
                    "description": facts.description,
                    "buyer_name": facts.buyer_name,
                    "value_amount": facts.value_amount,
                    "value_currency": facts.value_currency,
                    "submission_deadline": facts.submission_deadline,
                    "recorded_at": timezone.now(),
                },
            )


def _listing() -> Figure:
    page = listing_of(LISTING_ROWS)
    document = FetchedDocument("https://portal.example.org/nicgep/app", "text/html", page)
    source = SourceSettings("bench", "", "portal.example.org")
    ours = min(_seconds(lambda: list(ADAPTERS["gepnic"].parse(document, source))) for _ in range(5))
    peer = min(_seconds(lambda: _read_plainly(page)) for _ in range(5))
    return Figure("ingest.listing_269_rows", ours * 1000, "ms", 60, "less", PLAIN_SOUP, peer / ours)


def _pdf() -> Figure:
    """A PDF of 200 pages with a table on each, in the child process that may take 20 seconds for it."""
    body = pdf([[Ruled(PDF_WIDTHS, _rows_of_page(page))] for page in range(PDF_PAGES)])
    document = FetchedDocument("list.pdf", "application/pdf", body)
    source = SourceSettings("bench", "", "bench.example.org")
    ours = min(_seconds(lambda: list(ADAPTERS["upload"].parse(document, source))) for _ in range(3))
    peer = min(_seconds(lambda: _read_text_alone(body)) for _ in range(3))
    return Figure("ingest.pdf_200_pages", ours, "s", 10, "less", PLAIN_PDF, peer / ours)


def _read_text_alone(body: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body)]


def _rows_of_page(page: int) -> list[list[str]]:
    title = "Smart poles and surveillance along\nthe ring road, phase two"
    rows = [[f"2026_X_{page}_{row}", title, "31-Dec-2026 03:00 PM", "1,00,000"] for row in range(12)]
    return [["Tender ID", "Title", "Closing Date", "Tender Value in Rs"], *rows]


def _read_plainly(page: bytes) -> list[list[str]]:
    soup = BeautifulSoup(page, "html.parser")
    return [[cell.get_text() for cell in row.find_all("td")] for row in soup.find_all("tr")]


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
