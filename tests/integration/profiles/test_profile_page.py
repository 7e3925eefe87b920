"""The pages on which a company writes what it can do."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.models import CapabilityProfile
from matching.services import score_profile
from opportunities.parsed_notice import RequirementKind
from portal.accounts.models import User
from tests.factories.matching import CapabilityProfileFactory, MatchFactory, VerdictFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, RequirementFactory
from tests.factories.typed import typed_profile
from tests.integration.vocabulary.conftest import GLOW, make

pytestmark = pytest.mark.django_db


def path(profile: CapabilityProfile) -> str:
    return f"/profile/{profile.pk}/"


def said(page: Any) -> str:
    """A page as one line of text, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_company_writes_its_first_profile(alices: Client, alice: User) -> None:
    page = alices.post("/profile/new/", typed_profile(value_from="3", value_to="130,5"), follow=True)

    profile = CapabilityProfile.objects.get()
    assert "being compared with every open opportunity" in said(page)
    assert "when the comparison is done" in said(page)
    assert "Nothing open fits" not in said(page)
    assert profile.company.name == "Vallar AB"
    assert profile.capabilities == ["Water quality sensors", "SCADA"]
    assert (profile.value_from_inr, profile.value_to_inr) == (Decimal(30_000_000), Decimal(1_305_000_000))
    assert profile.yearly_turnovers.get().sek_millions == Decimal("142.5")
    assert profile.completed_projects.get().domains == ["water-supply"]
    assert profile.edited_by == alice


def test_what_is_saved_unchanged_has_not_changed(alices: Client) -> None:
    alices.post("/profile/new/", typed_profile(value_from="500", value_to="900", value_unit="SEK"))
    profile = CapabilityProfile.objects.get()
    form = alices.get(path(profile)).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    rows = {"turnover-rows": "1", "project-rows": "1", "do": "save"}

    page = alices.post(
        path(profile), typed_profile() | sent | rows | {"summary": profile.summary}, follow=True
    )

    assert "Nothing had changed." in said(page)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("end", ["", "retire/"])
def test_for_a_competitor_the_profile_does_not_exist(
    method: str, end: str, water: CapabilityProfile, charlie: User
) -> None:
    client = Client()
    client.force_login(charlie)

    answer = getattr(client, method)(path(water) + end, typed_profile(version="1"))

    assert answer.status_code == 404
    assert water.name not in answer.content.decode()
    assert "Water" not in said(client.get("/profile/"))
    water.refresh_from_db()
    assert (water.version, water.retired_at) == (1, None)


@pytest.mark.parametrize("who", ["olga", "oskar"])
def test_the_pages_are_the_members_alone(
    who: str, water: CapabilityProfile, request: pytest.FixtureRequest
) -> None:
    client = Client()
    client.force_login(request.getfixturevalue(who))

    answers = [client.get(one).status_code for one in ("/profile/", "/profile/new/", path(water))]

    assert answers == [403, 403, 403]


def test_of_two_colleagues_the_second_is_shown_both_texts(
    water: CapabilityProfile, alices: Client, bobs: Client
) -> None:
    alices.post(path(water), typed_profile(version="1", summary="Hers: pumps"))

    page = bobs.post(path(water), typed_profile(version="1", summary="Hans: ventiler"))
    again = bobs.post(path(water), typed_profile(version="2", summary="Hans: ventiler"))

    assert page.status_code == 409
    assert "Alice Ahlgren" in said(page)
    assert "Hers: pumps" in said(page)
    assert said(page).count("Hans: ventiler") == 2  # beside hers, and in the form
    assert 'name="version" value="2"' in page.content.decode()
    assert again.status_code == 302
    assert CapabilityProfile.objects.get().summary == "Hans: ventiler"


