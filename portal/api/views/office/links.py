"""Which tender a project may have come to: proposed, confirmed or refused."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from opportunities.project_selectors import Proposal, links_of, projects_for_office, proposed_links
from opportunities.selectors import opportunities_for_office
from opportunities.services import link_project, unlink_project
from portal.api.describing import described
from portal.api.once import once
from portal.api.paging import Place
from portal.api.problems import not_found
from portal.api.records.office import link_record
from portal.api.said import said
from portal.api.serializers.office import LinkSerializer
from portal.api.serializers.opportunities import page_of
from portal.api.serializers.said_office import LinkSaid
from portal.api.views.office.base import OfficeView


def _place(proposal: Proposal) -> Place:
    return (-proposal.link.likeness, proposal.link.pk)


class LinkList(OfficeView):
    is_list = True
    serializer_class = LinkSerializer

    @described(
        "Links that wait for the office, the likeliest first", answer=page_of(LinkSerializer), tag="office"
    )
    def get(self, request: Request) -> Response:
        page = self.page()
        shown, following = page.cut_found(proposed_links(), _place)
        return self.told_page([link_record(one) for one in shown], page, following)

    @described(
        "Say whether a tender is what a project has come to, proposed or not; twice is once",
        takes=LinkSaid,
        answer=LinkSerializer,
        status=201,
        tag="office",
        problems={404: "There is no such project, or no such opportunity"},
    )
    @once
    def post(self, request: Request) -> Response:
        told = said(LinkSaid, request)
        project, opportunity = told["project"], told["opportunity"]
        is_known = opportunities_for_office().filter(pk=opportunity).exists()
        if not is_known or not projects_for_office().filter(pk=project).exists():
            raise not_found()
        decide = link_project if told["is_it"] else unlink_project
        link = decide(project, opportunity, because=told["because"], by=self.person, now=self.now)
        (standing,) = (one for one in links_of(project) if one.link.pk == link.pk)
        return self.told(link_record(standing), status=201)
