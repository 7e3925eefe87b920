from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from ingest.services.replay.snapshot import digests
from opportunities.models import Merge, MergeProposal, Notice, Opportunity
from opportunities.parsed_notice import Moment, NoticeKind, ParsedNotice
from opportunities.services import (
    merge_opportunities,
    split_opportunity,
)
from portal.accounts.models import User
from tests.integration.sameness.world import (
    CHANNEL,
    DEADLINE,
    PORTAL,
    SHEET,
    TITLE,
    compare_all,
    crores,
    in_a_bulletin,
    in_a_sheet,
    merged,
    notice,
    on_the_portal,
    record,
    the,
)

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_the_portals_own_survives_whichever_is_named_first(noon: datetime) -> None:
    record(on_the_portal(), in_a_bulletin(), at=noon)

    merge = merge_opportunities(the(CHANNEL).pk, the(PORTAL).pk, now=noon)

    assert merge is not None
    assert (merge.away.publisher, merge.into.publisher) == (CHANNEL, PORTAL)
    assert the(CHANNEL).merged_into == the(PORTAL)


def test_the_survivor_tells_what_both_said(noon: datetime) -> None:
    merge = merged(noon)

    survivor = the(PORTAL)
    assert survivor.is_joint_venture_allowed is True
    assert survivor.value == crores(84)
    assert [change["field"] for change in merge.revision.changes] == [
        "title",
        "reference",
        "buyer_name",
        "is_joint_venture_allowed",
    ]
    assert not merge.revision.tells_a_change  # only worded otherwise, and filled in


def test_notices_stay_with_their_processes(noon: datetime) -> None:
    merged(noon)

    assert set(Notice.objects.values_list("opportunity__publisher", flat=True)) == {PORTAL, CHANNEL}
    assert the(CHANNEL).notices.count() == 1


def test_merging_twice_is_once(noon: datetime) -> None:
    merged(noon)

    assert merge_opportunities(the(PORTAL).pk, the(CHANNEL).pk, now=noon) is None
    assert Merge.objects.count() == 1


def test_what_the_other_source_says_later_counts_for_the_survivor(noon: datetime) -> None:
    merged(noon)
    later = Moment(DEADLINE + timedelta(days=9))

    record(in_a_bulletin(8, submission_deadline=later), at=noon + HOUR)

    assert the(PORTAL).submission_deadline == later.at
    revision = the(PORTAL).revisions.latest("number")
    assert (revision.notice.opportunity, revision.tells_a_change) == (the(CHANNEL), True)


def test_undone_each_stands_as_if_they_had_never_been_one(noon: datetime) -> None:
    record(on_the_portal(), in_a_bulletin(), at=noon)
    before = digests()
    merge = merge_opportunities(the(PORTAL).pk, the(CHANNEL).pk, now=noon)
    assert merge is not None

    split_opportunity(merge.pk, now=noon + HOUR)

    assert digests() == before
    assert not Opportunity.objects.exclude(merged_into=None).exists()


def test_undone_each_keeps_what_has_arrived_since(noon: datetime) -> None:
    merge = merged(noon)
    corrigendum = notice(PORTAL, "2026_SCDL_91000_1", 9, NoticeKind.CORRIGENDUM, value=crores(90))
    record(corrigendum, in_a_bulletin(8, contact="City engineer"), at=noon + HOUR)

    split_opportunity(merge.pk, now=noon + 2 * HOUR)

    assert (the(PORTAL).value, the(PORTAL).contact) == (crores(90), "")
    assert (the(CHANNEL).value, the(CHANNEL).contact) == (None, "City engineer")
    assert [c["field"] for c in the(CHANNEL).revisions.latest("number").changes] == ["contact"]


def test_splitting_twice_is_once(noon: datetime) -> None:
    merge = merged(noon)

    split_opportunity(merge.pk, now=noon + HOUR)
    revisions = the(PORTAL).revisions.count()
    split_opportunity(merge.pk, now=noon + 2 * HOUR)

    merge.refresh_from_db()
    assert (merge.undone_at, the(PORTAL).revisions.count()) == (noon + HOUR, revisions)


