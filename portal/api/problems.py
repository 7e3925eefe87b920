"""What went wrong, as RFC 9457 has it, in the language of who asks."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 5  # seconds, while the database is away


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with one parameter or field."""

    name: str
    detail: str


class Problem(exceptions.APIException):
    """What an answer says went wrong. ``kind`` is the same for ever; what people read may change."""

    def __init__(  # noqa: PLR0913  the parts of an answer
        self,
        status: int,
        kind: str,
        title: str | Promise,
        detail: str | Promise = "",
        *,
        mistakes: Iterable[Mistake] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(str(detail or title), kind)
        self.status_code = status
        self.kind, self.title, self.told = kind, title, detail
        self.mistakes = tuple(mistakes)
        self.headers = dict(headers or {})


def bad_parameters(mistakes: Iterable[Mistake]) -> Problem:
    return Problem(400, "bad-parameters", _("The address asks for something unknown"), mistakes=mistakes)


def not_allowed(detail: str = "") -> Problem:
    return Problem(403, "not-allowed", _("You may not do this"), detail)


def scope_missing(scope: str) -> Problem:
    return Problem(
        403,
        "scope-missing",
        _("The token isn't made for this"),
        _("This needs the scope “%(scope)s”.") % {"scope": scope},
        headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
    )


def unknown_fields(mistakes: Iterable[Mistake]) -> Problem:
    return Problem(400, "unknown-fields", _("What was sent names something unknown"), mistakes=mistakes)


def not_found() -> Problem:
    return Problem(404, "not-found", _("There is no such thing"))


def clash(detail: str) -> Problem:
    return Problem(409, "clash", _("Something else stands in the way"), detail)


def still_answering() -> Problem:
    return Problem(
        409,
        "still-answering",
        _("The same is being done this moment"),
        _("Send it again after Retry-After; it is done once."),
        headers={"Retry-After": "1"},
    )


def key_of_another() -> Problem:
    return Problem(
        422,
        "key-of-another",
        _("The Idempotency-Key was sent with something else before"),
        _("Choose a new key for what is new."),
    )


def changed_meanwhile() -> Problem:
    return Problem(
        412,
        "changed-meanwhile",
        _("It has been changed since"),
        _("Read it again, and send the ETag that you get as If-Match."),
    )


def version_missing() -> Problem:
    return Problem(
        428, "version-missing", _("Say which version you have seen"), _("Send its ETag as If-Match.")
    )


def not_understood(mistakes: Iterable[Mistake]) -> Problem:
    return Problem(422, "not-understood", _("Something in what was sent doesn't hold"), mistakes=mistakes)


_TITLES: dict[int, tuple[str, Any]] = {
    400: ("not-readable", _("What was sent can't be read")),
    401: ("who-are-you", _("This needs a token that is alive")),
    403: ("not-allowed", _("You may not do this")),
    404: ("not-found", _("There is no such thing")),
    405: ("no-such-method", _("That can't be done here")),
    406: ("no-such-format", _("There is no answer in a format that you accept")),
    409: ("clash", _("Something else stands in the way")),
    413: ("too-large", _("What was sent is too large")),
    415: ("send-json", _("Send it as JSON")),
    429: ("too-often", _("You ask too often")),
}


def answer_problem(error: Exception, context: dict[str, Any]) -> Response:
    """For any exception of a view. What nobody foresaw is logged, and told as no more than that."""
    set_rollback()
    problem = _as_problem(error)
    request = context["request"]
    told: dict[str, Any] = {
        "type": f"urn:setu:problem:{problem.kind}",
        "title": str(problem.title),
        "status": problem.status_code,
        "instance": request.path,
    }
    if problem.told:
        told["detail"] = str(problem.told)
    if problem.mistakes:
        told["errors"] = [asdict(mistake) for mistake in problem.mistakes]
    return Response(told, status=problem.status_code, headers=problem.headers, content_type=MEDIA_TYPE)


def _as_problem(error: Exception) -> Problem:  # noqa: PLR0911  one arm for each kind
    match error:
        case Problem():
            return error
        case Http404():
            return not_found()
        case PermissionDenied():
            return not_allowed()
        case RequestDataTooBig():
            kind, title = _TITLES[413]
            return Problem(413, kind, title)
        case exceptions.ValidationError():
            return not_understood(_mistakes(error.detail))
        case exceptions.Throttled():
            return _known(error, {"Retry-After": str(max(1, math.ceil(getattr(error, "wait", None) or 1)))})
        case exceptions.APIException():
            header = getattr(error, "auth_header", None)
            return _known(error, {"WWW-Authenticate": header} if header else {})
        case OperationalError() | InterfaceError():
            logger.error("database away", extra={"reason": str(error)})
            headers = {"Retry-After": str(RETRY_AFTER)}
            return Problem(503, "not-now", _("Setu can't answer right now"), headers=headers)
    logger.error("api failed", exc_info=error)
    return Problem(500, "our-mistake", _("Something went wrong on our side"))


def _known(error: exceptions.APIException, headers: dict[str, str]) -> Problem:
    kind, title = _TITLES.get(error.status_code, ("refused", _("That can't be done")))
    detail = (
        "" if isinstance(error, exceptions.NotAuthenticated | exceptions.Throttled) else str(error.detail)
    )
    return Problem(error.status_code, kind, title, detail, headers=headers)


def _mistakes(detail: Any, name: str = "") -> list[Mistake]:
    """The serializer's nested errors, each with the way to its field."""
    if isinstance(detail, Mapping):
        pairs = [(f"{name}.{key}".strip("."), below) for key, below in detail.items()]
        return [mistake for way, below in pairs for mistake in _mistakes(below, way)]
    if isinstance(detail, list):
        found: list[Mistake] = []
        for number, below in enumerate(detail):
            is_nested = isinstance(below, Mapping | list)
            found += _mistakes(below, f"{name}.{number}" if is_nested else name)
        return found
    return [Mistake(name.removesuffix("non_field_errors").rstrip("."), str(detail))]
