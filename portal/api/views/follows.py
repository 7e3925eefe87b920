"""What a company follows, read and changed."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from matching.selectors import follow_on, followed_opportunities
from matching.selectors.projects import followed_projects, project_follow_on
from matching.services import follow_opportunity, follow_project, unfollow_opportunity, unfollow_project
from opportunities.project_selectors import visible_projects
from opportunities.selectors import visible_opportunities
from portal.api.describing import described
from portal.api.once import once
from portal.api.problems import not_found
from portal.api.records.own import FollowRecord, ProjectFollowRecord, follow_records, project_follow_records
from portal.api.said import said
from portal.api.serializers.opportunities import page_of
from portal.api.serializers.own import FollowSerializer, ProjectFollowSerializer
from portal.api.serializers.said_own import FollowSaid, ProjectFollowSaid
from portal.api.views.own import OwnView

_BY_DEADLINE = [F("submission_deadline").asc(nulls_last=True), F("pk").asc()]
_OLDEST_FIRST = [F("pk").asc()]
_NOT_FOLLOWED = "Your company doesn't follow it"
_UNKNOWN = "None that you may know of"


class _Follows(OwnView):
    serializer_class = FollowSerializer

    def followed(self) -> Any:
        told = followed_opportunities(self.company, at=self.now).only("pk")
        return told.annotate(follow=follow_on("pk", by=self.company))

    def hold_visible(self, opportunity_id: int) -> None:
        if not visible_opportunities(to=self.company, at=self.now).filter(pk=opportunity_id).exists():
            raise not_found()

    def record_of(self, opportunity_id: int) -> FollowRecord:
        rows = list(self.followed().filter(pk=opportunity_id))
        for record in follow_records(rows, reader=self.reader, at=self.now):
            return record
        raise not_found()


class FollowList(_Follows):
    is_list = True

    @described(
        "What your company follows, what closes soonest first", answer=page_of(FollowSerializer), tag="own"
    )
    def get(self, request: Request) -> Response:
        page = self.page()
        shown, following = page.cut(self.followed(), _BY_DEADLINE)
        return self.told_page(follow_records(shown, reader=self.reader, at=self.now), page, following)

    @described(
        "Follow an opportunity; who follows it already goes on",
        takes=FollowSaid,
        answer=FollowSerializer,
        status=201,
        tag="own",
        problems={404: _UNKNOWN},
    )
    @once
    def post(self, request: Request) -> Response:
        asked = said(FollowSaid, request)["opportunity"]
        if follow_opportunity(asked, company=self.company, by=self.person, now=self.now) is None:
            raise not_found()
        return self.told(self.record_of(asked), status=201, location=reverse("api:follow", args=[asked]))

    def hold_still_told(self, request: Request) -> None:
        self.hold_visible(said(FollowSaid, request)["opportunity"])


class FollowDetail(_Follows):
    @described(
        "One opportunity that your company follows",
        answer=FollowSerializer,
        tag="own",
        problems={404: _NOT_FOLLOWED},
    )
    def get(self, request: Request, opportunity_id: int) -> Response:
        return self.told(self.record_of(opportunity_id))

    @described("Follow it no more", status=204, tag="own", problems={404: _UNKNOWN})
    def delete(self, request: Request, opportunity_id: int) -> Response:
        self.hold_visible(opportunity_id)
        unfollow_opportunity(opportunity_id, company=self.company, now=self.now)
        return Response(status=204)


class _ProjectFollows(OwnView):
    serializer_class = ProjectFollowSerializer

    def followed(self) -> Any:
        told = followed_projects(self.company, at=self.now)
        return told.annotate(follow=project_follow_on(by=self.company))

    def hold_visible(self, project_id: int) -> None:
        if not visible_projects(to=self.company, at=self.now).filter(pk=project_id).exists():
            raise not_found()

    def record_of(self, project_id: int) -> ProjectFollowRecord:
        for record in project_follow_records(self.followed().filter(pk=project_id)):
            return record
        raise not_found()


class ProjectFollowList(_ProjectFollows):
    is_list = True

    @described("The projects that your company follows", answer=page_of(ProjectFollowSerializer), tag="own")
    def get(self, request: Request) -> Response:
        page = self.page()
        shown, following = page.cut(self.followed(), _OLDEST_FIRST)
        return self.told_page(project_follow_records(shown), page, following)

    @described(
        "Follow a project; who follows it already goes on",
        takes=ProjectFollowSaid,
        answer=ProjectFollowSerializer,
        status=201,
        tag="own",
        problems={404: _UNKNOWN},
    )
    @once
    def post(self, request: Request) -> Response:
        asked = said(ProjectFollowSaid, request)["project"]
        if follow_project(asked, company=self.company, by=self.person, now=self.now) is None:
            raise not_found()
        address = reverse("api:project_follow", args=[asked])
        return self.told(self.record_of(asked), status=201, location=address)

    def hold_still_told(self, request: Request) -> None:
        self.hold_visible(said(ProjectFollowSaid, request)["project"])


class ProjectFollowDetail(_ProjectFollows):
    @described(
        "One project that your company follows",
        answer=ProjectFollowSerializer,
        tag="own",
        problems={404: _NOT_FOLLOWED},
    )
    def get(self, request: Request, project_id: int) -> Response:
        return self.told(self.record_of(project_id))

    @described("Follow it no more", status=204, tag="own", problems={404: _UNKNOWN})
    def delete(self, request: Request, project_id: int) -> Response:
        self.hold_visible(project_id)
        unfollow_project(project_id, company=self.company, now=self.now)
        return Response(status=204)