def test_a_merge_within_a_merge_leaves_whole(noon: datetime) -> None:
    record(in_a_bulletin(), in_a_sheet(), at=noon)
    merge_opportunities(the(SHEET).pk, the(CHANNEL).pk, now=noon)
    alone = digests()
    record(on_the_portal(), at=noon)
    whole = merge_opportunities(the(CHANNEL).pk, the(PORTAL).pk, now=noon)
    assert whole is not None
    assert {the(SHEET).merged_into, the(CHANNEL).merged_into} == {the(PORTAL)}

    split_opportunity(whole.pk, now=noon + HOUR)

    assert alone.items() <= digests().items()
    assert the(CHANNEL).merged_into == the(SHEET)


def test_two_tenders_of_one_reference_number_are_never_one(noon: datetime) -> None:
    record(
        on_the_portal(reference="PSCDCL/2026/14"),
        notice(PORTAL, "2026_SCDL_91001_1", 2, title=TITLE, buyer_name="PSCDCL", reference="PSCDCL/2026/14"),
        at=noon,
    )

    compare_all(noon)

    assert [Merge.objects.count(), MergeProposal.objects.count()] == [0, 0]


# By rule


def test_what_quotes_the_tender_s_id_is_merged(noon: datetime) -> None:
    record(on_the_portal(), in_a_bulletin(), in_a_sheet(), at=noon)

    compare_all(noon)

    assert {the(CHANNEL).merged_into, the(SHEET).merged_into} == {the(PORTAL)}
    assert set(Merge.objects.values_list("ground", flat=True)) == {"tender_id"}
    assert not Merge.objects.exclude(merged_by=None).exists()


def test_what_is_only_alike_is_proposed(noon: datetime) -> None:
    record(on_the_portal(), in_a_bulletin(reference=None), at=noon)

    compare_all(noon)

    proposal = MergeProposal.objects.get()
    assert (proposal.is_sure, proposal.ground, proposal.decision) == (False, "likeness", "")
    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    "changed", [on_the_portal(8), in_a_bulletin(8, reference=None)], ids=["portal", "channel"]
)
def test_a_proposal_stands_whichever_of_the_two_is_compared_again(
    changed: ParsedNotice, noon: datetime
) -> None:
    record(on_the_portal(), in_a_bulletin(reference=None), at=noon)
    compare_all(noon)

    contact = replace(changed.facts, contact="City engineer")
    record(replace(changed, facts=contact), at=noon + HOUR)
    compare_all(noon + HOUR)

    assert MergeProposal.objects.get().decision == ""


@pytest.mark.parametrize(
    "contradiction",
    [
        {"buyer_name": "Nagpur Metro Rail Corporation Limited"},
        {"state": "KA", "city": None},
        {"submission_deadline": Moment(DEADLINE + timedelta(days=30))},
    ],
    ids=["buyer", "state", "deadline"],
)
def test_the_same_id_with_a_contradiction_is_proposed(contradiction: dict[str, Any], noon: datetime) -> None:
    record(on_the_portal(), in_a_bulletin(**contradiction), at=noon)

    compare_all(noon)

    assert (MergeProposal.objects.get().is_sure, Merge.objects.count()) == (False, 0)


def test_a_contradiction_that_comes_later_splits_what_a_rule_had_merged(noon: datetime) -> None:
    record(on_the_portal(), in_a_bulletin(submission_deadline=None), at=noon)
    compare_all(noon)
    assert Merge.objects.in_force().exists()

    record(in_a_bulletin(7, submission_deadline=Moment(DEADLINE + timedelta(days=40))), at=noon + HOUR)
    compare_all(noon + HOUR)

    assert not Merge.objects.in_force().exists()
    assert MergeProposal.objects.get().decision == ""


def test_what_a_person_split_is_never_proposed_again(olga: User, noon: datetime) -> None:
    record(on_the_portal(), in_a_bulletin(), at=noon)
    compare_all(noon)

    split_opportunity(Merge.objects.get().pk, by=olga, now=noon + HOUR)
    record(in_a_bulletin(9, contact="City engineer"), at=noon + HOUR)
    compare_all(noon + HOUR)

    assert MergeProposal.objects.get().decision == "two"
    assert not Merge.objects.in_force().exists()


def test_comparing_again_does_nothing(noon: datetime) -> None:
    record(on_the_portal(), in_a_bulletin(), in_a_sheet(), at=noon)
    compare_all(noon)
    before = [Merge.objects.count(), MergeProposal.objects.count(), digests()]

    compare_all(noon + HOUR)

    assert [Merge.objects.count(), MergeProposal.objects.count(), digests()] == before


# Disclosure