HOSTILE = {
    "ten thousand lines": ({"capabilities": "pump\n" + "\n".join(map(str, range(10_000)))}, 422),
    "a line without an end": ({"capabilities": "x" * 100_000}, 422),
    "a NUL": ({"summary": "before\x00after"}, 422),
    "a NUL in a list": ({"certifications": "ISO\x00 9001"}, 422),
    "a huge number": ({"net_worth_sek_millions": "9" * 5_000}, 422),
    "an exponent": ({"net_worth_sek_millions": "1e999999999"}, 422),
    "not a number": ({"net_worth_sek_millions": "NaN"}, 422),
    "a negative number": ({"employees": "-1"}, 422),
    "digits of another script": ({"employees": "٤٢"}, 302),
    "a year to come": ({"founded_year": "2999"}, 422),
    "a row without a year": ({"turnover-0-year": ""}, 422),
    "a million rows": ({"turnover-rows": "1000000"}, 302),
    "rows below zero": ({"project-rows": "-5"}, 302),
    "a field nobody knows": ({"domains": ["weapons"]}, 422),
    "a code that is none": ({"classification_codes": ["<script>"]}, 422),
    "a language we don't read": ({"language": "tlh"}, 422),
    "a version that is none": ({"version": "latest"}, 422),
    "a band upside down": ({"value_from": "9", "value_to": "3"}, 422),
    "a leader who takes no part": ({"may_lead_joint_venture": "on"}, 422),
    "emoji": ({"name": "💧", "summary": "Sensorer 💧", "capabilities": "💧 sensors"}, 302),
    "no form at all": ({"turnover-rows": "", "project-rows": "x"}, 302),
}


