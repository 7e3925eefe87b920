from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from ingest.models import Source
from ingest.services.replay import replay_archive
from opportunities.models import Merge, Notice, Opportunity
from opportunities.services import merge_opportunities
from tests.factories.ingest import SourceFactory
from tests.integration.ingest.test_documents import BRIDGE, hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(noon: datetime) -> Source:
    source = SourceFactory.create(kind="upload", publisher="etenders.example.org")
    moved = BRIDGE | {"Bid Submission End Date": "20-Dec-2026 02:00 PM"}
    for hours, row in enumerate([BRIDGE, moved, BRIDGE, BRIDGE | {"Tender ID": "2026_SCDL_91002_1"}]):
        hand_in(source, row, now=noon + timedelta(hours=hours))
    return source


def test_the_archive_tells_what_is_recorded(source: Source, noon: datetime) -> None:
    replay = replay_archive(now=noon)

    assert (replay.documents, replay.opportunities, replay.fields) == (3, 2, ())


def test_replaying_leaves_no_trace(source: Source, noon: datetime) -> None:
    replay_archive(now=noon)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'replay'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SHOW search_path")
        assert "replay" not in cursor.fetchone()[0]
    assert [Opportunity.objects.count(), Notice.objects.count()] == [2, 3]


def test_a_fact_that_no_document_states_is_found(source: Source, noon: datetime) -> None:
    Opportunity.objects.filter(process_id="2026_SCDL_91000_1").update(title="Tampered with")

    replay = replay_archive(now=noon)

    (field,) = replay.fields
    (difference,) = field.examples
    assert (field.field, field.count) == ("title", 1)
    assert (difference.process_id, difference.field) == ("2026_SCDL_91000_1", "title")
    assert "Foot bridge" in difference.replayed


def test_an_opportunity_that_no_document_tells_of_is_found(source: Source, noon: datetime) -> None:
    Opportunity.objects.create(publisher="nobody", process_id="1", title="From nowhere", recorded_at=noon)

    (field,) = replay_archive(now=noon).fields
    assert (field.field, [example.publisher for example in field.examples]) == ("", ["nobody"])


def test_the_command_says_identical(source: Source) -> None:
    out = StringIO()

    call_command("replay", stdout=out, stderr=StringIO())

    assert out.getvalue() == "identical\n"


def test_the_command_exits_with_1_when_something_differs(source: Source) -> None:
    Opportunity.objects.update(title="Tampered with")

    with pytest.raises(SystemExit) as stopped:
        call_command("replay", stdout=StringIO(), stderr=StringIO())

    assert stopped.value.code == 1


def test_what_is_merged_is_merged_in_the_replay_as_well(source: Source, noon: datetime) -> None:
    one, other = Opportunity.objects.order_by("pk")
    later = noon + timedelta(days=1)
    merge_opportunities(one.pk, other.pk, now=later)
    hand_in(source, BRIDGE | {"Tender ID": "2026_SCDL_91002_1", "Location": "Nashik"}, now=later)

    replay = replay_archive(now=later)

    assert (replay.opportunities, replay.different) == (1, 0)
    assert Merge.objects.count() == 1
