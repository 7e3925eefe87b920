"""What mail a person has asked for, read and changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext
from rest_framework.request import Request
from rest_framework.response import Response

from matching.delivery.leaving import end_subscriptions
from matching.delivery.preferences import save_rhythms
from matching.delivery.subscribing import About, MailWish, save_wish
from matching.models import CapabilityProfile, Subscription, Withdrawal
from matching.selectors import current_profiles, kept_searches
from matching.selectors.subscriptions import standing_subscriptions
from portal.api.describing import described
from portal.api.once import once
from portal.api.problems import Mistake, Problem, not_found, not_understood
from portal.api.records.own import subscription_record
from portal.api.said import said
from portal.api.serializers.opportunities import page_of
from portal.api.serializers.own import SubscriptionSerializer
from portal.api.serializers.said_own import (
    IMMEDIATE,
    PROFILE,
    SEARCH,
    WEEKLY,
    SubscriptionChangeSaid,
    SubscriptionSaid,
)
from portal.api.views.own import NO_OTHERS, OwnView

_OLDEST_FIRST = [F("pk").asc()]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """How often, on which day, and from which score."""

    rhythm: str
    weekday: int | None
    minimum_score: int | None

    @property
    def as_preferred(self) -> str:
        return str(self.weekday) if self.rhythm == WEEKLY else self.rhythm


class _Subscriptions(OwnView):
    serializer_class = SubscriptionSerializer

    def own(self, subscription_id: int) -> Subscription:
        found = standing_subscriptions(self.person, self.company).filter(pk=subscription_id)
        row = found.with_what_is_read().first()  # type: ignore[attr-defined]
        if row is None:
            raise not_found()
        told: Subscription = row
        return told


class SubscriptionList(_Subscriptions):
    is_list = True

    @described("What mail you have asked for", answer=page_of(SubscriptionSerializer), tag="own")
    def get(self, request: Request) -> Response:
        page = self.page()
        own = standing_subscriptions(self.person, self.company)
        shown, following = page.cut(own, _OLDEST_FIRST)
        return self.told_page([subscription_record(row) for row in shown], page, following)

    @described(
        "Ask for mail about a profile's matches, what your company follows, or a search that it keeps",
        takes=SubscriptionSaid,
        answer=SubscriptionSerializer,
        status=201,
        tag="own",
        problems={404: NO_OTHERS},
    )
    @once
    def post(self, request: Request) -> Response:
        told = said(SubscriptionSaid, request)
        about = self._about(told)
        wanted = _Wanted(told["rhythm"], told.get("weekday"), told.get("minimum_score"))
        _hold(wanted, about if isinstance(about, CapabilityProfile) else None)
        wish = MailWish(is_off=False, weekday=wanted.weekday, minimum_score=wanted.minimum_score)
        row = save_wish(self.person, about, wish, now=self.now)
        assert row is not None  # noqa: S101  what is wanted has a row
        address = reverse("api:subscription", args=[row.pk])
        return self.told(subscription_record(self.own(row.pk)), status=201, location=address)

    def _about(self, told: dict[str, Any]) -> About:
        kind = told["kind"]
        for name, owner in (("profile", PROFILE), ("saved_search", SEARCH)):
            if (told.get(name) is not None) is not (kind == owner):
                raise not_understood(
                    [Mistake(name, gettext("It goes with its own kind, and only with that."))]
                )
        if kind not in (PROFILE, SEARCH):
            return self.company
        own: Any = current_profiles(self.company) if kind == PROFILE else kept_searches(self.company)
        row: About | None = own.filter(pk=told["profile" if kind == PROFILE else "saved_search"]).first()
        if row is None:
            raise not_found()
        return row


class SubscriptionDetail(_Subscriptions):
    @described(
        "One mail that you have asked for",
        answer=SubscriptionSerializer,
        tag="own",
        problems={404: NO_OTHERS},
    )
    def get(self, request: Request, subscription_id: int) -> Response:
        return self.told(subscription_record(self.own(subscription_id)))

    @described(
        "Change how often it comes, and from which score",
        takes=SubscriptionChangeSaid,
        answer=SubscriptionSerializer,
        tag="own",
        problems={404: NO_OTHERS},
    )
    def patch(self, request: Request, subscription_id: int) -> Response:
        row, told = self.own(subscription_id), said(SubscriptionChangeSaid, request)
        wanted = _changed(row, told)
        if row.kind == Subscription.Kind.TOPICS:
            _hold(wanted, None)
            save_rhythms({row.pk: wanted.as_preferred}, now=self.now)
        else:
            if wanted.rhythm == IMMEDIATE:
                raise _wrong("rhythm", gettext("Only topics come within the hour."))
            _hold(wanted, row.profile)
            about = row.profile or row.saved_search or self.company
            wish = MailWish(is_off=False, weekday=wanted.weekday, minimum_score=wanted.minimum_score)
            save_wish(self.person, about, wish, now=self.now)
        return self.told(subscription_record(self.own(row.pk)))

    @described("No such mail any more", status=204, tag="own", problems={404: NO_OTHERS})
    def delete(self, request: Request, subscription_id: int) -> Response:
        end_subscriptions([self.own(subscription_id).pk], way=Withdrawal.Way.API, now=self.now)
        return Response(status=204)


def _changed(row: Subscription, told: dict[str, Any]) -> _Wanted:
    """What stands, with what was said. Who names another rhythm leaves the weekday."""
    known = subscription_record(row)
    standing = _Wanted(known.rhythm, known.weekday, known.minimum_score)
    if told.get("rhythm", known.rhythm) != WEEKLY:
        standing = replace(standing, weekday=None)
    return replace(standing, **told)


def _hold(wanted: _Wanted, profile: CapabilityProfile | None) -> None:
    """Raise a Problem for what can't be."""
    if (wanted.rhythm == WEEKLY) is not (wanted.weekday is not None):
        raise _wrong("weekday", gettext("Weekly mail comes on a weekday, and only that does."))
    least = wanted.minimum_score
    if least is None:
        return
    if profile is None:
        raise _wrong("minimum_score", gettext("Only a profile's matches have a score."))
    if least < profile.minimum_score:
        said_ = gettext("The profile's list begins at %(least)s.") % {"least": profile.minimum_score}
        raise _wrong("minimum_score", said_)


def _wrong(name: str, detail: str) -> Problem:
    return not_understood([Mistake(name, detail)])
