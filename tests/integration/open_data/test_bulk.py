"""A month's file: what everyone may know of as it stands, and nothing else for a moment longer."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from opportunities.exports.told import number_of
from opportunities.models import Opportunity
from opportunities.parsed_notice import NoticeKind
from opportunities.services import disclose_opportunity, withdraw_disclosure
from portal.accounts.models import User
from tests.factories.notices import parsed_notice
from tests.integration.open_data.conftest import Record

TITLE = "Water-quality sensors"


def month_of(opportunity: Opportunity) -> str:
    assert opportunity.disclosed_from is not None
    return f"{opportunity.disclosed_from:%Y-%m}"


def lines(client: Client, month: str, kind: str = "releases") -> list[dict[str, Any]]:
    answer = client.get(f"/open-data/ocds/{kind}/{month}.jsonl.gz")
    if answer.status_code == 404:
        return []
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return [json.loads(line) for line in gzip.decompress(body).decode().splitlines()]


def test_a_file_holds_a_release_for_each_publication(record: Record, client: Client) -> None:
    opportunity = record(
        parsed_notice(1, title=TITLE), parsed_notice(2, kind=NoticeKind.CORRIGENDUM, period_days=90)
    )

    told = lines(client, month_of(opportunity))

    assert [release["tag"] for release in told] == [["tender"], ["tenderAmendment"]]
    assert told[1]["tender"]["title"] == TITLE
    assert told[1]["tender"]["contractPeriod"] == {"durationInDays": 90}
    assert told[1]["tender"]["amendments"][0]["amendsReleaseID"] == told[0]["id"]


def test_a_record_sums_up_its_releases(record: Record, client: Client) -> None:
    opportunity = record(parsed_notice(1, title=TITLE), parsed_notice(2, kind=NoticeKind.CANCELLATION))

    (told,) = lines(client, month_of(opportunity), "records")

    assert told["compiledRelease"]["tender"]["status"] == "cancelled"
    assert [release["tag"] for release in told["releases"]] == [["tender"], ["tenderCancellation"]]


def test_what_is_withdrawn_is_gone_at_once(record: Record, client: Client, olga: User) -> None:
    opportunity = record(parsed_notice(1, title=TITLE))
    stays = record(parsed_notice(1, process_id="2026_SCDL_91001_1", title="Smart poles"))
    month = month_of(opportunity)
    assert len(lines(client, month)) == 2

    withdraw_disclosure(opportunity.pk, by=olga, now=timezone.now())

    assert [release["tender"]["title"] for release in lines(client, month)] == ["Smart poles"]
    withdraw_disclosure(stays.pk, by=olga, now=timezone.now())
    assert client.get(f"/open-data/ocds/releases/{month}.jsonl.gz").status_code == 404


def test_a_file_is_written_once_for_as_long_as_nothing_changes(record: Record, client: Client) -> None:
    opportunity = record(parsed_notice(1, title=TITLE))
    address = f"/open-data/ocds/releases/{month_of(opportunity)}.jsonl.gz"
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    record(parsed_notice(2, kind=NoticeKind.CORRIGENDUM, title=TITLE, period_days=90))
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_the_index_names_the_etag_of_each_file(record: Record, client: Client) -> None:
    opportunity = record(parsed_notice(1, title=TITLE))

    (month,) = client.get("/open-data/ocds/months.json").json()["months"]

    assert (month["month"], month["processes"]) == (month_of(opportunity), 1)
    answer = client.get(f"/open-data/ocds/records/{month['month']}.jsonl.gz")
    assert answer["ETag"] == f'"{month["records"]["etag"]}"'


def test_no_date_tells_when_we_knew_before_the_disclosure(record: Record, client: Client, olga: User) -> None:
    """The channel wrote three weeks ago, and the office told everyone today."""
    knew = timezone.now() - timedelta(days=21)
    opportunity = record(parsed_notice(1, kind=NoticeKind.PLANNING, title=TITLE), at=knew)
    assert lines(client, f"{knew:%Y-%m}") == []

    now = timezone.now()
    disclose_opportunity(opportunity.pk, from_=now, by=olga, now=now)

    (told,) = lines(client, f"{now:%Y-%m}")
    assert told["date"][:16] == now.isoformat()[:16]
    assert f"{knew:%Y-%m-%d}" not in json.dumps(told)


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "1999-01", "x", "2026-1"])
def test_what_is_no_month_is_not_found(month: str, client: Client, db: None) -> None:
    assert client.get(f"/open-data/ocds/releases/{month}.jsonl.gz").status_code == 404


def test_a_process_is_found_by_its_number(record: Record, client: Client) -> None:
    """The database reckons it as Python does."""
    opportunity = record(parsed_notice(1, title=TITLE, process_id="2026_Å/B C_1"))
    ocid = f"ocds-xxsetu-{number_of(opportunity.publisher, opportunity.process_id)}"

    package = client.get(f"/open-data/ocds/records/{ocid}.json").json()

    assert package["records"][0]["ocid"] == ocid
    assert client.get(f"/open-data/ocds/releases/{ocid}.json").json()["releases"][0]["ocid"] == ocid
