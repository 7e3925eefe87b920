"""The API told to people and programs: its schema, and pages to read and try it on."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from portal.api.document import RENDERERS, openapi_as
from portal.api.manual import Operation
from portal.api.reading_document import chapters, operation_named


@extend_schema(exclude=True)
class Schema(APIView):
    """The OpenAPI document, as YAML, or as JSON by Accept or ?format=json. 304 for who has it as it is."""

    renderer_classes = RENDERERS

    def get_renderers(self) -> list[Any]:
        """Only the kind that the address asks for, where it asks for one."""
        wanted = self.request.GET.get("format", "")
        renderers = super().get_renderers()
        return [one for one in renderers if wanted and wanted in one.media_type] or renderers

    def get(self, request: Request) -> HttpResponse:
        body = openapi_as(request.accepted_renderer.media_type)
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        known = get_conditional_response(request._request, etag=etag)
        answer = known or HttpResponse(body, content_type=request.accepted_renderer.media_type)
        answer["ETag"], answer["Cache-Control"] = etag, "no-cache"
        return answer

    @staticmethod
    def scope_for(_method: str | None) -> None:
        """Everybody may read it."""


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """How the API is used, and every address with what it does."""
    paces = {name: pace.partition("/")[0] for name, pace in settings.API_PACES.items()}
    known = {"chapters": chapters(), "paces": paces, "contact": settings.CONTACT_EMAIL}
    return render(request, "api/docs.html", known)


@require_GET
def operation(request: HttpRequest, operation_id: str) -> HttpResponse:
    """One address: what it takes and tells, with a form to try it."""
    told = _operation(operation_id)
    chapter = next(one for one in chapters() if told in one.operations)
    root = request.build_absolute_uri("/").rstrip("/")
    return render(request, "api/operation.html", {"told": told, "chapter": chapter, "root": root})


def ask(request: HttpRequest, operation_id: str) -> HttpResponse:
    """Leads the form of an operation to the address that it asks, with the same method and body."""
    told = _operation(operation_id)
    if request.method != told.method:
        return HttpResponseNotAllowed([told.method])
    try:
        address = told.address_with(dict(request.GET.lists()))
    except LookupError:
        return redirect("api:operation", operation_id)
    return HttpResponseRedirect(address, preserve_request=told.method != "GET")


def _operation(operation_id: str) -> Operation:
    told = operation_named(operation_id)
    if told is None:
        raise Http404
    return told
