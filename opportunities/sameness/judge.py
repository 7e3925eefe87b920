"""The judgement: the same for sure, perhaps the same, or two tenders."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from opportunities.sameness.compare import Comparison, Relation, compare
from opportunities.sameness.record import Known

LIKELY_FROM = 70
CERTAIN = 100


class Verdict(StrEnum):
    SURE = "sure"
    LIKELY = "likely"
    TWO = "two"


class Ground(StrEnum):
    """What a judgement rests on."""

    TENDER_ID = "tender_id"  # one quotes the ID that the other bears
    ADDRESS = "address"  # both lead to one page
    LIKENESS = "likeness"


@dataclass(frozen=True, slots=True)
class Judgement:
    verdict: Verdict
    ground: Ground
    likeness: int  # 0 to 100
    comparison: Comparison


def judge(one: Known, other: Known) -> Judgement:
    """Whether two records are one tender. Pure and symmetric; equal reference numbers say nothing.

    Sure is only what is named alike: the portal's tender ID, with its buyer or host and one thing more, or
    the address of the tender's page; and nothing contradicts it. Likeness alone is never more than likely.
    """
    comparison = compare(one, other)
    ground = _ground(comparison)
    likeness = _likeness(comparison)
    if _are_numbered_apart(one, other, comparison):
        return Judgement(Verdict.TWO, ground, likeness, comparison)
    if ground is not Ground.LIKENESS:
        verdict = Verdict.SURE if _is_confirmed(comparison, ground) else Verdict.LIKELY
        return Judgement(verdict, ground, CERTAIN if verdict is Verdict.SURE else likeness, comparison)
    return Judgement(_by_likeness(comparison, likeness), ground, likeness, comparison)


def _ground(comparison: Comparison) -> Ground:
    if comparison.has_same_id:
        return Ground.TENDER_ID
    return Ground.ADDRESS if comparison.has_same_address else Ground.LIKENESS


def _are_numbered_apart(one: Known, other: Known, comparison: Comparison) -> bool:
    """Whether each bears an ID of its own: a portal gives no tender two. One tendered anew quotes the old."""
    if one.is_numbered and other.is_numbered and one.publishers & other.publishers:
        return True
    if one.own_ids and other.own_ids:
        return not one.own_ids & other.own_ids
    return bool(one.tender_ids and other.tender_ids) and not comparison.has_same_id


def _is_confirmed(comparison: Comparison, ground: Ground) -> bool:
    if comparison.contradictions or comparison.names_other_parts:
        return False
    if ground is Ground.ADDRESS:
        return bool(comparison.agree("title"))
    confirmed = comparison.agree("title", "buyer_name", "submission_deadline", "value", "state")
    if comparison.names_same_host:
        return bool(confirmed)
    # The same ID may stand on two portals, so it takes the buyer and one thing more.
    return "buyer_name" in confirmed and len(confirmed) > 1


def _by_likeness(comparison: Comparison, likeness: int) -> Verdict:
    if comparison.contradictions or comparison.names_other_parts:
        return Verdict.TWO
    is_buyer_stated = comparison["buyer_name"].likeness is not None
    if not comparison.agree("buyer_name" if is_buyer_stated else "city"):
        return Verdict.TWO
    if comparison["value"].relation is Relation.OTHER:
        return Verdict.TWO
    supported = comparison.agree("submission_deadline", "value", "tender_expected_from")
    title = comparison["title"].relation
    if title is Relation.OTHER or (title is Relation.NEAR and not supported):
        return Verdict.TWO
    return Verdict.LIKELY if likeness >= LIKELY_FROM else Verdict.TWO


_WEIGHTS = {
    "title": 50,
    "buyer_name": 25,
    "submission_deadline": 15,
    "value": 10,
    "city": 5,
    "tender_expected_from": 5,
}


def _likeness(comparison: Comparison) -> int:
    """The share of what both state in which they agree, the title counting most."""
    weighed = [
        (_WEIGHTS[c.field], _degree(c.relation, c.likeness))
        for c in comparison.fields
        if c.field in _WEIGHTS and not (c.relation is Relation.UNSTATED and c.likeness is None)
    ]
    most = sum(weight for weight, _ in weighed)
    return round(100 * sum(weight * degree for weight, degree in weighed) / most) if most else 0


def _degree(relation: Relation, likeness: int | None) -> float:
    if likeness is not None:
        return likeness / 100
    return {Relation.SAME: 1.0, Relation.NEAR: 0.8}.get(relation, 0.0)
