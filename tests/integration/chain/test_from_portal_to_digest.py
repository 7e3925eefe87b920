"""The whole road, with nothing of ours replaced: HTTP server, PostgreSQL, Valkey, worker, mail file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.test import Client
from django.utils import timezone

from ingest.models import RawDocument, Source
from matching.delivery.owing import owe_daily_digests
from matching.models import Delivery, Match
from opportunities.models import Notice, Opportunity, OpportunityRevision
from portal.accounts.models import Company, User
from portal.demo.simulator.server import Simulator
from tests.factories.ingest import SourceFactory
from tests.factories.matching import CapabilityProfileFactory, SubscriptionFactory
from tests.real_data import DATA, needs_real_data
from tests.worker import Worker


@pytest.fixture
def portal(transactional_db: None, tmp_path: Path) -> Iterator[Source]:
    """A portal with listings and tender pages, on loopback."""
    with Simulator(tmp_path / "channel") as simulator:
        yield SourceFactory.create(
            kind="gepnic", address=simulator.index_url, publisher="made-up.example.org", poll_every_minutes=1
        )


def counted() -> list[int]:
    models = (RawDocument, Notice, Opportunity, OpportunityRevision)
    return [model._default_manager.count() for model in models]


def test_a_page_on_a_portal_ends_on_matches_and_in_a_digest_file(
    portal: Source, worker: Worker, vallar: Company, alice: User, client: Client, tmp_path: Path
) -> None:
    profile = CapabilityProfileFactory.create(
        company=vallar,
        summary="Water quality sensors, SCADA, smart water meters, leak detection",
        capabilities=["SCADA for water supply", "Smart water meters", "Sewage treatment monitoring"],
        minimum_score=20,
    )
    SubscriptionFactory.create(user=alice, profile=profile)

    let_it_flow(worker)
    best = Match.objects.order_by("-score")[0]

    client.force_login(alice)
    assert escape(best.opportunity.title) in client.get("/matches/").content.decode()
    assert best.opportunity.title in digest_file(worker, alice, tmp_path)


@pytest.mark.slow
@needs_real_data
def test_a_real_listing_page_ends_on_matches_and_in_a_digest_file(
    worker: Worker, vallar: Company, alice: User, client: Client, tmp_path: Path
) -> None:
    profile = CapabilityProfileFactory.create(
        company=vallar,
        summary="Street lights and maintenance material for street lighting",
        capabilities=["Street lighting"],
        minimum_score=10,
    )
    SubscriptionFactory.create(user=alice, profile=profile)
    listing, detail = (DATA / f"gepnic-pages/dnh_{name}.trimmed.html" for name in ("org_listing", "detail"))

    with served(
        {"/nicgep/app?page=FrontEndTendersByOrganisation": listing, "/nicgep/app?component": detail}
    ) as url:
        SourceFactory.create(
            kind="gepnic",
            address=f"{url}/nicgep/app?page=FrontEndTendersByOrganisation&service=page",
            publisher="portal.example.org",
            poll_every_minutes=1,
        )
        let_it_flow(worker)

    assert Opportunity.objects.count() == 17
    Opportunity.objects.update(
        submission_deadline=timezone.now() + timedelta(days=9)
    )  # the page is of October
    Match.objects.exclude(score__gte=10).delete()
    title = Match.objects.order_by("-score")[0].opportunity.title
    client.force_login(alice)
    assert title in client.get("/matches/").content.decode()
    assert title in digest_file(worker, alice, tmp_path)


def let_it_flow(worker: Worker) -> None:
    """Ring what the timetable rings until nothing is left to do."""
    worker.ring("ingest.tasks.poll_due_sources")
    worker.wait_until(
        lambda: (
            Source.objects.filter(last_success_at__isnull=False).exists()
            and not RawDocument.objects.filter(parsed_at=None).exists()
        ),
        ringing="ingest.tasks.parse_pending_documents",
    )
    worker.wait_until(
        lambda: not OpportunityRevision.objects.filter(scored=None).exists(),
        ringing="matching.tasks.score_pending_opportunities",
    )


def digest_file(worker: Worker, reader: User, folder: Path) -> str:
    """The text of today's digest, taken from the one file it became."""
    owe_daily_digests(timezone.now().date(), now=timezone.now())
    worker.wait_until(
        lambda: not Delivery.objects.filter(sent_at=None).exists(),
        ringing="matching.tasks.send_pending_deliveries",
    )
    (mail,) = (folder / "mail").glob("*.eml")
    message = message_from_bytes(mail.read_bytes(), policy=policy.default)
    assert message["To"] == reader.email
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@contextmanager
def served(pages: dict[str, Path]) -> Iterator[str]:
    """A portal on loopback that answers with the file of the longest prefix of what is asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = next((path for prefix, path in pages.items() if self.path.startswith(prefix)), None)
            self.send_response(200 if page else 404)
            self.end_headers()
            self.wfile.write(page.read_bytes() if page else b"")

        def log_message(self, *_: object) -> None:
            """Tests say enough."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def test_polling_again_changes_nothing(portal: Source, worker: Worker) -> None:
    def poll() -> None:
        Source.objects.update(next_poll_at=None, last_success_at=None)
        worker.ring("ingest.tasks.poll_due_sources")
        worker.wait_until(
            lambda: (
                Source.objects.filter(last_success_at__isnull=False).exists()
                and not RawDocument.objects.filter(parsed_at=None).exists()
            ),
            ringing="ingest.tasks.parse_pending_documents",
        )

    poll()
    first = counted()
    poll()

    assert counted() == first
    assert min(first) > 0
