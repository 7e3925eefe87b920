from __future__ import annotations

from django.db.models import F
from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from matching.scoring.engine import DOMAINS
from opportunities.places import STATES
from opportunities.project_selectors import (
    BoardFilter,
    Column,
    in_column,
    narrowed_board,
    project_standing_for,
    visible_projects,
)
from portal.api.answers import moved_to
from portal.api.describing import described
from portal.api.parameters import Parameter
from portal.api.problems import not_found
from portal.api.records.project import project_line, project_line_for_everybody, project_record
from portal.api.serializers.opportunities import page_of
from portal.api.serializers.projects import ProjectLineSerializer, ProjectSerializer
from portal.api.view import ApiView

_BY_EXPECTED = [F("tender_expected_from").asc(nulls_last=True), F("title").asc(), F("pk").asc()]


class ProjectList(ApiView):
    parameters = (
        Parameter("stage", "Where on the board it stands", choices=tuple(Column)),
        Parameter("domain", "Field of work", choices=tuple(sorted(DOMAINS))),
        Parameter("state", "ISO 3166-2 without IN-", choices=tuple(sorted(one.code for one in STATES))),
        Parameter("slipping", "Those whose quarter has moved or passed", choices=("yes",)),
    )
    serializer_class = ProjectLineSerializer
    is_list = True

    @described(
        "What is coming, what is expected soonest first",
        answer=page_of(ProjectLineSerializer),
        tag="projects",
    )
    def get(self, request: Request) -> Response:
        page, asked = self.page(), request.GET
        wish = BoardFilter(
            asked.get("domain", ""), asked.get("state", ""), is_slipping=asked.get("slipping") == "yes"
        )
        found = narrowed_board(visible_projects(to=self.caller.reader, at=self.now), wish, at=self.now)
        if "stage" in asked:
            found = in_column(found, Column(asked["stage"]))
        shown, following = page.cut(found, _BY_EXPECTED)
        lines = [project_line(row) for row in shown]
        told = lines if self.caller.company else [project_line_for_everybody(line) for line in lines]
        return self.told_page(told, page, following)


class ProjectDetail(ApiView):
    serializer_class = ProjectSerializer

    @described(
        "One project, with how its quarter has moved and which tenders it came to",
        answer=ProjectSerializer,
        tag="projects",
        problems={404: "None that you may know of"},
        others={308: "It is read as a part of another, at Location"},
    )
    def get(self, request: Request, project_id: int) -> HttpResponse:
        record = project_record(project_id, caller=self.caller, at=self.now)
        if record is not None:
            return self.told(record)
        standing = project_standing_for(project_id)
        door = visible_projects(to=self.caller.reader, at=self.now)
        if standing is None or not door.filter(pk=standing).exists():
            raise not_found()
        return moved_to(reverse("api:project", args=[standing]))
