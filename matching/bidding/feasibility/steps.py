"""The steps towards a bid, and how many working days each usually takes.

Rules of thumb, from what portals' own guides and bidders tell: enrolment may take a day, a certificate for a
signatory abroad two weeks, since identity papers are checked by video and a token is sent by post. Nobody
promises any of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matching.bidding.feasibility.records import Country, Step, StepName


class After(StrEnum):
    """What a step has to be done before."""

    DEADLINE = "deadline"
    ENQUIRY = "enquiry"
    PREBID = "prebid"
    HAND_IN = StepName.HAND_IN
    ENROL = StepName.ENROL
    SIGNATURE = StepName.SIGNATURE


@dataclass(frozen=True, slots=True)
class Needs:
    """What this bid takes, beside papers and an upload."""

    signature: bool  # there is none yet
    is_foreign: bool  # signs from Sweden, so that papers are legalised and a token is posted
    team: bool
    bid_security: bool
    hard_copy: bool
    is_online: bool = True


_HAND_IN = Step(StepName.HAND_IN, Country.INDIA, 2)
_ENROL = Step(StepName.ENROL, Country.INDIA, 1, is_spared_by_partner=True)
_LEGALISE = Step(StepName.LEGALISE, Country.SWEDEN, 5, is_spared_by_partner=True)
_AGREE = Step(StepName.AGREE, Country.SWEDEN, 10)
_SECURE = Step(StepName.SECURE, Country.INDIA, 7, is_spared_by_partner=True)
_COURIER = Step(StepName.COURIER, Country.INDIA, 5, is_spared_by_partner=True)
_ASK = Step(StepName.ASK, Country.SWEDEN, 3, is_essential=False)
_ATTEND = Step(StepName.ATTEND, Country.INDIA, 1, is_essential=False)
# To have decided in time would help, but nothing that is handed in depends on it.
DECIDE = Step(StepName.DECIDE, Country.SWEDEN, 2, is_essential=False)
AGREE_DAYS = _AGREE.working_days


def steps_for(needs: Needs) -> list[tuple[Step, After]]:
    """The steps with what each must be done before, later ones first."""
    steps = [(_HAND_IN, After.DEADLINE)]
    if needs.is_online and needs.signature:
        days = 10 if needs.is_foreign else 3
        signature = Step(StepName.SIGNATURE, Country.INDIA, days, is_spared_by_partner=True)
        steps += [(_ENROL, After.HAND_IN), (signature, After.ENROL)]
    if needs.is_foreign:
        after = After.SIGNATURE if needs.is_online and needs.signature else After.HAND_IN
        steps.append((_LEGALISE, after))
    if needs.team:
        steps.append((_AGREE, After.HAND_IN))
    if needs.bid_security:
        steps.append((_SECURE, After.HAND_IN))
    if needs.hard_copy:
        steps.append((_COURIER, After.DEADLINE))
    return [*steps, (_ASK, After.ENQUIRY), (_ATTEND, After.PREBID)]
