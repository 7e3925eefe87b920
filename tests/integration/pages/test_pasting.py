"""The paste box: a mail's words become a document like any other, and nothing typed is ever lost."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from ingest.models import RawDocument, Source
from ingest.services import parse_document
from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.factories.ingest import SourceFactory
from tests.integration.signing_in import SignIn

PASTE = "/office/sources/paste/"
TABLE = "Tender ID\tTitle\r\n2026_X_1_1\tSensors\r\n"
PROSE = "Bulletin CII-SC/2026-46\r\n\r\n1. Mysuru: Bus depot. The DPR is under preparation.\r\n"
HTML = "<table><tr><th>Tender ID</th><th>Title</th></tr><tr><td>2026_X_1_1</td><td>Sensors</td></tr></table>"


@pytest.fixture
def lists(db: None) -> Source:
    return SourceFactory.create(kind="upload", address="", poll_every_minutes=None)


@pytest.mark.parametrize(
    ("text", "media_type", "title"),
    [
        (TABLE, "text/plain", "Sensors"),
        (PROSE, "text/plain", "Mysuru: Bus depot"),
        (HTML, "text/html", "Sensors"),
    ],
    ids=["sheet", "prose", "HTML"],
)
def test_what_is_pasted_goes_the_way_of_a_file(
    text: str, media_type: str, title: str, lists: Source, olga: User, as_: SignIn
) -> None:
    answer = as_(olga).post(PASTE, {"pasted-source": lists.pk, "pasted-text": text}, follow=True)

    assert "The text is stored and will be read within a minute." in answer.content.decode()
    document = RawDocument.objects.get()
    assert bytes(document.body) == text.encode()
    assert (document.media_type, document.handed_in_by) == (media_type, olga)
    parse_document(document.pk, now=timezone.now())
    assert Opportunity.objects.get().title == title


def test_the_same_text_twice_is_one_document(lists: Source, olga: User, as_: SignIn) -> None:
    for _ in range(2):
        answer = as_(olga).post(PASTE, {"pasted-source": lists.pk, "pasted-text": PROSE}, follow=True)

    assert RawDocument.objects.count() == 1
    assert "That text was here already." in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Paste something first."),
        (" \r\n ", "Paste something first."),
        ("ಕ" * 400_000, "The text is longer than 1 MB"),
        ("Sensors\x00", "Null characters are not allowed."),
    ],
    ids=["nothing", "blanks", "huge", "NUL"],
)
def test_what_is_refused_says_why_and_stays_in_the_box(
    text: str, reason: str, lists: Source, olga: User, as_: SignIn
) -> None:
    answer = as_(olga).post(PASTE, {"pasted-source": lists.pk, "pasted-text": text})

    page = BeautifulSoup(answer.content, "lxml")
    assert answer.status_code == 422
    assert reason in answer.content.decode().replace("&#x27;", "'")
    box = page.select_one("textarea")
    assert box is not None
    assert (
        box.get_text().replace("\r\n", "\n").strip()
        == text.replace("\r\n", "\n").replace("\x00", "\ufffd").strip()
    )
    assert not RawDocument.objects.exists()


def test_text_is_handed_in_for_a_source_that_takes_files(lists: Source, olga: User, as_: SignIn) -> None:
    portal = SourceFactory.create(kind="gepnic")

    answer = as_(olga).post(PASTE, {"pasted-source": portal.pk, "pasted-text": PROSE})

    assert answer.status_code == 422
    assert "Bus depot" in answer.content.decode()


def test_the_desk_says_who_handed_it_in(lists: Source, olga: User, as_: SignIn) -> None:
    as_(olga).post(PASTE, {"pasted-source": lists.pk, "pasted-text": "Good morning, nothing new."})
    document = RawDocument.objects.get()
    parse_document(document.pk, now=timezone.now())

    page = as_(olga).get(f"/office/inbox/?item=document-{document.pk}").content.decode()

    assert f"handed in by {olga.name}" in page
    assert "Good morning, nothing new." in page