@pytest.mark.parametrize(("typed", "status"), HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_typed_is_answered(typed: dict[str, Any], status: int, alices: Client) -> None:
    page = alices.post("/profile/new/", typed_profile(**typed))

    assert page.status_code == status
    assert CapabilityProfile.objects.exists() is (status == 302)


def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(alices: Client) -> None:
    typed = typed_profile(employees="många", summary="Pumpar", **{"turnover-0-year": "i fjol"})

    page = alices.post("/profile/new/", typed)

    html = page.content.decode()
    assert 'id="id_employees_error"' in html
    assert 'href="#id_turnover-0-year"' in html
    for words in ("många", "i fjol", "Pumpar", "142,5", "14,000 meters"):
        assert words in html


def test_rows_come_and_go_without_scripts(alices: Client) -> None:
    typed = typed_profile(
        **{"turnover-rows": "2", "turnover-1-year": "2024", "turnover-1-sek_millions": "131"}
    )

    more = alices.post("/profile/new/", typed | {"do": "add-turnover"}).context["form"]
    fewer = alices.post("/profile/new/", typed | {"do": "remove-turnover-0"}).context["form"]

    assert [row["year"].value() for row in more.turnovers.rows] == ["2025", "2024", None]
    assert [row["year"].value() for row in fewer.turnovers.rows] == ["2024"]
    assert not CapabilityProfile.objects.exists()


def test_a_draft_tells_what_it_would_find_and_is_not_kept(alices: Client) -> None:
    OpportunityFactory.create()
    OpportunityFactory.create(title="Water quality sensors, not told yet", disclosed_from=None)
    OpportunityFactory.create(submission_deadline=timezone.now())

    page = alices.post("/profile/new/", typed_profile(do="preview"))
    nothing = alices.post("/profile/new/", typed_profile(do="preview", minimum_score="100"))

    assert page.context["finds"].count == 1
    assert "online water-quality sensors" in said(page)
    assert "not told yet" not in said(page)
    assert nothing.context["finds"].count == 0
    assert not CapabilityProfile.objects.exists()


def test_a_saved_profile_shows_what_its_list_shows(water: CapabilityProfile, alices: Client) -> None:
    MatchFactory.create_batch(6, profile=water)
    MatchFactory.create(profile=water, opportunity__disclosed_from=None)
    dismissed = MatchFactory.create(profile=water, score=99)
    VerdictFactory.create(profile=water, opportunity=dismissed.opportunity)

    finds = alices.get(path(water)).context["finds"]

    assert (finds.count, len(finds.best)) == (6, 5)


def test_what_is_missing_is_measured_by_what_buyers_ask(water: CapabilityProfile, alices: Client) -> None:
    plain = {"amount": None, "currency": "", "years": None}
    for opportunity in OpportunityFactory.create_batch(2):
        MatchFactory.create(profile=water, opportunity=opportunity)
        notice = NoticeFactory.create(opportunity=opportunity)
        RequirementFactory.create(notice=notice)
        for name in ("ISO 9001", "ISO 27001"):
            kind = RequirementKind.CERTIFICATION.value
            RequirementFactory.create(notice=notice, kind=kind, name=name, **plain)
    hidden = MatchFactory.create(profile=water, opportunity__disclosed_from=None).opportunity
    RequirementFactory.create(notice=NoticeFactory.create(opportunity=hidden))

    page = alices.get(path(water))

    assert "2 open tenders on your list ask for it. Until then 2 requirements stay unanswered." in said(page)
    assert "2 open tenders on your list ask for it. Until then 4 requirements stay unanswered." in said(page)
    assert 'href="#turnovers"' in page.content.decode()
    assert 'id="turnovers"' in page.content.decode()


def test_suggestions_are_pressed_and_never_put_in(alices: Client) -> None:
    typed = typed_profile(language="sv", summary="", capabilities="Gatubelysning med LED", domains=[])

    page = alices.post("/profile/new/", typed | {"do": "preview"})
    pressed = alices.post("/profile/new/", typed | {"do": "add-domain-lighting"})
    code = alices.post("/profile/new/", typed | {"do": "add-code-34928500"})

    assert 'value="add-domain-lighting"' in page.content.decode()
    assert not page.context["form"]["domains"].value()
    assert pressed.context["form"]["domains"].value() == ["lighting"]
    assert 'value="add-domain-lighting"' not in pressed.content.decode()
    assert code.context["form"].codes() == [("34928500", "street-lighting equipment")]


@pytest.mark.parametrize(
    ("words", "found"), [("vattenmätare", True), ("water meters", True), ("38421", True), ("qwerty", False)]
)
def test_codes_are_found_by_name_in_both_languages(words: str, found: bool, alices: Client) -> None:  # noqa: FBT001
    page = alices.post("/profile/new/", typed_profile(do="find-codes", code_search=words))

    assert ("add-code-38421100" in page.content.decode()) is found


def test_a_profile_is_retired_after_a_question(water: CapabilityProfile, alices: Client) -> None:
    asked = alices.get(f"{path(water)}retire/")
    done = alices.post(f"{path(water)}retire/", follow=True)

    assert "Retire “Water”?" in said(asked)
    assert "No profile yet" in said(done)
    assert alices.get(path(water)).status_code == 404


def test_a_retired_profile_is_brought_back_and_compared_anew(
    water: CapabilityProfile, alices: Client, bobs: Client
) -> None:
    alices.post(f"{path(water)}retire/")
    listed = said(alices.get("/profile/"))

    answers = [person.post(f"{path(water)}restore/", follow=True) for person in (alices, bobs)]

    water.refresh_from_db()
    assert "Retired Water" in listed
    assert "“Water” is back" in said(answers[0])
    assert water.retired_at is None
    assert "Is being compared" in said(alices.get("/profile/"))


def test_one_whose_name_is_taken_by_now_stays_retired(water: CapabilityProfile, alices: Client) -> None:
    alices.post(f"{path(water)}retire/")
    CapabilityProfileFactory.create(company=water.company, name=water.name)

    page = alices.post(f"{path(water)}restore/", follow=True)

    water.refresh_from_db()
    assert "Give that one another name first" in said(page)
    assert water.retired_at is not None


def test_after_a_change_of_the_vocabulary_a_profile_is_being_compared(
    water: CapabilityProfile, alices: Client, olga: User
) -> None:
    now = timezone.now()
    score_profile(water.pk, now=now)
    before = said(alices.get(path(water)))
    make(GLOW, olga, now)

    after = said(alices.get(path(water)))

    assert "Is being compared" not in before
    assert "Is being compared" in after


def test_the_number_of_questions_does_not_grow(water: CapabilityProfile, alices: Client) -> None:
    pages = ("/profile/", path(water))

    MatchFactory.create_batch(6, profile=water)
    few = [_queries(alices, page) for page in pages]
    MatchFactory.create_batch(8, profile=water)
    CapabilityProfileFactory.create_batch(4, company=water.company)
    many = [_queries(alices, page) for page in pages]

    assert max(many) <= 12
    assert few == many


def test_a_preview_asks_little(water: CapabilityProfile, alices: Client) -> None:
    OpportunityFactory.create_batch(8)

    with CaptureQueriesContext(connection) as asked:
        alices.post(path(water), typed_profile(do="preview"))

    # Twelve, as everywhere, and the vectors of what the profile says and of what is offered.
    assert len(asked) <= 14


def _queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)
