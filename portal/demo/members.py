"""What the made-up members make of what they hear: followed, dismissed, asked, bid, won or lost, by habit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial
from itertools import cycle

from matching.models import CapabilityProfile, Match, Outcome, PartnerRequest, Verdict
from matching.services import (
    Answer,
    CannotAsk,
    ToldOutcome,
    answer_partner,
    ask_partner,
    follow_opportunity,
    note_look,
    record_verdict,
    tell_outcome,
    withdraw_partner_request,
)
from opportunities.models import Opportunity
from portal.demo.companies import COMPANIES
from portal.demo.days import Days

_WORTH_FOLLOWING = 25  # points
_SILENT_FOR = {company.name: timedelta(days=company.silent_for) for company in COMPANIES}
_REASONS = (
    Verdict.Reason.INELIGIBLE,
    Verdict.Reason.NO_TIME,
    Verdict.Reason.INELIGIBLE,
    Verdict.Reason.NO_PARTNER,
    Verdict.Reason.NO_TIME,
    Verdict.Reason.TOO_BIG,
)
_STAGE, _WHY = Outcome.Stage, Outcome.Reason
# What is told of a tender, one thing after the other; many tell nothing, and few win.
_WON = (ToldOutcome(_STAGE.BID), ToldOutcome(_STAGE.SHORTLISTED), ToldOutcome(_STAGE.WON))
_NOT_WON: tuple[tuple[ToldOutcome, ...], ...] = (
    (ToldOutcome(_STAGE.NO_BID, _WHY.TURNOVER),),
    (ToldOutcome(_STAGE.BID), ToldOutcome(_STAGE.LOST, _WHY.PRICE)),
    (),
    (ToldOutcome(_STAGE.BID), ToldOutcome(_STAGE.SHORTLISTED)),
    (ToldOutcome(_STAGE.NO_BID, _WHY.NO_TIME),),
    (ToldOutcome(_STAGE.BID), ToldOutcome(_STAGE.LOST, _WHY.PRICE)),
    (),
    (ToldOutcome(_STAGE.BID),),
    (ToldOutcome(_STAGE.NO_BID, _WHY.TURNOVER),),
)
# After the deadline: that one has bid, then how it went on
_TOLD_AFTER = (timedelta(days=1), timedelta(days=16), timedelta(days=33))
_FOLLOWED_AT_ONCE = _DISMISSED_AT_ONCE = 2
_ASKED_AT_ONCE = 3
_REMEMBERED = 8  # tenders: those of two bulletins


class _Answered(Enum):
    AGREED = auto()
    DECLINED = auto()
    TAKEN_BACK = auto()
    NOT_YET = auto()


_ANSWERS = (
    _Answered.AGREED,
    _Answered.NOT_YET,
    _Answered.AGREED,
    _Answered.DECLINED,
    _Answered.AGREED,
    _Answered.TAKEN_BACK,
)


class Members:
    """The members as they live through the months, up to ``now``."""

    def __init__(self, days: Days, *, now: datetime) -> None:
        self._days = days
        self._now = now
        order = [company.name for company in COMPANIES]
        found = CapabilityProfile.objects.current().filter(company__name__in=order).select_related("company")
        self._profiles = sorted(found, key=lambda profile: order.index(profile.company.name))
        self._people = {profile.pk: profile.company.people.order_by("pk")[0] for profile in self._profiles}
        self._heard: list[int] = []
        self._followed: set[tuple[int, int]] = set()
        self._stories = cycle((_WON, *_NOT_WON, *_NOT_WON))
        self._reasons = cycle(_REASONS)
        self._answers = cycle(_ANSWERS)

    def hear(self, opportunities: Collection[int], *, at: datetime) -> None:
        """Each follows the best that came lately, and dismisses something; some ask for a partner."""
        self._heard = [*self._heard, *opportunities][-_REMEMBERED:]
        asked = 0
        for place, profile in enumerate(self._profiles):
            moment = at + timedelta(hours=2 + 2 * place)
            if moment > self._now - _SILENT_FOR[profile.company.name]:
                continue
            fresh = self._not_judged(profile)
            best = [match for match in fresh if match.score >= _WORTH_FOLLOWING][:_FOLLOWED_AT_ONCE]
            for match in best:
                self._follow(profile, match, now=moment)
            if best and asked < _ASKED_AT_ONCE:
                asked += self._ask(profile, best[0].opportunity_id, now=moment)
            for match in [match for match in fresh if match not in best][-_DISMISSED_AT_ONCE:]:
                self._dismiss(profile, match, now=moment)
        # Another looks first next time, so that it isn't always the same who ask.
        self._profiles = [*self._profiles[_ASKED_AT_ONCE:], *self._profiles[:_ASKED_AT_ONCE]]

    def _not_judged(self, profile: CapabilityProfile) -> list[Match]:
        """The best first."""
        judged = profile.verdicts.values("opportunity")
        found = Match.objects.filter(profile=profile, opportunity__in=self._heard)
        matches = found.exclude(opportunity__in=judged).order_by("-score", "pk")
        return [match for match in matches if (profile.pk, match.opportunity_id) not in self._followed]

    def _follow(self, profile: CapabilityProfile, match: Match, *, now: datetime) -> None:
        by = self._people[profile.pk]
        note_look(match.opportunity_id, None, person=by, number=1, now=now)
        follow_opportunity(match.opportunity_id, company=profile.company, by=by, now=now)
        self._followed.add((profile.pk, match.opportunity_id))
        closed_at = Opportunity.objects.get(pk=match.opportunity_id).submission_deadline
        for told, after in zip(next(self._stories), _TOLD_AFTER, strict=False):
            if closed_at is not None and (at := closed_at + after) <= self._now:
                tell = partial(tell_outcome, match.opportunity_id, told, company=profile.company, by=by)
                self._days.plan(at, partial(tell, now=at))

    def _dismiss(self, profile: CapabilityProfile, match: Match, *, now: datetime) -> None:
        answer = Answer(is_relevant=False, reason=next(self._reasons))
        record_verdict(match.pk, answer, by=self._people[profile.pk], now=now)

    def _ask(self, asking: CapabilityProfile, opportunity: int, *, now: datetime) -> bool:
        """Ask the first other member whom the tender fits as well; whether there was one."""
        for asked in reversed(self._profiles):
            if not Match.objects.filter(profile=asked, opportunity=opportunity).exists():
                continue
            try:
                request = ask_partner(
                    opportunity, asking=asking, asked=asked, by=self._people[asking.pk], now=now
                )
            except CannotAsk:
                continue
            answer, answered_at = next(self._answers), now + timedelta(hours=20)
            self._days.plan(answered_at, partial(self._answer, request, answer, now=answered_at))
            return True
        return False

    def _answer(self, request: PartnerRequest, answer: _Answered, *, now: datetime) -> None:
        match answer:
            case _Answered.AGREED | _Answered.DECLINED:
                by, has_agreed = self._people[request.asked_id], answer is _Answered.AGREED
                answer_partner(request.pk, has_agreed=has_agreed, by=by, now=now)
            case _Answered.TAKEN_BACK:
                withdraw_partner_request(request.pk, now=now)
            case _Answered.NOT_YET:
                pass
