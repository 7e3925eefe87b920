"""Where each kind of person begins, and that nobody meets another company's own on the way."""

from __future__ import annotations

import pytest

from portal.accounts.models import User
from tests.factories.world import World
from tests.integration.signing_in import SignIn


@pytest.mark.parametrize(
    ("who", "where"),
    [("alice", "/matches/"), ("olga", "/office/inbox/"), ("oskar", "/office/reports/")],
    ids=["member", "office", "observer"],
)
def test_each_begins_where_their_work_is(
    who: str, where: str, request: pytest.FixtureRequest, as_: SignIn
) -> None:
    person = request.getfixturevalue(who)

    assert as_(person).get("/").headers["Location"] == where


def test_a_competitor_sees_nothing_of_vallar_s_profile(world: World, charlie: User, as_: SignIn) -> None:
    client = as_(charlie)
    pages = [
        client.get("/matches/"),
        client.get(f"/matches/?profile={world.profile.pk}"),
        client.get(f"/opportunities/{world.sensors.pk}/"),
    ]

    said = " ".join(page.content.decode() for page in pages)
    assert [page.status_code for page in pages] == [200, 200, 200]
    for vallars_own in (world.profile.name, "Vallar AB", "vattenkvalitetssensorer", "92 out of 100"):
        assert vallars_own not in said
