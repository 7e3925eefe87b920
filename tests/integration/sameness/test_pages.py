"""What the office sees of merges, and what members see."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from opportunities.audience import Audience
from opportunities.models import LedgerEntry, Merge, MergeProposal, Opportunity
from opportunities.parsed_notice import NoticeKind
from opportunities.services import correct_disclosure, merge_opportunities, withdraw_disclosure
from portal.accounts.models import User
from portal.dashboards.models import CaseEntry
from tests.integration.sameness.world import (
    CHANNEL,
    PORTAL,
    compare_all,
    in_a_bulletin,
    on_the_portal,
    record,
    the,
)
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db


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
    folded = page.select_one("details.pair__rest")
    assert folded is not None
    assert "Value" not in folded.get_text()
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


def disclose_to(publisher: str, rule: Audience, *, by: User) -> None:
    now = timezone.now()
    correct_disclosure(the(publisher).pk, from_=now, to=rule, because="As asked.", by=by, now=now)


def test_two_rules_one_wider_are_told_with_what_the_others_learn(
    proposal: MergeProposal, olga: User, as_: SignIn
) -> None:
    disclose_to(CHANNEL, Audience(("water-supply",)), by=olga)
    client, address = as_(olga), f"/office/duplicates/{proposal.pk}/"

    page = page_of(client.get(address, follow=True).content)
    warning = page.select_one("#desk .message--warning")
    assert warning is not None
    assert "The two are disclosed by different rules." in warning.get_text()
    assert "every member" in warning.get_text()
    assert "Joint venture" in warning.get_text()
    assert page.select("input[name=disclose]")
    assert client.post(f"{address}merge/").status_code == 422
    client.post(f"{address}merge/", {"disclose": "on"})
    assert Merge.objects.get().into.audience.is_everyone


def test_two_rules_that_clash_are_told_with_the_way_to_correct_them(
    proposal: MergeProposal, olga: User, as_: SignIn
) -> None:
    disclose_to(CHANNEL, Audience(("water-supply",)), by=olga)
    disclose_to(PORTAL, Audience(("lighting",)), by=olga)

    page = page_of(as_(olga).get(f"/office/duplicates/{proposal.pk}/", follow=True).content)

    ways = {str(link["href"]) for link in page.select("#desk .message--warning a")}
    assert ways == {f"/office/disclosures/{the(one).pk}/" for one in (CHANNEL, PORTAL)}
    assert not page.select(f'form[action="/office/duplicates/{proposal.pk}/merge/"]')


def test_splitting_says_before_and_after_what_it_leaves_disclosed_until_that_is_withdrawn(
    hidden: MergeProposal, olga: User, alice: User, as_: SignIn
) -> None:
    client, left = as_(olga), "Merging disclosed one of the two"
    client.post(f"/office/duplicates/{hidden.pk}/merge/", {"disclose": "on"})
    merge, early = Merge.objects.get(), the(CHANNEL)
    address = f"/office/merges/{merge.pk}/"

    before = client.get(address).content.decode()
    today = client.get("/office/inbox/done/").content.decode()
    after = client.post(f"{address}split/", follow=True).content.decode()
    assert left in before
    assert "leaves disclosed what merging disclosed" in today
    assert left in after
    assert as_(alice).get(f"/opportunities/{early.pk}/").status_code == 200

    withdraw_disclosure(early.pk, by=olga, because="It was meant for nobody yet.", now=timezone.now())
    assert left not in client.get(address).content.decode()
    kinds = LedgerEntry.objects.order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["disclosed", "withdrawn"]


def test_undoing_in_the_inbox_says_so_too(hidden: MergeProposal, olga: User, as_: SignIn) -> None:
    client = as_(olga)
    client.post(f"/office/duplicates/{hidden.pk}/merge/", {"disclose": "on"})

    undone = client.post(f"/office/inbox/done/{CaseEntry.objects.get().pk}/undo/", follow=True)

    assert "What merging disclosed stays disclosed" in undone.content.decode()


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
