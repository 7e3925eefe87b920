"""What the office sees of merges, and what members see."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from opportunities.models import Merge, MergeProposal, Opportunity
from opportunities.parsed_notice import NoticeKind
from opportunities.services import merge_opportunities
from portal.accounts.models import User
from tests.integration.pages.conftest import SignIn, as_
from tests.integration.sameness.world import (
    CHANNEL,
    PORTAL,
    compare_all,
    in_a_bulletin,
    on_the_portal,
    record,
    the,
)

pytestmark = pytest.mark.django_db
__all__ = ["as_"]


@pytest.fixture
def proposal(db: None) -> MergeProposal:
    """Alike, and both disclosed."""
    now = timezone.now()
    record(on_the_portal(), in_a_bulletin(reference=None), at=now)
    compare_all(now)
    return MergeProposal.objects.get()


@pytest.fixture
def hidden(db: None) -> MergeProposal:
    """The bulletin's is early, and so the office's alone."""
    now = timezone.now()
    early = replace(in_a_bulletin(contact="Known to the office alone"), kind=NoticeKind.PLANNING)
    record(on_the_portal(), early, at=now)
    compare_all(now)
    return MergeProposal.objects.get()


def page_of(content: bytes) -> BeautifulSoup:
    return BeautifulSoup(content, "lxml")


def test_a_possible_duplicate_waits_in_the_inbox(proposal: MergeProposal, olga: User, as_: SignIn) -> None:
    page = page_of(as_(olga).get(f"/office/inbox/?item=duplicate-{proposal.pk}").content)

    assert "Possible duplicate" in {badge.get_text(strip=True) for badge in page.select(".choice .badge")}
    assert page.select(f'#desk form[action="/office/duplicates/{proposal.pk}/merge/"]')


def test_the_two_lie_side_by_side_with_what_is_same_and_what_differs(
    proposal: MergeProposal, olga: User, as_: SignIn
) -> None:
    page = page_of(as_(olga).get(f"/office/duplicates/{proposal.pk}/", follow=True).content)

    marks = {}
    for row in page.select("tbody tr"):
        name, _, badge = row.th.get_text("|", strip=True).partition("|")  # type: ignore[union-attr]
        marks[name] = badge
    assert (marks["State"], marks["Title"], marks["Value"]) == ("same", "different", "one alone")
    assert not page.select("input[name=disclose]")


def test_the_office_merges_and_splits_again(proposal: MergeProposal, olga: User, as_: SignIn) -> None:
    client = as_(olga)

    merged = client.post(f"/office/duplicates/{proposal.pk}/merge/", follow=True)
    merge = Merge.objects.get()
    assert "Merged: the two are one opportunity now." in merged.content.decode()

    split = client.post(f"/office/merges/{merge.pk}/split/", follow=True)
    merge.refresh_from_db()
    assert merge.undone_by == olga
    assert "Merged, and split again" in split.content.decode()
    assert MergeProposal.objects.get().decision == "two"


def test_what_are_two_is_not_asked_again(proposal: MergeProposal, olga: User, as_: SignIn) -> None:
    client = as_(olga)

    client.post(f"/office/duplicates/{proposal.pk}/refuse/")
    record(in_a_bulletin(9, contact="City engineer", reference=None), at=timezone.now())
    compare_all(timezone.now())

    assert "Possible duplicate" not in client.get("/office/inbox/").content.decode()
    assert client.get(f"/office/duplicates/{proposal.pk}/").status_code == 404


def test_merging_says_what_it_would_disclose_and_asks(
    hidden: MergeProposal, olga: User, alice: User, as_: SignIn
) -> None:
    client, address = as_(olga), f"/office/duplicates/{hidden.pk}/"
    warning = page_of(client.get(address, follow=True).content).select_one(".message--warning")
    assert warning is not None
    assert "Contact" in warning.get_text()

    refused = client.post(f"{address}merge/")
    assert (refused.status_code, Merge.objects.count()) == (422, 0)
    seen = as_(alice).get(f"/opportunities/{the(PORTAL).pk}/").content.decode()
    assert "Known to the office alone" not in seen

    client.post(f"{address}merge/", {"disclose": "on"})
    seen = as_(alice).get(f"/opportunities/{the(PORTAL).pk}/").content.decode()
    assert "Known to the office alone" in seen


def test_the_old_address_leads_to_the_survivor(alice: User, olga: User, as_: SignIn) -> None:
    now = timezone.now()
    record(on_the_portal(), in_a_bulletin(), at=now)
    merge_opportunities(the(PORTAL).pk, the(CHANNEL).pk, now=now)

    answers = [as_(person).get(f"/opportunities/{the(CHANNEL).pk}/") for person in (alice, olga)]

    assert [answer.headers["Location"] for answer in answers] == [f"/opportunities/{the(PORTAL).pk}/"] * 2


def test_the_old_address_of_something_undisclosed_leads_nowhere(alice: User, olga: User, as_: SignIn) -> None:
    now = timezone.now()
    record(
        *(replace(in_a_bulletin(day, number=f"B/{day}"), kind=NoticeKind.PLANNING) for day in (2, 3)), at=now
    )
    first, second = Opportunity.objects.order_by("pk")
    merge = merge_opportunities(first.pk, second.pk, by=olga, now=now)
    assert merge is not None

    assert as_(alice).get(f"/opportunities/{merge.away_id}/").status_code == 404


def test_members_are_told_neither_of_proposals_nor_of_merges(
    proposal: MergeProposal, alice: User, as_: SignIn
) -> None:
    client = as_(alice)
    merge_opportunities(the(PORTAL).pk, the(CHANNEL).pk, now=timezone.now())
    merge = Merge.objects.get()

    answers = [
        client.get(f"/office/duplicates/{proposal.pk}/"),
        client.post(f"/office/duplicates/{proposal.pk}/merge/"),
        client.post(f"/office/duplicates/{proposal.pk}/refuse/"),
        client.get("/office/merges/"),
        client.get(f"/office/merges/{merge.pk}/"),
        client.post(f"/office/merges/{merge.pk}/split/"),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert CHANNEL_NUMBER not in client.get(f"/opportunities/{the(PORTAL).pk}/").content.decode()


CHANNEL_NUMBER = "CII-SC/2026-326/4"


def test_the_list_of_merges_says_so_when_it_is_empty(olga: User, as_: SignIn) -> None:
    assert "Nothing has been merged" in as_(olga).get("/office/merges/").content.decode()


@pytest.mark.parametrize("path", ["duplicates/0/", "merges/0/"])
def test_what_is_not_there_is_not_found(path: str, olga: User, as_: SignIn) -> None:
    assert as_(olga).get(f"/office/{path}").status_code == 404
