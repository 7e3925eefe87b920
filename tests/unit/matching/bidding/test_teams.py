from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.bidding.eligibility.records import Answer, may_bid
from matching.bidding.records import Bidder, Presence, TeamRole
from matching.bidding.teams.cover import best_teams
from matching.bidding.teams.records import Candidate, Concern, MissingPartner
from opportunities.parsed_notice import RequirementKind
from tests.factories.bidders import a_bidder, a_call, asks, crore

K = RequirementKind
OWN = 1


def candidates(*bidders: Bidder) -> list[Candidate]:
    return [Candidate(bidder, 50) for bidder in bidders]


def test_the_missing_certificate_and_turnover_come_with_a_partner() -> None:
    own = a_bidder(OWN, crore_turnover=31, certifications=("ISO 9001",), domains=("traffic",))
    other = a_bidder(2, crore_turnover=40, certifications=("ISO 27001",), domains=("surveillance",))
    call = a_call(
        asks(K.TURNOVER, "Turnover of Rs. 50 crore.", amount=crore(50)),
        asks(K.CERTIFICATION, "ISO 27001.", name="ISO 27001"),
        domains=("traffic", "surveillance"),
    )

    [team] = best_teams(own, candidates(other), call)

    assert team.is_complete
    assert team.members == (2, OWN)  # the larger leads
    assert may_bid(team.findings) is Answer.MET
    assert team.uncovered == ()


def test_the_smallest_team_wins_then_the_best_fitting() -> None:
    own = a_bidder(OWN, domains=("traffic",))
    both = a_bidder(2, domains=("lighting", "surveillance"))
    also_both = a_bidder(3, domains=("lighting", "surveillance"))
    half, other_half = a_bidder(4, domains=("lighting",)), a_bidder(5, domains=("surveillance",))
    call = a_call(domains=("traffic", "lighting", "surveillance"))
    offered = [Candidate(both, 40), Candidate(also_both, 70), *candidates(half, other_half)]

    teams = best_teams(own, offered, call)

    assert [set(team.members) for team in teams] == [{OWN, 3}, {OWN, 2}, {OWN, 4}]
    assert [team.is_complete for team in teams] == [True, True, False]


def test_what_stays_uncovered_is_named_with_who_is_missing() -> None:
    own = a_bidder(OWN, crore_turnover=31, domains=("traffic",), presence=Presence.NONE)
    other = a_bidder(2, crore_turnover=31, domains=("surveillance",), presence=Presence.NONE)
    call = a_call(
        asks(K.REGISTRATION, "The bidder shall hold GST.", name="GST"),
        asks(K.LOCAL_CONTENT, name="Class-I local supplier"),
        domains=("traffic", "surveillance", "lighting"),
    )

    [team] = best_teams(own, candidates(other), call)

    assert team.uncovered == ("lighting",)
    assert {missing.partner for missing in team.missing} == {
        MissingPartner.INDIAN_COMPANY,
        MissingPartner.SPECIALIST,
    }


def test_the_lead_has_to_carry_its_part_of_the_turnover() -> None:
    own = a_bidder(OWN, crore_turnover=20, domains=("traffic",))
    others = [
        a_bidder(2, crore_turnover=20, domains=("lighting",)),
        a_bidder(3, crore_turnover=20, domains=("surveillance",)),
    ]
    call = a_call(asks(K.TURNOVER, amount=crore(60)), domains=("traffic", "lighting", "surveillance"))

    teams = best_teams(own, candidates(*others), call)

    assert teams[0].members == (OWN, 2, 3)
    assert [missing.partner for missing in teams[0].missing] == [MissingPartner.INDIAN_LEAD]


@pytest.mark.parametrize("most", [2, 3])
def test_no_team_is_larger_than_the_clause_allows(most: int) -> None:
    clause = asks(K.JOINT_VENTURE, f"Up to {most} members.", is_allowed=True, count=most)
    domains = ("traffic", "lighting", "surveillance")
    own, *others = [a_bidder(key, domains=(domain,)) for key, domain in enumerate(domains, start=1)]

    teams = best_teams(own, candidates(*others), a_call(clause, domains=domains))

    assert max(len(team.members) for team in teams) == most


def test_where_joint_ventures_are_forbidden_there_are_no_teams() -> None:
    call = a_call(domains=("traffic", "lighting"), is_joint_venture_allowed=False)

    assert best_teams(a_bidder(OWN), candidates(a_bidder(2, domains=("lighting",))), call) == []


def test_only_the_willing_are_asked() -> None:
    call = a_call(domains=("traffic", "lighting"))
    unwilling = a_bidder(2, domains=("lighting",), role=TeamRole.NONE)
    own = a_bidder(OWN, domains=("traffic",))

    assert best_teams(own, candidates(unwilling), call) == []
    assert best_teams(a_bidder(OWN, role=TeamRole.NONE), candidates(a_bidder(2)), call) == []


def test_a_company_that_could_bid_alone_is_asked_why_it_does_not() -> None:
    own = a_bidder(OWN, crore_turnover=90, domains=("traffic",))
    able = a_bidder(2, crore_turnover=200, domains=("traffic", "lighting"))
    call = a_call(asks(K.TURNOVER, amount=crore(50)), domains=("traffic", "lighting"))

    [team] = best_teams(own, candidates(able), call)

    assert [(c.concern, c.members) for c in team.concerns] == [(Concern.COULD_BID_ALONE, (2,))]


def test_two_that_offer_the_same_are_substitutes() -> None:
    own = a_bidder(OWN, crore_turnover=30, domains=("traffic",))
    same = a_bidder(2, crore_turnover=30, domains=("traffic",))
    call = a_call(asks(K.TURNOVER, amount=crore(50)))

    [team] = best_teams(own, candidates(same), call, in_other_teams={2})

    assert {c.concern for c in team.concerns} == {Concern.SUBSTITUTES, Concern.IN_OTHER_TEAM}


@given(
    st.lists(
        st.tuples(
            st.integers(1, 80),
            st.sets(st.sampled_from(["traffic", "lighting", "surveillance", "geospatial"])),
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(1, 120),
)
def test_every_partner_adds_something_and_nobody_is_in_it_twice(
    companies: list[tuple[int, set[str]]], asked: int
) -> None:
    own, *others = [
        a_bidder(key, crore_turnover=turnover, domains=tuple(sorted(domains)))
        for key, (turnover, domains) in enumerate(companies, start=1)
    ]
    call = a_call(
        asks(K.TURNOVER, amount=crore(asked), share=Decimal("0.5")),
        domains=("traffic", "lighting", "surveillance"),
    )

    for team in best_teams(own, candidates(*others), call):
        assert OWN in team.members
        assert 2 <= len(set(team.members)) == len(team.members) <= 3
