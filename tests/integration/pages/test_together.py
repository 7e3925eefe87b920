from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from matching.models import Note, Share
from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.factories.matching import NoteFactory
from tests.factories.opportunities import OpportunityFactory
from tests.integration.signing_in import SignIn


@pytest.fixture
def sensors(db: None) -> Opportunity:
    return OpportunityFactory.create()


def panel(client: Client, opportunity: Opportunity) -> str:
    page = BeautifulSoup(client.get(f"/opportunities/{opportunity.pk}/").content, "lxml")
    return " ".join(page.select_one("#together").get_text(" ").split())  # type: ignore[union-attr]


def test_colleagues_read_each_other_s_notes_and_nobody_else_does(
    sensors: Opportunity, alice: User, bob: User, charlie: User, as_: SignIn
) -> None:
    path = f"/opportunities/{sensors.pk}/notes/"
    answer = as_(alice).post(path, {"text": "Ask for <b>the BoQ</b>"})

    assert answer.headers["Location"] == f"/opportunities/{sensors.pk}/#together"
    assert "Ask for <b>the BoQ</b> Alice Ahlgren" in panel(as_(bob), sensors)
    assert "BoQ" not in panel(as_(charlie), sensors)

    note = Note.objects.get()
    assert as_(charlie).post(f"{path}{note.pk}/remove/").status_code == 404
    assert "BoQ" in panel(as_(bob), sensors)
    as_(bob).post(f"{path}{note.pk}/remove/")
    assert "BoQ" not in panel(as_(alice), sensors)


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "\x00"])
def test_a_note_without_words_or_too_long_is_refused_with_a_reason(
    text: str, sensors: Opportunity, alice: User, as_: SignIn
) -> None:
    answer = as_(alice).post(f"/opportunities/{sensors.pk}/notes/", {"text": text}, follow=True)

    assert not Note.objects.exists()
    assert "A note needs words" in answer.content.decode()


def test_showing_it_to_a_colleague_owes_one_mail(
    sensors: Opportunity, alice: User, bob: User, as_: SignIn
) -> None:
    for _ in range(2):
        answer = as_(alice).post(
            f"/opportunities/{sensors.pk}/share/", {"to": bob.pk, "message": "Ours?"}, follow=True
        )

    assert "Bo Berg gets a mail about it" in answer.content.decode()
    assert Share.objects.count() == 1
    assert "Alice Ahlgren showed it to Bo Berg" in panel(as_(bob), sensors)


def test_whoever_is_no_colleague_can_t_be_chosen(
    sensors: Opportunity, alice: User, charlie: User, as_: SignIn
) -> None:
    answer = as_(alice).post(f"/opportunities/{sensors.pk}/share/", {"to": charlie.pk}, follow=True)

    assert "Choose a colleague" in answer.content.decode()
    assert not Share.objects.exists()
    assert "only one here" in panel(as_(alice), sensors)


def test_what_isn_t_disclosed_can_t_be_written_of_or_shown(alice: User, bob: User, as_: SignIn) -> None:
    secret = OpportunityFactory.create(disclosed_from=None)
    note = NoteFactory.create(company=alice.companies.get(), opportunity=secret, by=alice)

    for do in ("notes/", f"notes/{note.pk}/remove/", "share/"):
        sent = {"text": "Ask", "to": bob.pk}
        assert as_(alice).post(f"/opportunities/{secret.pk}/{do}", sent).status_code == 404
