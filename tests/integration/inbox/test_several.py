"""Several at once: each by itself, and what was left is named."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from ingest.models import QuarantinedPart
from opportunities.models import Opportunity
from portal.accounts.models import User
from portal.dashboards.models import CaseEntry
from tests.factories.ingest import QuarantinedPartFactory
from tests.integration.inbox.lines import hidden_opportunity, said_in
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db


def ticks(client: Client) -> list[str]:
    page = BeautifulSoup(client.get("/office/inbox/").content, "lxml")
    return [str(tick["value"]) for tick in page.select("input[name=chosen]")]


def test_all_that_can_be_are_disclosed_and_the_rest_is_named_with_why(
    olga: User, oskar: User, as_: SignIn
) -> None:
    poles, lamps, drains = (hidden_opportunity(name) for name in ("Poles", "Lamps", "Drains"))
    part = QuarantinedPartFactory.create(reason="no title")
    chosen = ticks(as_(olga))
    as_(oskar).post(f"/office/inbox/undisclosed-{lamps.pk}/settle/", {"because": "Called off"})
    as_(oskar).post(f"/office/inbox/undisclosed-{drains.pk}/remark/", {"remark": "Not before Friday"})

    answer = as_(olga).post("/office/inbox/several/", {"chosen": chosen, "do": "disclose"}, follow=True)

    disclosed = Opportunity.objects.exclude(disclosed_from=None)
    said = said_in(answer.content)
    assert [row.pk for row in disclosed] == [poles.pk]
    assert "1 is disclosed, and members see it" in said
    assert "3 were left as they are" in said
    assert "“Lamps”: Oskar Ohlsson set it aside" in said
    assert "“Drains”: Oskar Ohlsson wrote" in said
    assert f"“{part.reason}”: that can't be done about it" in said


def test_several_are_settled_for_one_reason_and_not_without(olga: User, as_: SignIn) -> None:
    QuarantinedPartFactory.create_batch(3)
    chosen = ticks(as_(olga))

    refused = as_(olga).post("/office/inbox/several/", {"chosen": chosen, "do": "settle", "because": " "})
    as_(olga).post("/office/inbox/several/", {"chosen": chosen, "do": "settle", "because": "Headings"})

    settled = QuarantinedPart.objects.values_list("settled_because", "settled_by").distinct()
    assert refused.status_code == 422
    assert list(settled) == [("Headings", olga.pk)]
    assert CaseEntry.objects.filter(words="Headings").count() == 3


def test_several_are_taken_by_whoever_ticks_them(olga: User, as_: SignIn) -> None:
    QuarantinedPartFactory.create_batch(2)

    as_(olga).post("/office/inbox/several/", {"chosen": ticks(as_(olga)), "do": "take"})

    mine = BeautifulSoup(as_(olga).get("/office/inbox/?mine=1").content, "lxml")
    assert len(mine.select(".line")) == 2


@pytest.mark.parametrize("sent", [{}, {"chosen": "part-x@1"}, {"chosen": "part-1@0.0", "do": "burn"}])
def test_what_means_nothing_does_nothing(sent: dict[str, str], olga: User, as_: SignIn) -> None:
    assert as_(olga).post("/office/inbox/several/", sent).status_code == 302
    assert CaseEntry.objects.count() == 0
