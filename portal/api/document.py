"""The OpenAPI document. It follows from the code alone, so each process makes it once."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView

RENDERERS = SpectacularAPIView.renderer_classes


@cache
def openapi_document() -> dict[str, Any]:
    """What it says, in English whoever asks first. Not to be changed by who reads it."""
    with translation.override("en"):
        made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return made


@cache
def openapi_as(media_type: str) -> bytes:
    """It as YAML or JSON."""
    (renderer,) = [one for one in RENDERERS if one.media_type == media_type]
    written = renderer().render(openapi_document(), renderer_context={})
    return written if isinstance(written, bytes) else written.encode()
