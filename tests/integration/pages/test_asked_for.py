from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db


def test_members_see_what_is_asked_with_its_sentence(sensors: Opportunity, alice: User, as_: SignIn) -> None:
    page = BeautifulSoup(as_(alice).get(f"/opportunities/{sensors.pk}/").content, "lxml")

    asked = [
        " ".join(line.get_text(" ", strip=True).split())
        for line in page.select("[aria-labelledby=asks-title] li")
    ]

    assert asked[0].startswith("Turnover ₹ 5 crore unconfirmed Average annual turnover of Rs. 5 crore.")
    assert asked[1].startswith("Certificate ISO 9001 The bidder must hold ISO 9001 certification.")
    assert asked[1].endswith("item 1, line 4")
