"""What merging and splitting do to what members may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from opportunities.errors import DisclosureDiffers
from opportunities.models import Disclosure, Merge, MergeProposal, Opportunity
from opportunities.parsed_notice import NoticeKind, ParsedNotice, Stage
from opportunities.services import (
    disclose_opportunity,
    merge_opportunities,
    split_opportunity,
    withdraw_disclosure,
)
from portal.accounts.models import User
from tests.integration.sameness.world import (
    CHANNEL,
    PORTAL,
    compare_all,
    in_a_bulletin,
    merged,
    on_the_portal,
    record,
    the,
)

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_a_rule_never_discloses(noon: datetime) -> None:
    record(on_the_portal(), at=noon)
    record(early(in_a_bulletin(contact="Known to the office alone")), at=noon)

    compare_all(noon)

    assert not Merge.objects.exists()
    assert MergeProposal.objects.get().is_sure
    assert the(PORTAL).contact == ""


def early(parsed: ParsedNotice) -> ParsedNotice:
    return replace(parsed, kind=NoticeKind.PLANNING)


@pytest.fixture
def hidden(noon: datetime) -> Opportunity:
    """In a bulletin only, early and undisclosed; the portal has the tender out."""
    known_early = early(in_a_bulletin(stage=Stage.DPR, contact="Known to the office alone"))
    record(on_the_portal(), known_early, at=noon)
    return the(CHANNEL)


def test_a_person_must_say_that_merging_discloses(hidden: Opportunity, olga: User, noon: datetime) -> None:
    with pytest.raises(DisclosureDiffers):
        merge_opportunities(hidden.pk, the(PORTAL).pk, by=olga, now=noon)

    merge_opportunities(hidden.pk, the(PORTAL).pk, by=olga, may_disclose=True, now=noon + HOUR)

    assert the(PORTAL).contact == "Known to the office alone"
    assert Disclosure.objects.get().opportunity == hidden


def test_once_the_office_has_disclosed_it_the_rule_merges(
    hidden: Opportunity, olga: User, noon: datetime
) -> None:
    compare_all(noon)

    disclose_opportunity(hidden.pk, from_=noon + HOUR, by=olga, now=noon)
    compare_all(noon)
    assert not Merge.objects.exists()

    compare_all(noon + HOUR)
    assert Merge.objects.get().away == hidden


def test_what_is_withdrawn_while_merged_stays_withdrawn_when_split(olga: User, noon: datetime) -> None:
    merge = merged(noon, by=olga)

    withdraw_disclosure(the(PORTAL).pk, by=olga, now=noon)
    split_opportunity(merge.pk, by=olga, now=noon + HOUR)

    assert {the(PORTAL).disclosed_from, the(CHANNEL).disclosed_from} == {None}


def test_of_two_undisclosed_the_one_shown_later_decides(olga: User, noon: datetime) -> None:
    record(early(in_a_bulletin(2, number="A")), early(in_a_bulletin(3, number="B")), at=noon)
    one, other = Opportunity.objects.order_by("process_id")
    disclose_opportunity(one.pk, from_=noon + HOUR, by=olga, now=noon)

    merge = merge_opportunities(one.pk, other.pk, by=olga, now=noon)

    one.refresh_from_db()
    assert one.disclosed_from is None
    assert merge is not None
    split_opportunity(merge.pk, by=olga, now=noon)
    one.refresh_from_db()
    assert one.disclosed_from == noon + HOUR
