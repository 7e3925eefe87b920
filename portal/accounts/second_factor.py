from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.roles import is_office

# What somebody needs on the way to a second factor, and to turn back.
_OPEN_ROUTES = frozenset(
    {
        "mfa_activate_totp",
        "mfa_index",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "account_logout",
        "set_language",
        "healthz",
    }
)


def is_without_second_factor(user: User) -> bool:
    """Whether somebody of the office has no second factor where it is asked; also of who had one before."""
    return settings.OFFICE_SECOND_FACTOR and is_office(user) and not is_mfa_enabled(user)


class OfficeSecondFactorMiddleware:
    """Lets the office to no page before it logs in with a code from the phone as well, where that is asked.

    By ``OFFICE_SECOND_FACTOR``: the office sees what nobody else may know yet, also on members' pages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        if not settings.OFFICE_SECOND_FACTOR or not request.user.is_authenticated:
            return None
        route = request.resolver_match.url_name if request.resolver_match else ""
        if route in _OPEN_ROUTES or not is_without_second_factor(request.user):
            return None
        messages.info(
            request,
            _("The office sees what nobody else may know yet: first turn on log-in in two steps."),
        )
        return redirect("mfa_activate_totp")
