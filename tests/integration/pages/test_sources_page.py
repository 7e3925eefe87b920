from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ingest.models import RawDocument, Source
from portal.accounts.models import User
from tests.factories.ingest import PollFactory, SourceFactory
from tests.factories.world import World
from tests.integration.signing_in import SignIn

TABLE = b"Tender ID,Title\n2026_X_1_1,Sensors\n"


def test_what_fails_comes_first_and_in_words(world: World, olga: User, as_: SignIn) -> None:
    page = BeautifulSoup(as_(olga).get("/office/sources/").content, "lxml")

    first = " ".join(page.select("article")[0].get_text(" ").split())
    assert "Kerala e-tendering Failed 5 times in a row" in first
    assert "Could not be reached: the portal answered 503 three times" in first


def test_the_numbers_of_a_source_are_its_own(world: World, olga: User, as_: SignIn) -> None:
    page = BeautifulSoup(as_(olga).get("/office/sources/").content, "lxml")

    figures = {
        article.h2.get_text(): [figure.get_text() for figure in article.select(".figure__number")]  # type: ignore[union-attr]
        for article in page.select("article")
    }
    assert figures["Lists from the office"] == ["2", "2", "0", "1"]
    assert figures["Maharashtra e-tendering"] == ["1", "1", "1", "0"]


def test_a_source_can_be_made_due_at_once(world: World, olga: User, as_: SignIn) -> None:
    source = Source.objects.get(slug="maharashtra")
    assert source.next_poll_at is not None
    assert source.next_poll_at > timezone.now()

    as_(olga).post(f"/office/sources/{source.pk}/poll/")

    assert source in Source.objects.due_at(timezone.now())


def test_a_file_is_kept_word_for_word_and_once(olga: User, as_: SignIn) -> None:
    source = SourceFactory.create(kind="upload", address="")
    said = []
    for _ in range(2):
        form = {"source": source.pk, "file": SimpleUploadedFile("november.csv", TABLE)}
        said.append(as_(olga).post("/office/sources/upload/", form, follow=True).content.decode())

    document = RawDocument.objects.get()
    assert (bytes(document.body), document.media_type, document.url) == (TABLE, "text/csv", "november.csv")
    assert "november.csv is stored" in said[0]
    assert "november.csv was here already" in said[1]


def test_a_file_that_can_not_be_read_is_not_taken(olga: User, as_: SignIn) -> None:
    source = SourceFactory.create(kind="upload", address="")
    form = {"source": source.pk, "file": SimpleUploadedFile("tender.exe", b"MZ")}

    answer = as_(olga).post("/office/sources/upload/", form)

    assert answer.status_code == 422
    assert "be read yet" in answer.content.decode()
    assert not RawDocument.objects.exists()


def test_a_file_is_handed_in_for_a_source_that_takes_files(olga: User, as_: SignIn) -> None:
    portal = SourceFactory.create(kind="gepnic")
    form = {"source": portal.pk, "file": SimpleUploadedFile("november.csv", TABLE)}

    assert as_(olga).post("/office/sources/upload/", form).status_code == 422


def test_an_alarm_is_told_in_words_and_ended_by_hand(olga: User, as_: SignIn) -> None:
    source = SourceFactory.create(alarm="few_rows", alarm_usual=50, alarmed_at=timezone.now())

    for path in ("/office/sources/", "/office/inbox/", f"/office/inbox/?item=alarm-{source.pk}"):
        assert "The last reading gave 0 rows where 50 are usual." in as_(olga).get(path).content.decode()
    as_(olga).post(f"/office/sources/{source.pk}/accept/")

    source.refresh_from_db()
    assert source.alarm == ""
    assert "0 rows" not in as_(olga).get("/office/sources/").content.decode()
    assert as_(olga).post("/office/sources/0/accept/").status_code == 404


def test_an_open_breaker_is_told_in_words_and_closed_by_hand(olga: User, as_: SignIn) -> None:
    source = SourceFactory.create(
        consecutive_failures=5,
        last_failure="SourceUnavailable: 503",
        opened_at=timezone.now(),
        poll_every_minutes=60,
    )

    for path in ("/office/sources/", f"/office/inbox/?item=source-{source.pk}"):
        assert "because it failed again and again" in as_(olga).get(path).content.decode()
    as_(olga).post(f"/office/sources/{source.pk}/close/")

    assert source in Source.objects.due_at(timezone.now())
    assert "again and again" not in as_(olga).get("/office/sources/").content.decode()


def test_the_last_reading_stands_beside_what_is_usual(olga: User, as_: SignIn) -> None:
    now = timezone.now()
    source = SourceFactory.create(usual_rows=48, last_success_at=now, poll_every_minutes=60)
    PollFactory.create(source=source, polled_at=now, notices=50, unreadable=1, new_documents=1)
    PollFactory.create(source=source, polled_at=now - timedelta(hours=1), notices=7)
    PollFactory.create(source=source, polled_at=now + timedelta(hours=1), failure="SourceUnavailable: 503")

    words = " ".join(as_(olga).get("/office/sources/").content.decode().split())

    assert "The last reading gave 51 rows (usually 48), 1 document was new." in words


@pytest.mark.parametrize(("minutes", "is_told"), [(29, False), (31, True)])
def test_a_source_that_nobody_reads_is_told(minutes: int, *, is_told: bool, olga: User, as_: SignIn) -> None:
    SourceFactory.create(poll_every_minutes=60, next_poll_at=timezone.now() - timedelta(minutes=minutes))

    page = as_(olga).get("/office/sources/").content.decode()

    assert ("is the worker running?" in page) is is_told
