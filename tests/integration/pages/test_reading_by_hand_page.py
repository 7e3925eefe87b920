from __future__ import annotations

from datetime import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from ingest.models import HandReading, QuarantinedPart, RawDocument, Source
from ingest.services import parse_document, receive_upload
from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.factories.ingest import SourceFactory
from tests.factories.world import World
from tests.integration.signing_in import SignIn
from tests.unit.ingest.pdfs import pdf

FORM = {"kind": "tender", "title": "Bus depot", "stage": "tender", "value": "Rs. 42 Cr."}


@pytest.fixture
def source(db: None) -> Source:
    return SourceFactory.create(kind="upload", address="", publisher="office.example.org")


@pytest.fixture
def part(source: Source) -> QuarantinedPart:
    hand_in(source, b"Tender ID,Title\n,Bus depot\n", now=timezone.now())
    return QuarantinedPart.objects.get()


def hand_in(source: Source, body: bytes, *, now: datetime) -> RawDocument:
    document, _ = receive_upload(source, name="list", media_type="text/csv", body=body, now=now)
    parse_document(document.pk, now=now)
    return document


def test_a_part_is_typed_in_and_the_page_tells_what_came_of_it(
    part: QuarantinedPart, olga: User, as_: SignIn
) -> None:
    desk = as_(olga).get(f"/office/inbox/?item=part-{part.pk}").content.decode()
    address = f"/office/inbox/part-{part.pk}/read/"
    assert address in desk

    page = as_(olga).post(address, FORM, follow=True).content.decode()

    opportunity = Opportunity.objects.get()
    assert "Recorded, with your name as the one who read it." in page
    assert f'href="/opportunities/{opportunity.pk}/"' in page
    assert "read by Olga Öberg" in page
    assert "<textarea" not in page
    assert f"part-{part.pk}" not in as_(olga).get("/office/inbox/").content.decode()


def test_typing_twice_is_typing_once(part: QuarantinedPart, olga: User, as_: SignIn) -> None:
    for title in ("Bus depot", "Bus depot", "Something else"):
        as_(olga).post(f"/office/inbox/part-{part.pk}/read/", FORM | {"title": title})

    assert HandReading.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"value": "about 42"}, "value"),
        ({"submission_deadline": "32/12/2026"}, "submission_deadline"),
        ({"portal": "the usual one"}, "portal"),
        ({"kind": "corrigendum"}, "process_id"),
        ({"stage": "awarded"}, "stage"),
    ],
)
def test_what_can_not_be_read_is_told_beside_its_field_and_stays(
    typed: dict[str, str], field: str, part: QuarantinedPart, olga: User, as_: SignIn
) -> None:
    answer = as_(olga).post(f"/office/inbox/part-{part.pk}/read/", FORM | typed)

    page = BeautifulSoup(answer.content, "lxml")
    assert answer.status_code == 422
    assert [error["id"] for error in page.select(".field__error")] == [f"id_{field}_error"]
    assert not HandReading.objects.exists()
    value = page.select_one("#id_value")
    assert value is not None
    assert value["value"] == (FORM | typed)["value"]


def test_a_document_may_hold_several_notices(source: Source, olga: User, as_: SignIn) -> None:
    document = hand_in(source, pdf([["Dear all,", "a bus depot in Mysuru, 42 Cr."]]), now=timezone.now())
    address = f"/office/inbox/document-{document.pk}/read/"

    shown = as_(olga).get(address).content.decode()
    first = as_(olga).post(address, FORM, follow=True).content.decode()
    last = as_(olga).post(address, FORM | {"title": "Poles", "is_last": "on"}, follow=True).content.decode()

    assert "a bus depot in Mysuru, 42 Cr." in shown
    assert "<textarea" in first
    assert "Bus depot" in first
    assert "<textarea" not in last
    assert "Poles" in last


def test_a_rejected_document_is_left_with_a_reason(world: World, olga: User, as_: SignIn) -> None:
    document = RawDocument.objects.rejected().get()

    refused = as_(olga).post(f"/office/inbox/document-{document.pk}/settle/", {"because": " "})
    settled = as_(olga).post(f"/office/inbox/document-{document.pk}/settle/", {"because": "A newsletter"})

    document.refresh_from_db()
    assert (refused.status_code, settled.status_code) == (422, 302)
    assert (document.settled_because, document.settled_by) == ("A newsletter", olga)
    assert as_(olga).get(f"/office/inbox/?item=document-{document.pk}").status_code == 404
    assert "A newsletter" in as_(olga).get(f"/office/inbox/document-{document.pk}/read/").content.decode()


@pytest.mark.parametrize("key", ["part-0", "document-0", "part-x", "source-1", "undisclosed-1"])
def test_what_is_not_there_can_not_be_read(key: str, world: World, olga: User, as_: SignIn) -> None:
    assert as_(olga).get(f"/office/inbox/{key}/read/").status_code == 404


def test_a_document_that_was_read_well_is_not_read_by_hand(source: Source, olga: User, as_: SignIn) -> None:
    document = hand_in(source, b"Tender ID,Title\n2026_X_1_1,Sensors\n", now=timezone.now())

    assert as_(olga).get(f"/office/inbox/document-{document.pk}/read/").status_code == 404
