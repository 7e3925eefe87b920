"""The API told to people and programs: its schema, and pages to read and try it on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView

from portal.api.manual import Operation
from portal.api.reading_document import chapters, operation_named


@extend_schema(exclude=True)
class Schema(SpectacularAPIView):
    """The OpenAPI document, as YAML, or as JSON by Accept or ?format=json."""

    def get_renderers(self) -> list[Any]:
        """Only the kind that the address asks for, where it asks for one."""
        wanted = self.request.GET.get("format", "")
        renderers = super().get_renderers()
        return [one for one in renderers if wanted and wanted in one.media_type] or renderers

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
