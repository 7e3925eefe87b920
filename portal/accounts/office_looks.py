"""A look of the office, from request to request: which pages it opens, and that nothing is written."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.http import OfficeRequest
from portal.accounts.looking import standing_look
from portal.accounts.models import OfficeLook
from portal.accounts.roles import is_office

LOOKING = "office_look"  # where the session keeps which look goes on
# What Setu shows a company. What the company itself says or does is left out: follows, verdicts, notes,
# shares, saved searches, requests to partners, the calendar, which has what is followed, and settings.
SHOWN_PAGES = frozenset(
    {
        "matching:matches",
        "dashboards:overview",
        "dashboards:explore",
        "dashboards:early_stage",
        "dashboards:project",
        "dashboards:opportunity",
        "dashboards:buyers",
        "dashboards:buyer",
        "dashboards:cities",
        "dashboards:city",
    }
)
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_MAY_BE_SENT = frozenset({"dashboards:end_look", "account_logout", "set_language"})


class OfficeLookMiddleware:
    """Sets ``request.office_look``, while one goes on, and on ``SHOWN_PAGES`` its company and ``is_guest``.

    Who looks stays one of the office in everything else. While a look goes on no form is taken.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.office_look = None  # type: ignore[attr-defined]
        request.is_guest = False  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: OfficeRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        number = request.session.get(LOOKING)
        if number is None or not is_office(request.user):
            return None
        route = request.resolver_match.view_name if request.resolver_match else ""
        look = standing_look(number, by=request.user, at=timezone.now())
        if look is None:
            return _over(request, route)
        return _guided(request, look, route)


def _over(request: OfficeRequest, route: str) -> HttpResponse | None:
    """Its time is up: what was open with it is closed, the rest goes on."""
    del request.session[LOOKING]
    messages.info(request, _("Your look at what a member sees is over. Begin another if you need it."))
    is_closed = route in SHOWN_PAGES and route != "dashboards:opportunity"
    return redirect("dashboards:members") if is_closed else None


def _guided(request: OfficeRequest, look: OfficeLook, route: str) -> HttpResponse | None:
    request.office_look = look
    if request.method not in _READING and route not in _MAY_BE_SENT:
        return render(request, "accounts/nothing_changes.html", status=403)
    if request.method in _READING and route in SHOWN_PAGES:
        request.company = look.company  # type: ignore[attr-defined]
        request.is_guest = True
    return None
