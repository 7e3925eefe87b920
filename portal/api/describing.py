"""How views are described in the schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from portal.api.problems import MEDIA_TYPE

Method = TypeVar("Method", bound=Callable[..., Any])
_ALWAYS = {
    401: "Who asks is not known: no token, or one that opens nothing",
    403: "Whoever asks may not do this",
    406: "No format that is accepted",
    429: "Asked too often; Retry-After says when to go on",
}
_OF_BODIES = {
    413: "What was sent is too large",
    415: "It is sent as something else than JSON",
    422: "What was sent doesn't hold: errors names the fields",
}
_UNDER_A_KEY = "The same Idempotency-Key is being answered this moment"
_OF_VERSIONS = {
    412: "It has been changed since it was read",
    428: "If-Match is missing",
}


class MistakeSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="The parameter or field")
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """What went wrong (RFC 9457). Programs go by `type`; the words are for people, in their language."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    instance = serializers.CharField()
    detail = serializers.CharField(required=False)
    errors = MistakeSerializer(many=True, required=False)  # type: ignore[assignment]


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "portal.api.authentication.ByToken"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        about = "A token of yours, made under Your account: “Authorization: Bearer setu_…”."
        return {"type": "http", "scheme": "bearer", "description": about}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "portal.api.authentication.BySession"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        about = "Being logged in on the pages. What changes something wants the header X-CSRFToken as well."
        return {"type": "apiKey", "in": "cookie", "name": "session", "description": about}


class ApiSchema(AutoSchema):
    """Takes the parameters of a view from the view itself."""

    def get_override_parameters(self) -> list[Any]:
        view: Any = self.view
        documented = [one.documented() for one in view.parameters_of(self.method)]
        documented.append(
            OpenApiParameter(
                "Accept-Language",
                {"type": "string"},
                OpenApiParameter.HEADER,
                description="sv or en: the language of what people read",
            )
        )
        return documented + list(view.headers_of(self.method))

    # What a view's docstring says is for us.
    def get_description(self) -> str:  # type: ignore[override]
        return ""

    def get_operation_id(self) -> str:
        name: str = type(self.view).__name__
        return f"{self.method.lower()}{name}"

    def get_auth(self) -> list[Any]:
        view: Any = self.view
        scope = view.scope_for(self.method)
        auth = [one | {"token": [scope]} if scope and "token" in one else one for one in super().get_auth()]
        # What everybody may ask is asked without saying who one is, too.
        return [*auth, {}] if scope is None and {} not in auth else auth


def described(  # noqa: PLR0913  what an operation is made of
    summary: str,
    *,
    answer: Any = None,
    status: int = 200,
    takes: Any = None,
    tag: str,
    problems: Mapping[int, str] | None = None,
    others: Mapping[int, str] | None = None,
    is_versioned: bool = False,
) -> Callable[[Method], Method]:
    """Say of a view's method what it takes, what it answers, and by which problems it may refuse.

    ``is_versioned`` for one that asks by If-Match which version was seen.
    """
    responses: dict[Any, Any] = {status: OpenApiResponse(answer, description=summary)}
    for code, about in (others or {}).items():
        responses[code] = OpenApiResponse(description=about)
    told = {400: "An unknown parameter or field, or a value that isn't known", **_ALWAYS}
    told |= _OF_VERSIONS if is_versioned else {}
    told |= problems or {}

    def describe(method: Method) -> Method:
        if takes or method.__name__ == "post":
            told.update(_OF_BODIES)
        if method.__name__ == "post":
            told[409] = f"{told[409]}. Or: {_UNDER_A_KEY}" if 409 in told else _UNDER_A_KEY
        for code, about in sorted(told.items()):
            responses[code, MEDIA_TYPE] = OpenApiResponse(ProblemSerializer, description=about)
        documented: Method = extend_schema(summary=summary, responses=responses, request=takes, tags=[tag])(
            method
        )
        return documented

    return describe
