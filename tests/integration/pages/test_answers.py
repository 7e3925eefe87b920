from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from opportunities.models import Opportunity, Ruling
from portal.accounts.models import User
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db


def forms(page: bytes) -> list[Tag]:
    """What the desk asks, a form each."""
    return BeautifulSoup(page, "lxml").select("form[action*=answer]")


def about_the_value(office: Client) -> Tag:
    """The question about the value, on the desk of the inbox's line."""
    choice = BeautifulSoup(office.get("/office/inbox/").content, "lxml").select_one(".choice[href*=notice-]")
    assert choice is not None
    asked = forms(office.get(f"/office/inbox/{choice['href']}").content)
    return next(form for form in asked if "Value" in form.get_text())


def test_the_desk_asks_and_takes_the_answer(sensors: Opportunity, olga: User, as_: SignIn) -> None:
    office = as_(olga)
    form = about_the_value(office)
    item = form.select_one("input[name=item]")
    assert item is not None

    answer = office.post(
        str(form["action"]), {"item": item["value"], "answer": "correct", "words": "Rs. 24 Cr."}, follow=True
    )

    sensors.refresh_from_db()
    assert str(sensors.value) == "INR 240000000.00"
    assert "Corrected." in answer.content.decode()
    assert len(forms(answer.content)) == 1


def test_an_answer_that_cannot_be_read_is_said_so(sensors: Opportunity, olga: User, as_: SignIn) -> None:
    office = as_(olga)

    answer = office.post(
        str(about_the_value(office)["action"]), {"answer": "correct", "words": "a lot"}, follow=True
    )

    assert "“a lot” can't be taken" in BeautifulSoup(answer.content, "lxml").get_text()
    assert Ruling.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/office/inbox/answer/999999/fact-0/", "confirm"),
        ("/office/inbox/answer/{extraction}/fact-999/", "confirm"),
        ("/office/inbox/answer/{extraction}/fact-0/", "perhaps"),
    ],
)
def test_what_nobody_asked_cannot_be_answered(
    path: str, answer: str, sensors: Opportunity, olga: User, as_: SignIn
) -> None:
    extraction = sensors.notices.get().extractions.get()

    assert as_(olga).post(path.format(extraction=extraction.pk), {"answer": answer}).status_code == 404


def test_members_see_what_is_unconfirmed(sensors: Opportunity, alice: User, as_: SignIn) -> None:
    page = BeautifulSoup(as_(alice).get(f"/opportunities/{sensors.pk}/").content, "lxml")

    unconfirmed = {fact.dt.get_text() for fact in page.select(".fact") if "unconfirmed" in fact.get_text()}  # type: ignore[union-attr]
    assert "Value" in unconfirmed
    assert "Bids close" not in unconfirmed


def test_members_see_what_is_asked_with_its_sentence(sensors: Opportunity, alice: User, as_: SignIn) -> None:
    page = BeautifulSoup(as_(alice).get(f"/opportunities/{sensors.pk}/").content, "lxml")

    asked = [
        " ".join(line.get_text(" ", strip=True).split())
        for line in page.select("[aria-labelledby=asks-title] li")
    ]

    assert asked[0].startswith("Turnover ₹ 5 crore unconfirmed Average annual turnover of Rs. 5 crore.")
    assert asked[1].startswith("Certificate ISO 9001 The bidder must hold ISO 9001 certification.")
    assert asked[1].endswith("item 1, line 4")


def test_the_office_takes_an_answer_back_on_the_opportunity_s_page(
    sensors: Opportunity, olga: User, as_: SignIn
) -> None:
    office = as_(olga)
    office.post(str(about_the_value(office)["action"]), {"answer": "correct", "words": "Rs. 24 Cr."})
    page = BeautifulSoup(office.get(f"/opportunities/{sensors.pk}/").content, "lxml")
    form = page.select_one("form[action*=take-back]")
    assert form is not None

    answer = office.post(str(form["action"]), follow=True)

    sensors.refresh_from_db()
    assert str(sensors.value) == "INR 420000000.00"
    assert "Taken back: it is asked again." in answer.content.decode()
    assert "take-back" not in answer.content.decode()


def test_members_see_no_way_to_take_an_answer_back(
    sensors: Opportunity, olga: User, alice: User, as_: SignIn
) -> None:
    office = as_(olga)
    office.post(str(about_the_value(office)["action"]), {"answer": "confirm"})

    page = as_(alice).get(f"/opportunities/{sensors.pk}/").content.decode()

    assert "take-back" not in page
    assert "checked by the office" in page


def test_an_answer_nobody_gave_cannot_be_taken_back(olga: User, as_: SignIn) -> None:
    assert as_(olga).post("/office/answers/999999/take-back/").status_code == 404
