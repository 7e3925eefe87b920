from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from portal.demo.simulator.edition import LONGEST_EDITION, Edition, open_edition
from portal.demo.simulator.tenders import tenders_at

LATER = timedelta(seconds=90)


def test_a_restart_keeps_the_edition(tmp_path: Path, noon: datetime) -> None:
    first = open_edition(tmp_path, now=noon, later_after=LATER)

    assert open_edition(tmp_path, now=noon + timedelta(days=2), later_after=LATER) == first


def test_an_old_edition_gives_way_to_a_new_one_with_other_numbers(tmp_path: Path, noon: datetime) -> None:
    old = open_edition(tmp_path, now=noon, later_after=LATER)

    new = open_edition(tmp_path, now=noon + LONGEST_EDITION, later_after=LATER)

    old_ids = {tender.tender_id for tender in tenders_at(old, noon)}
    assert old_ids.isdisjoint(tender.tender_id for tender in tenders_at(new, noon + LONGEST_EDITION))


@pytest.mark.parametrize("days", range(7))
def test_whatever_the_weekday_nearly_all_tenders_are_open_for_four_days_or_more(
    days: int, noon: datetime
) -> None:
    began = noon + timedelta(days=days)

    tenders = tenders_at(Edition(began, LATER), began)

    assert sum(tender.closes_at > began + timedelta(days=4) for tender in tenders) == len(tenders) - 2
    assert all(tender.published_at < began for tender in tenders)


def test_nothing_happens_on_a_sunday(noon: datetime) -> None:
    tenders = tenders_at(Edition(noon, LATER), noon)

    moments = [at for t in tenders for at in (t.published_at, t.closes_at, t.prebid_at, t.opens_at)]
    assert 6 not in {at.weekday() for at in moments}


@pytest.mark.parametrize(
    ("year", "month", "fiscal_year"), [(2026, 11, "2027-28"), (2027, 2, "2027-28"), (2027, 4, "2028-29")]
)
def test_the_next_fiscal_year_begins_in_april(
    noon: datetime, year: int, month: int, fiscal_year: str
) -> None:
    assert Edition(noon.replace(year=year, month=month), LATER).next_fiscal_year == fiscal_year
