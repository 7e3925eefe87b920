"""What companies say of their matches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from matching.models import Match, Verdict
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Answer:
    """Relevant, or the reason why not; ``reason`` is "" where it is relevant."""

    is_relevant: bool
    reason: str = ""
    note: str = ""


@transaction.atomic
def record_verdict(match_id: int, answer: Answer, *, by: User, now: datetime) -> Verdict:
    """Let a verdict stand, in place of the one that did; the same again changes nothing.

    The profile's list is ranked anew where the verdict tells of its subject. The caller has asked the door
    whether the company may know of the opportunity, and whether the match is its own.
    """
    # A verdict is about a match, so its row keeps two people's clicks apart.
    match = Match.objects.select_for_update(no_key=True).get(pk=match_id)
    standing = Verdict.objects.standing().filter(profile=match.profile_id, opportunity=match.opportunity_id)
    former = standing.first()
    if former is not None:
        if Answer(former.is_relevant, former.reason, former.note) == answer:
            return former
        _withdraw(former, now=now)
    verdict = Verdict(
        profile_id=match.profile_id,
        opportunity_id=match.opportunity_id,
        person=by,
        is_relevant=answer.is_relevant,
        reason=answer.reason,
        note=answer.note,
        given_at=now,
    )
    verdict.learnt_at = None if verdict.teaches else now
    verdict.save()
    return verdict


@transaction.atomic
def withdraw_verdict(verdict_id: int, *, now: datetime) -> None:
    """Take a verdict back, as if it had never been given; its row is kept. Twice is once."""
    verdict = Verdict.objects.standing().select_for_update().filter(pk=verdict_id).first()
    if verdict is not None:
        _withdraw(verdict, now=now)


def _withdraw(verdict: Verdict, *, now: datetime) -> None:
    verdict.withdrawn_at = now
    verdict.learnt_at = None if verdict.teaches else verdict.learnt_at
    verdict.save(update_fields=["withdrawn_at", "learnt_at"])
