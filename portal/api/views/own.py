"""What is a company's own, to its people's programs."""

from __future__ import annotations

from django.db.models import F
from rest_framework.request import Request
from rest_framework.response import Response

from matching.selectors import (
    Reader,
    current_profiles,
    follow_on,
    followed_opportunities,
    kept_searches,
)
from matching.selectors.subscriptions import standing_subscriptions
from portal.api.callers import Scope
from portal.api.describing import described
from portal.api.problems import not_found
from portal.api.records.own import (
    follow_records,
    profile_record,
    saved_search_record,
    subscription_record,
)
from portal.api.serializers.opportunities import page_of
from portal.api.serializers.own import (
    FollowSerializer,
    ProfileSerializer,
    SavedSearchSerializer,
    SubscriptionSerializer,
)
from portal.api.view import ApiView

_OLDEST_FIRST = [F("pk").asc()]
_BY_NAME = [F("name").asc(), F("pk").asc()]
_BY_DEADLINE = [F("submission_deadline").asc(nulls_last=True), F("pk").asc()]
NO_OTHERS = "None of your company's"


class OwnView(ApiView):
    """For those who act for a company."""

    scopes = {"GET": Scope.READ}

    @property
    def reader(self) -> Reader:
        return Reader(self.person, self.company)


class ProfileList(OwnView):
    serializer_class = ProfileSerializer
    is_list = True

    @described("Your company's profiles", answer=page_of(ProfileSerializer), tag="own")
    def get(self, request: Request) -> Response:
        own, page = current_profiles(self.company), self.page()
        with_proof = own.prefetch_related("yearly_turnovers", "completed_projects")
        shown, following = page.cut(with_proof, _OLDEST_FIRST)
        return self.told_page([profile_record(row) for row in shown], page, following)


class ProfileDetail(OwnView):
    serializer_class = ProfileSerializer

    @described(
        "One of your company's profiles", answer=ProfileSerializer, tag="own", problems={404: NO_OTHERS}
    )
    def get(self, request: Request, profile_id: int) -> Response:
        row = current_profiles(self.company).filter(pk=profile_id).first()
        if row is None:
            raise not_found()
        return self.told(profile_record(row))


class FollowList(OwnView):
    serializer_class = FollowSerializer
    is_list = True

    @described(
        "What your company follows, what closes soonest first", answer=page_of(FollowSerializer), tag="own"
    )
    def get(self, request: Request) -> Response:
        page = self.page()
        followed = followed_opportunities(self.company, at=self.now).only("pk")
        told = followed.annotate(follow=follow_on("pk", by=self.company))
        shown, following = page.cut(told, _BY_DEADLINE)
        return self.told_page(follow_records(shown, reader=self.reader, at=self.now), page, following)


class SavedSearchList(OwnView):
    serializer_class = SavedSearchSerializer
    is_list = True

    @described("The searches that your company keeps", answer=page_of(SavedSearchSerializer), tag="own")
    def get(self, request: Request) -> Response:
        page = self.page()
        shown, following = page.cut(kept_searches(self.company), _BY_NAME)
        return self.told_page([saved_search_record(row) for row in shown], page, following)


class SavedSearchDetail(OwnView):
    serializer_class = SavedSearchSerializer

    @described(
        "One search that your company keeps",
        answer=SavedSearchSerializer,
        tag="own",
        problems={404: NO_OTHERS},
    )
    def get(self, request: Request, search_id: int) -> Response:
        row = kept_searches(self.company).filter(pk=search_id).first()
        if row is None:
            raise not_found()
        return self.told(saved_search_record(row))


class SubscriptionList(OwnView):
    serializer_class = SubscriptionSerializer
    is_list = True

    @described("What mail you have asked for", answer=page_of(SubscriptionSerializer), tag="own")
    def get(self, request: Request) -> Response:
        page = self.page()
        own = standing_subscriptions(self.person, self.company)
        shown, following = page.cut(own, _OLDEST_FIRST)
        return self.told_page([subscription_record(row) for row in shown], page, following)
