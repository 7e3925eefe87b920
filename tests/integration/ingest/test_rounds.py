"""A portal too large for one visit: what came of its visits is judged once they have been all round."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ingest.models import Poll, RawDocument, Source
from ingest.services import check_sources, parse_document, poll_source
from ingest.sources.gepnic import fetch
from tests.factories.ingest import SourceFactory
from tests.integration.fetching.conftest import Upstream
from tests.integration.ingest.test_alarms import listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_this_machine")]

INDEX = "/nicgep/app?page=FrontEndTendersByOrganisation&service=page"
# Most tenders are of one organisation, as they are.
ROWS = {"Agra": 3, "Bhopal": 90, "Cuttack": 2, "Delhi": 4}


def list_of(name: str) -> str:
    return f"/nicgep/app?page=FrontEndTendersByOrganisation&service=direct&sp={name}"


@pytest.fixture
def portal(upstream: Upstream, monkeypatch: pytest.MonkeyPatch) -> Upstream:
    """Each of its visits has time for one list."""
    rows = "".join(
        f'<tr><td>1</td><td>{name}</td><td><a href="{list_of(name)}">{count}</a></td></tr>'
        for name, count in ROWS.items()
    )
    head = '<tr class="list_header"><td>S.No</td><td>Organisation Name</td><td>Tender Count</td></tr>'
    upstream.says(INDEX, f'<table class="list_table">{head}{rows}</table>'.encode(), Content_Type="text/html")
    for name, count in ROWS.items():
        upstream.says(list_of(name), listing(count), Content_Type="text/html")
    monkeypatch.setattr(fetch, "LONGEST_VISIT", -1.0)
    return upstream


@pytest.fixture
def source(portal: Upstream) -> Source:
    return SourceFactory.create(address=portal.address + INDEX, poll_every_minutes=60)


def visit(source: Source, *, at: datetime) -> Source:
    poll_source(source.pk, now=at)
    for pk in RawDocument.objects.unparsed_at(at).values_list("pk", flat=True):
        parse_document(pk, now=at)
    check_sources(now=at)
    source.refresh_from_db()
    return source


def test_each_visit_goes_on_where_the_last_one_left_off(source: Source, noon: datetime) -> None:
    places = [visit(source, at=noon + timedelta(hours=hour)).resume_at for hour in range(5)]

    assert places == ["Bhopal", "Cuttack", "Delhi", "", "Bhopal"]
    assert [poll.left_off_at for poll in Poll.objects.order_by("polled_at")] == [
        *places[:3],
        None,
        "Bhopal",
    ]


def test_parts_that_differ_much_raise_no_alarm_and_the_round_counts(source: Source, noon: datetime) -> None:
    alarms = {visit(source, at=noon + timedelta(hours=hour)).alarm for hour in range(12)}

    assert alarms == {""}
    assert source.usual_rows == sum(ROWS.values())
    rounds = Poll.objects.filter(left_off_at=None).order_by("polled_at")
    assert list(rounds.values_list("documents", "notices")) == [(4, 99)] * 3


def test_a_round_that_gives_few_rows_alarms_when_it_has_been_all_round(
    source: Source, portal: Upstream, noon: datetime
) -> None:
    for hour in range(4):
        visit(source, at=noon + timedelta(hours=hour))
    portal.says(list_of("Bhopal"), listing(1), Content_Type="text/html")

    alarms = [visit(source, at=noon + timedelta(hours=4 + hour)).alarm for hour in range(4)]

    assert alarms == ["", "", "", "few_rows"]
    assert (source.alarm_found, source.alarm_usual) == (10, 99)


def test_a_visit_that_fails_is_made_again_from_where_it_began(
    source: Source, portal: Upstream, noon: datetime
) -> None:
    visit(source, at=noon)
    portal.says(list_of("Bhopal"), b"", status=503)
    assert visit(source, at=noon + timedelta(hours=1)).resume_at == "Bhopal"

    portal.says(list_of("Bhopal"), listing(90), Content_Type="text/html")
    for hour in (2, 3, 4):
        visit(source, at=noon + timedelta(hours=hour))
    assert source.usual_rows == sum(ROWS.values())


def test_a_place_that_is_gone_begins_the_round_anew(source: Source, noon: datetime) -> None:
    Source.objects.update(resume_at="Erode")

    assert visit(source, at=noon).resume_at == "Bhopal"
