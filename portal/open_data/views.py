"""Open data for machines. Everyone may ask, and everyone is answered the same."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from opportunities.exports.oc4ids import project_package
from opportunities.exports.ocds import record_package, release_package
from opportunities.exports.told import ToldProcess
from opportunities.project_selectors import project_told, projects_told, projects_told_since
from opportunities.selectors import months_counted, process_told, told_between
from portal.open_data import extension
from portal.open_data.answers import file_answer, json_answer, nothing_told, text_answer
from portal.open_data.bulk import KINDS, bulk_file, state_of
from portal.open_data.catalogue import Standing, catalogue_of
from portal.open_data.months import standing_months
from portal.open_data.republisher import republisher

_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
_RDF = "application/rdf+xml"


@require_safe
def months(request: HttpRequest) -> HttpResponseBase:
    """Which months there are, and the ETag of each file: by it a harvester knows what to fetch anew."""
    found = [
        {
            "month": f"{told.month:%Y-%m}",
            "processes": told.processes,
            **{
                name: {
                    "url": _absolute("bulk", kind=name, month=f"{told.month:%Y-%m}"),
                    "etag": state_of(kind, told.state),
                }
                for name, kind in KINDS.items()
            },
        }
        for told in standing_months(at=timezone.now())
    ]
    return json_answer(request, {"months": found})


@require_safe
def bulk(request: HttpRequest, kind: str, month: str) -> HttpResponseBase:
    if kind not in KINDS or not _MONTH.fullmatch(month):
        raise Http404
    found = bulk_file(KINDS[kind], date.fromisoformat(f"{month}-01"), at=timezone.now())
    if found is None:
        raise Http404
    return file_answer(request, found.path, state=found.state)


@require_safe
def releases(request: HttpRequest, ocid: str) -> HttpResponseBase:
    return json_answer(request, release_package(_process(ocid), republisher()))


@require_safe
def record(request: HttpRequest, ocid: str) -> HttpResponseBase:
    return json_answer(request, record_package(_process(ocid), republisher()))


@require_safe
def projects(request: HttpRequest) -> HttpResponseBase:
    told = projects_told(at=timezone.now())
    if not told:
        return nothing_told(request, gettext("No project is disclosed to everyone yet."))
    return json_answer(request, project_package(told, republisher(), path=reverse("open_data:projects")))


@require_safe
def project(request: HttpRequest, project_id: str) -> HttpResponseBase:
    by = republisher()
    number = project_id.removeprefix(f"{by.project_prefix}-")
    told = project_told(number, at=timezone.now()) if number != project_id else None
    if told is None:
        raise Http404
    return json_answer(request, project_package([told], by, path=request.path))


@require_safe
def catalogue(request: HttpRequest) -> HttpResponseBase:
    return text_answer(request, catalogue_of(_standing(timezone.now())), _RDF)


@require_safe
def extension_json(request: HttpRequest) -> HttpResponseBase:
    return json_answer(request, extension.description(republisher().site + reverse("open_data:open_data")))


@require_safe
def extension_schema(request: HttpRequest) -> HttpResponseBase:
    return json_answer(request, extension.RELEASE_SCHEMA)


def _standing(now: datetime) -> Standing:
    first, last = told_between(at=now) or (None, None)
    projects = projects_told_since(at=now)
    return Standing(tuple(months_counted(at=now)), _day(first), _day(last), _day(projects))


def _day(moment: datetime | None) -> date | None:
    return moment and moment.astimezone(UTC).date()


def _process(ocid: str) -> ToldProcess:
    """What isn't there and what isn't told yet are one answer."""
    prefix = f"{republisher().ocid_prefix}-"
    number = ocid.removeprefix(prefix)
    told = process_told(number, at=timezone.now()) if number != ocid else None
    if told is None:
        raise Http404
    return told


def _absolute(name: str, **named: str) -> str:
    return republisher().site + reverse(f"open_data:{name}", kwargs=named)
