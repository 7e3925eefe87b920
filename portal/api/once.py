"""``Idempotency-Key``: sending the same again does nothing twice, and is answered as the first time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.kept_answers import (
    Answered,
    KeyOfAnother,
    Sent,
    StillAnswering,
    answer_kept,
    keep_answer,
)
from portal.api.problems import Mistake, bad_parameters, key_of_another, still_answering

NAME = "Idempotency-Key"
_PATTERN = r"^[!-~]{1,255}$"
Method = Callable[..., Response]

KEY_PARAMETER = OpenApiParameter(
    NAME,
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": _PATTERN},
    OpenApiParameter.HEADER,
    description="A text of your choice, kept for a day: the same sent again under it is done once",
)


def once(method: Method) -> Method:
    """For a view's ``post``: under a key it is done once. What was refused may be sent again."""

    @wraps(method)
    def post(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(NAME)
        if key is None:
            return method(view, request, *args, **kwargs)
        if re.fullmatch(_PATTERN, key) is None:
            raise bad_parameters([Mistake(NAME, gettext("It must be 1 to 255 letters of ASCII."))])
        sent = Sent(view.person, view.caller.company, key, _told(request))
        with transaction.atomic():
            known = _kept(sent)
            if known is not None:
                view.hold_still_told(request)
                return _again(known)
            response = method(view, request, *args, **kwargs)
            # As it will be sent: what is kept needs nothing more to become text.
            body = None if response.data is None else json.loads(json.dumps(response.data, default=str))
            answered = Answered(response.status_code, body, response.headers.get("Location", ""))
            keep_answer(sent, answered, now=view.now)
        return response

    post.is_once = True  # type: ignore[attr-defined]
    return post


def _told(request: Request) -> bytes:
    raw = request._request
    return b"\n".join([str(raw.method).encode(), raw.get_full_path().encode(), raw.body])


def _kept(sent: Sent) -> Answered | None:
    try:
        return answer_kept(sent)
    except StillAnswering:
        raise still_answering() from None
    except KeyOfAnother:
        raise key_of_another() from None


def _again(known: Answered) -> Response:
    headers = {"Idempotency-Replayed": "true"} | ({"Location": known.location} if known.location else {})
    return Response(known.body, status=known.status, headers=headers)
