"""What every address of the API has in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from portal.accounts.models import Company, User
from portal.accounts.second_factor import is_without_second_factor
from portal.api.callers import ANYBODY, Caller, Scope, caller_of
from portal.api.once import KEY_PARAMETER
from portal.api.paging import PAGING, PageAsked, page_asked
from portal.api.parameters import Parameter, checked
from portal.api.problems import not_allowed, scope_missing
from portal.api.sparse import fields_parameter, kept_fields
from portal.api.versions import SEEN_PARAMETER, mark_of
from portal.lib.at_work import at_work

_READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Deprecation:
    """That an address is going: since when it is not to be used, when it ends, and what is used instead."""

    since: date
    ends: date
    instead: str


class ApiView(APIView):
    """Says who may ask what, and sees to it.

    ``scopes`` names what each method needs; a method that isn't named anybody may use. ``caller`` and
    ``now`` hold while a request is answered.
    """

    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    scopes: ClassVar[Mapping[str, Scope]] = {}
    parameters: ClassVar[Sequence[Parameter]] = ()
    is_list: ClassVar[bool] = False
    serializer_class: ClassVar[type[BaseSerializer[Any]] | None] = None  # of which ?fields= names fields
    deprecation: ClassVar[Deprecation | None] = None
    # Methods that ask which version was seen: see versions.py
    versioned: ClassVar[frozenset[str]] = frozenset()

    version: str = ""  # of what is told, where it has one
    caller: Caller = ANYBODY
    now: datetime

    @classmethod
    def scope_for(cls, method: str | None) -> Scope | None:
        """None also for a method that it hasn't got: whoever asks is told just that."""
        asked = "GET" if method == "HEAD" else method or ""
        return cls.scopes.get(asked) if hasattr(cls, asked.lower()) else None

    @classmethod
    def parameters_of(cls, method: str | None) -> list[Parameter]:
        if method not in _READING:
            return []
        sparse = [fields_parameter(cls.serializer_class)] if cls.serializer_class else []
        return [*cls.parameters, *(PAGING if cls.is_list else ()), *sparse]

    @classmethod
    def headers_of(cls, method: str | None) -> list[OpenApiParameter]:
        """Headers that a method understands beside those that all do."""
        seen = [SEEN_PARAMETER] if method in cls.versioned else []
        return [*seen, KEY_PARAMETER] if method == "POST" else seen

    @property
    def company(self) -> Company:
        """The caller's. Raises a Problem for whoever acts for none."""
        if self.caller.company is None:
            raise not_allowed()
        return self.caller.company

    @property
    def person(self) -> User:
        if self.caller.user is None:
            raise NotAuthenticated
        return self.caller.user

    def page(self) -> PageAsked:
        return page_asked(self.request)

    def hold_still_told(self, request: Request) -> None:
        """Raise a Problem where what a ``post`` answered before may not be told any more. See once.py."""

    def told(self, record: object, *, status: int = 200, location: str = "") -> Response:
        """One record, with the fields that are asked for."""
        headers = {"Location": location} if location else {}
        return Response(self._serialized(record, is_many=False), status=status, headers=headers)

    def told_page(
        self, records: Sequence[object], page: PageAsked, following: Sequence[Any] | None
    ) -> Response:
        """One page of records; ``following`` is the key of its last row where there are more."""
        results = self._serialized(records, is_many=True)
        return Response({"results": results, "next": page.address_after(following)})

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with ExitStack() as self._while_answering:
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, Response):
                response.render()
        assert isinstance(response, HttpResponse)  # noqa: S101  nothing here is streamed
        return self._finished(request, response)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.now = timezone.now()
        super().initial(request, *args, **kwargs)
        if request.method not in _READING and self.caller.user is not None:
            work = at_work(person=self.caller.user.pk, place=request.path)
            self._while_answering.enter_context(work)
        if not self._has(request.method):
            self.http_method_not_allowed(request)
        checked(dict(request.GET.lists()), self.parameters_of(request.method))

    def _has(self, method: str | None) -> bool:
        name = (method or "").lower()
        return name in self.http_method_names and hasattr(self, name)

    def perform_authentication(self, request: Request) -> None:
        super().perform_authentication(request)
        self.caller = caller_of(request)
        if self.caller.token is not None and is_without_second_factor(self.person):
            raise not_allowed(gettext("Turn on log-in in two steps again: the office's tokens need it."))

    def check_permissions(self, request: Request) -> None:
        needed = self.scope_for(request.method)
        if needed is None:
            return
        if self.caller.user is None:
            raise NotAuthenticated
        if needed not in self.caller.scopes:
            raise scope_missing(needed)

    def _serialized(self, record: Any, *, is_many: bool) -> Any:
        assert self.serializer_class is not None  # noqa: S101  whoever tells something says how
        context = {"fields": kept_fields(self.request) if self.request.method in _READING else None}
        serializer: Any = self.serializer_class(record, many=is_many, context=context)
        return serializer.data

    def _finished(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        patch_vary_headers(response, ["Accept", "Accept-Language", "Authorization", "Cookie"])
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if self.deprecation is not None:
            _tell(response, self.deprecation)
        is_told = request.method in _READING or self.version
        if not is_told or response.status_code not in (200, 201):
            return response
        etag = mark_of(self.version, response.content)
        response.headers["ETag"] = etag
        if request.method not in _READING:
            return response
        known = get_conditional_response(request, etag=etag, response=response)
        return known if known is not None and known.status_code == 304 else response


def _tell(response: HttpResponse, deprecation: Deprecation) -> None:
    """RFC 9745 and RFC 8594."""
    since = datetime.combine(deprecation.since, time(), UTC).timestamp()
    ends = datetime.combine(deprecation.ends, time(), UTC).timestamp()
    response.headers["Deprecation"] = f"@{since:.0f}"
    response.headers["Sunset"] = http_date(ends)
    response.headers["Link"] = f'<{deprecation.instead}>; rel="successor-version"'
