"""A name that notices write and nobody knows waits in the inbox, and means somebody from then on."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from opportunities.models import BuyerNaming
from opportunities.services import name_buyers
from portal.accounts.models import User
from portal.dashboards.deeds import naming, settling
from portal.dashboards.handling import Hand, handle
from portal.dashboards.undoing import undo
from portal.dashboards.waiting import everything_waiting, what_waits
from tests.factories.buyers import pune, waiting_name_key
from tests.integration.inbox.lines import opened, seen_in

pytestmark = pytest.mark.django_db
WRITTEN = "Pune Mahanagar Palika Corporation"


def test_it_waits_beside_what_it_is_like(client: Client, olga: User, noon: datetime) -> None:
    known = pune()
    key = waiting_name_key(WRITTEN)
    client.force_login(olga)

    page = opened(client, key)

    assert [line.title for line in everything_waiting(at=noon) if line.kind == "buyer"] == [WRITTEN]
    assert known.name in page.select_one("#desk").get_text()  # type: ignore[union-attr]

    answer = client.post(f"/office/inbox/{key}/means/{known.pk}/", {"seen": seen_in(page)})

    assert answer.status_code == 302
    name_buyers(now=noon)
    assert BuyerNaming.objects.get(pk=int(key.split("-")[1])).buyer == known


@pytest.mark.parametrize("because", ["An office within the corporation", ""])
def test_what_was_said_of_it_is_taken_back(because: str, olga: User, noon: datetime) -> None:
    known = pune()
    key = waiting_name_key(WRITTEN)
    act = settling(because) if because else naming(known.pk)

    entry = handle(key, act, hand=Hand(olga, noon))
    gone_at_once = what_waits(key, at=noon) is None
    name_buyers(now=noon)
    undo(entry.pk, by=olga, now=noon)
    name_buyers(now=noon)

    assert gone_at_once
    assert what_waits(key, at=noon) is not None
