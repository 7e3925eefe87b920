"""The three panes: with htmx and without, what is asked for is the same."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.dashboards.models import Case
from tests.factories.accounts import RegistrationFactory
from tests.factories.ingest import QuarantinedPartFactory
from tests.factories.world import World
from tests.integration.inbox.lines import hidden_opportunity, opened, said_in
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db


def swapped(client: Client, path: str, target: str, sent: dict[str, str] | None = None) -> bytes:
    headers = {"HX-Request": "true", "HX-Target": target}
    answer = client.get(path, headers=headers) if sent is None else client.post(path, sent, headers=headers)
    return bytes(answer.content)


def without_csrf(content: bytes) -> str:
    return "\n".join(line for line in content.decode().splitlines() if "csrfmiddlewaretoken" not in line)


def test_the_desk_that_htmx_asks_for_is_the_one_in_the_page(olga: User, as_: SignIn) -> None:
    poles = hidden_opportunity()
    office, path = as_(olga), f"/office/inbox/?item=undisclosed-{poles.pk}"

    alone = without_csrf(swapped(office, path, "desk")).strip()

    assert alone.startswith('<div id="desk"')
    assert alone in without_csrf(office.get(path).content)


def test_after_an_act_the_next_line_is_open(olga: User, as_: SignIn) -> None:
    first, second = QuarantinedPartFactory.create(), QuarantinedPartFactory.create()
    office = as_(olga)
    page = opened(office, f"part-{second.pk}")
    following = page.select_one("#desk input[name=next]")
    assert following is not None
    assert following["value"] == f"part-{first.pk}"
    sent = {"because": "A heading", "next": str(following["value"])}

    swap = swapped(office, f"/office/inbox/part-{second.pk}/settle/", "inbox", sent).decode()

    assert f'data-item="part-{first.pk}"' in swap
    assert "Settled, and out of the inbox." in swap
    assert "<html" not in swap


def test_each_field_tells_where_it_stood_and_how_sure_the_reader_was(
    world: World, olga: User, as_: SignIn
) -> None:
    page = opened(as_(olga), f"undisclosed-{world.poles.pk}")

    sources = [" ".join(each.get_text(" ").split()) for each in page.select(".record .fact__source summary")]
    assert sources
    assert all(source.endswith(("%", "checked")) for source in sources)


def test_a_registration_lies_on_the_desk_with_what_the_person_wrote(olga: User, as_: SignIn) -> None:
    registration = RegistrationFactory.create(company_name="Sensorik AB", about="Vi gör givare.")

    page = opened(as_(olga), f"registration-{registration.pk}")

    assert "Vi gör givare." in page.select("#desk .panel")[0].get_text()
    assert page.select(f'form[action="/office/inbox/registration-{registration.pk}/approve/"]')


def test_a_refusal_needs_a_reason(olga: User, as_: SignIn) -> None:
    registration = RegistrationFactory.create()
    address = f"/office/inbox/registration-{registration.pk}/settle/"

    answer = as_(olga).post(address, {"because": ""})
    as_(olga).post(address, {"because": "We can't reach the company."})

    registration.refresh_from_db()
    assert answer.status_code == 422
    assert (registration.is_approved, registration.refused_because) == (False, "We can't reach the company.")


def test_a_thing_is_given_to_a_colleague_and_to_nobody_again(olga: User, oskar: User, as_: SignIn) -> None:
    part = QuarantinedPartFactory.create()
    address, office = f"/office/inbox/part-{part.pk}/give/", as_(olga)

    given = office.post(address, {"to": str(oskar.pk)}, follow=True)
    assert Case.objects.get().assigned_to == oskar
    assert "Olga Öberg gave it to Oskar Ohlsson" in said_in(given.content)
    office.post(address, {"to": ""})

    assert Case.objects.get().assigned_to is None
    assert office.post(address, {"to": "99999999"}).status_code == 404


def test_a_remark_outlasts_what_it_is_about(olga: User, oskar: User, as_: SignIn) -> None:
    part = QuarantinedPartFactory.create()
    as_(olga).post(f"/office/inbox/part-{part.pk}/remark/", {"remark": "Asked CII about it"})
    as_(olga).post(f"/office/inbox/part-{part.pk}/settle/", {"because": "CII withdrew it"})

    page = as_(oskar).get(f"/office/inbox/?item=part-{part.pk}")

    assert "Olga Öberg wrote: Asked CII about it" in said_in(page.content)
