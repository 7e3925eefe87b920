"""What opportunities are found by is what they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from matching.services import label_opportunities
from opportunities.models import Opportunity, SearchEntry, SearchText, SearchWord
from opportunities.parsed_notice import NoticeKind, OpportunityFacts, ParsedNotice, Stage
from opportunities.services import note_search_words, record_notice, write_missing_entries
from portal.lib.money import Money
from tests.at_once import held_by_another
from tests.factories.opportunities import OpportunityFactory

NOTICE = ParsedNotice(
    publisher="etenders.example.org",
    process_id="2026_SCDL_1_1",
    notice_id="NIT",
    kind=NoticeKind.TENDER,
    published_at=None,
    facts=OpportunityFacts(
        title="Solar street lights",
        stage=Stage.TENDER,
        value=Money(Decimal(99_999_999), "INR"),
        procurement_method="Global Tenders",
        state="MH",
    ),
)


def entry() -> SearchEntry:
    return SearchEntry.objects.get()


@pytest.mark.django_db
def test_recording_writes_what_is_searched(noon: datetime) -> None:
    record_notice(NOTICE, seen_at=noon, now=noon)

    assert (entry().value_band, entry().is_global_tender, entry().state) == ("1-10", True, "MH")
    assert entry().published_at == noon
    assert "maharashtra" in SearchText.objects.get().vector


@pytest.mark.django_db
def test_a_corrigendum_changes_what_is_searched(noon: datetime) -> None:
    record_notice(NOTICE, seen_at=noon, now=noon)
    note_search_words()
    facts = OpportunityFacts(title="Solar lanterns", value=Money(Decimal(100_000_000), "INR"))
    later = replace(
        NOTICE,
        notice_id="C1",
        kind=NoticeKind.CORRIGENDUM,
        published_at=noon + timedelta(days=1),
        facts=facts,
    )

    record_notice(later, seen_at=noon, now=noon)

    assert entry().value_band == "10-50"
    assert "lantern" in SearchText.objects.get().vector
    assert not SearchText.objects.get().has_noted_words


@pytest.mark.django_db
def test_entries_that_are_missing_are_made(noon: datetime) -> None:
    Opportunity.objects.create(publisher="x", process_id="1", title="Water meters", recorded_at=noon)

    assert write_missing_entries() == 1
    assert write_missing_entries() == 0
    assert entry().source == "x"


@pytest.mark.django_db
def test_words_are_noted_once() -> None:
    OpportunityFactory.create(
        title="Biomining of 20,000 t legacy waste", description="", buyer_name="", city=""
    )

    assert note_search_words() == 1
    assert note_search_words() == 0
    assert set(SearchWord.objects.values_list("word", flat=True)) == {"biomining", "legacy", "waste"}


@pytest.mark.django_db(transaction=True)
def test_what_another_is_writing_is_noted_later() -> None:
    OpportunityFactory.create()

    with held_by_another(SearchText.objects.all()):
        assert note_search_words() == 0

    assert note_search_words() == 1


@pytest.mark.django_db
def test_domains_are_read_until_they_are_known(noon: datetime) -> None:
    record_notice(NOTICE, seen_at=noon, now=noon)

    assert label_opportunities() == 1
    assert label_opportunities() == 0
    assert "lighting" in entry().domains


@pytest.mark.django_db
def test_domains_are_read_again_when_the_text_or_the_vocabulary_changes(noon: datetime) -> None:
    record_notice(NOTICE, seen_at=noon, now=noon)
    SearchEntry.objects.update(domains=["surveillance"], domains_version="0+x")

    assert label_opportunities() == 1
    assert "surveillance" not in entry().domains
