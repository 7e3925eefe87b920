from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from matching.models import CapabilityProfile, ConceptRevision
from matching.scoring.vocabulary import SHIPPED
from matching.services.vocabulary import current_vocabulary, standing_changes
from portal.accounts.models import User
from tests.integration.vocabulary.conftest import GLOW

LIST = "/office/vocabulary/"
NEW = "/office/vocabulary/new/"
FIRST = next(iter(SHIPPED.concepts.values()))
FORM = {
    "slug": GLOW.slug,
    "domain": GLOW.domain,
    "name_sv": GLOW.name_sv,
    "name_en": GLOW.name_en,
    "en": "glow bollard\n\n",
    "sv": " lyspollare ",
    "note": "A member makes them",
}


def said(client: Client, address: str) -> str:
    return " ".join(BeautifulSoup(client.get(address).content, "lxml").get_text(" ").split())


def test_the_office_adds_a_concept_after_looking_what_it_does(
    bollards: CapabilityProfile, olga: User, client: Client
) -> None:
    client.force_login(olga)

    looked = BeautifulSoup(client.post(NEW, FORM | {"preview": "1"}).content, "lxml").get_text()
    assert not ConceptRevision.objects.exists()
    saved = client.post(NEW, FORM)

    assert "“glow bollard” occurs in 1 open tender" in looked
    assert "1 profile's list changes" in looked
    assert saved.headers["Location"] == LIST
    assert standing_changes() == {GLOW.slug: GLOW}
    assert "Changed here" in said(client, LIST)
    assert "A member makes them" in said(client, f"{LIST}{GLOW.slug}/")


def test_the_office_says_what_a_concept_is_a_kind_of(olga: User, client: Client) -> None:
    client.force_login(olga)

    client.post(NEW, FORM | {"broader": FIRST.slug})

    page = BeautifulSoup(client.get(f"{LIST}{GLOW.slug}/").content, "lxml")
    chosen = page.select_one("#id_broader option[selected]")
    assert current_vocabulary().concepts[GLOW.slug].broader == FIRST.slug
    assert chosen is not None
    assert chosen["value"] == FIRST.slug


def test_a_shipped_concept_saved_as_it_was_shown_stays_what_it_is(olga: User, client: Client) -> None:
    client.force_login(olga)
    page = BeautifulSoup(client.get(f"{LIST}{FIRST.slug}/").content, "lxml")
    shown = {str(area["name"]): area.get_text().removeprefix("\n") for area in page.select("main textarea")}
    for field in page.select("main form.panel input[type=text]"):
        shown[str(field["name"])] = str(field.get("value", ""))

    client.post(f"{LIST}{FIRST.slug}/", shown | {"domain": FIRST.domain})

    assert ConceptRevision.objects.count() == 1
    assert current_vocabulary().concepts[FIRST.slug] == FIRST


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"sv": ""}, "no term in sv"),
        ({"en": "glow bollard\nglow bollard"}, "stands there 2 times"),
        ({"abbreviations": "STP"}, "STP = sewage treatment plant"),
        ({"abbreviations": "GB = glow bollard a\nGB = glow bollard b"}, "stands there twice"),
        ({"slug": FIRST.slug}, "There is a concept of this name already"),
        ({"name_en": ""}, "This field is required"),
    ],
)
@pytest.mark.parametrize("button", [{}, {"preview": "1"}], ids=["save", "preview"])
def test_a_mistake_is_told_and_nothing_typed_is_lost(
    button: dict[str, str], wrong: dict[str, str], told: str, olga: User, client: Client
) -> None:
    client.force_login(olga)

    answer = client.post(NEW, FORM | wrong | button)

    page = BeautifulSoup(answer.content, "lxml")
    assert answer.status_code == 422
    assert told in page.get_text()
    assert page.select_one("#id_name_sv")["value"] == GLOW.name_sv  # type: ignore[index]
    assert not ConceptRevision.objects.exists()


def test_the_office_goes_back_to_what_was_and_to_what_ships(olga: User, client: Client) -> None:
    client.force_login(olga)
    page = f"{LIST}{FIRST.slug}/"
    changed = FORM | {"domain": FIRST.domain}
    client.post(page, changed)
    first = ConceptRevision.objects.latest("pk").pk
    client.post(page, changed | {"is_retired": "on", "based_on": str(first)})
    assert FIRST.slug not in current_vocabulary().concepts
    assert "Retired" in said(client, LIST)

    client.post(f"{page}restore/", {"revision": str(first)})
    assert {term.text for term in current_vocabulary().concepts[FIRST.slug].terms} == {
        "glow bollard",
        "lyspollare",
    }
    client.post(f"{page}restore/", {"revision": "shipped"})

    assert current_vocabulary().concepts[FIRST.slug] == FIRST
    assert ConceptRevision.objects.count() == 4
    assert client.post(f"{page}restore/", {"revision": "999999"}).status_code == 404


def test_who_saves_what_someone_else_changed_meanwhile_is_told(olga: User, client: Client) -> None:
    client.force_login(olga)
    client.post(NEW, FORM)

    answer = client.post(f"{LIST}{GLOW.slug}/", FORM | {"en": "light bollard"})

    assert answer.status_code == 409
    assert "Someone changed this concept meanwhile" in answer.content.decode()


@pytest.mark.parametrize("path", [LIST, NEW, f"{LIST}{FIRST.slug}/"])
def test_members_are_kept_out(path: str, alice: User, client: Client) -> None:
    client.force_login(alice)

    assert {client.get(path).status_code, client.post(f"{LIST}x/restore/").status_code} == {403}


def test_what_is_no_concept_is_not_found(olga: User, client: Client) -> None:
    client.force_login(olga)

    assert client.get(f"{LIST}no-such-concept/").status_code == 404


def test_the_page_speaks_swedish(olga: User, client: Client) -> None:
    client.force_login(olga)
    client.post("/language/setlang/", {"language": "sv", "next": "/"})

    assert "Ordlista" in said(client, LIST)
    assert SHIPPED.order[0].names["sv"] in said(client, LIST)
