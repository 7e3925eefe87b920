"""What was asked and decided about pairs of opportunities."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from opportunities.models import MergeProposal
from opportunities.sameness.judge import Judgement, Verdict
from opportunities.serialization import compared_to_json
from portal.accounts.models import User


def between(ones: Collection[int], others: Collection[int]) -> Q:
    """Proposals of a pair with one half among each."""
    return Q(first__in=ones, second__in=others) | Q(first__in=others, second__in=ones)


def propose(one_id: int, other_id: int, judgement: Judgement, *, now: datetime) -> None:
    """Ask once whether two are one. A pair that waits is given the latest grounds; a decided one stays."""
    first, second = sorted((one_id, other_id))
    grounds = _grounds(judgement)
    _, is_new = MergeProposal.objects.get_or_create(
        first_id=first, second_id=second, defaults=grounds | {"proposed_at": now}
    )
    if not is_new:
        MergeProposal.objects.undecided().filter(first=first, second=second).update(**grounds)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided about a pair. ``by`` is None for a rule."""

    decision: MergeProposal.Decision
    by: User | None
    at: datetime


def remember_answer(
    ones: Collection[int], others: Collection[int], answer: Answer, judgement: Judgement
) -> None:
    """Settle every proposal between two groups; a person's answer is kept even where nothing was asked."""
    decided = {"decision": answer.decision, "decided_at": answer.at, "decided_by": answer.by}
    asked = MergeProposal.objects.filter(between(ones, others))
    if answer.by is None:  # a rule never overrules a person
        asked.filter(decided_by=None).update(**decided)
        return
    asked.update(**decided)
    first, second = sorted((min(ones), min(others)))
    MergeProposal.objects.get_or_create(
        first_id=first, second_id=second, defaults=_grounds(judgement) | decided | {"proposed_at": answer.at}
    )


def _grounds(judgement: Judgement) -> dict[str, Any]:
    return {
        "is_sure": judgement.verdict is Verdict.SURE,
        "ground": judgement.ground.value,
        "likeness": judgement.likeness,
        "compared": compared_to_json(judgement.comparison.fields),
    }


def refuse_proposal(proposal_id: int, *, by: User, now: datetime) -> None:
    """Note that the two are not the same, so that it isn't proposed again. What is decided stays."""
    MergeProposal.objects.undecided().filter(pk=proposal_id).update(
        decision=MergeProposal.Decision.TWO, decided_at=now, decided_by=by
    )


def ask_again(proposal_id: int) -> bool:
    """Take back what was decided about a pair, so that it waits again. False if nothing was decided."""
    decided = MergeProposal.objects.exclude(decision="").filter(pk=proposal_id)
    return bool(decided.update(decision="", decided_at=None, decided_by=None, is_sure=False))


def are_two(ones: Collection[int], others: Collection[int]) -> bool:
    """Whether a person has said that something in one group isn't the same as something in the other."""
    return MergeProposal.objects.filter(between(ones, others), decision=MergeProposal.Decision.TWO).exists()


def withdraw_proposals(pk: int, *, besides: Collection[int]) -> None:
    """Forget what waits about an opportunity, except the pairs that are still proposed."""
    waiting = MergeProposal.objects.undecided().filter(Q(first=pk) | Q(second=pk))
    waiting.exclude(first__in=besides).exclude(second__in=besides).delete()


def reopen(ones: Collection[int], others: Collection[int]) -> None:
    """What a rule had decided and takes back waits for a person."""
    MergeProposal.objects.filter(between(ones, others), decided_by=None).update(
        decision="", decided_at=None, is_sure=False
    )
