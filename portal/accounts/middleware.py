from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from portal.accounts.acting import CHOSEN, acting_for
from portal.accounts.models import User
from portal.accounts.roles import is_office


class CurrentCompanyMiddleware:
    """Sets ``request.acting``: for whom the signed-in person may act; and ``request.company``, which is the
    approved company among them that was chosen, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        # The office acts for all of them, and most of its pages ask the database much already.
        is_member = (
            isinstance(user, User | SimpleLazyObject) and user.is_authenticated and not is_office(user)
        )
        acting = acting_for(user.pk if is_member else None, chosen=request.session.get(CHOSEN))
        request.acting = acting  # type: ignore[attr-defined]
        request.company = acting.company  # type: ignore[attr-defined]
        return self.get_response(request)
