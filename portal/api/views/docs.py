"""The API told to people and programs: its schema, and a page to try it on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView


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
    """Every address with what it does, and, where scripts run, a form to try each."""
    return render(request, "api/docs.html", {"operations": _operations(), "contact": settings.CONTACT_EMAIL})


def _operations() -> list[tuple[str, str, str]]:
    """Method, address, and what it does."""
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return [
        (method.upper(), address, told["summary"])
        for address, methods in schema["paths"].items()
        for method, told in methods.items()
    ]
