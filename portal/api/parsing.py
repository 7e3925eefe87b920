from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class JsonAsAsked(JSONParser):
    """JSON that is no larger than forms may be, and no deeper than can be read."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        request = (parser_context or {})["request"]._request
        request.body  # noqa: B018  raises where it is too large; it is read once and kept
        try:
            return super().parse(request, media_type, parser_context)
        except RecursionError:
            raise ParseError(gettext("It is nested too deeply.")) from None
