from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from portal.accounts.models import Company, User
from portal.accounts.roles import is_office


class CurrentCompanyMiddleware:
    """Sets ``request.company``: the approved company the signed-in person acts for, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.company = _company_of(request.user)  # type: ignore[attr-defined]
        return self.get_response(request)


def _company_of(user: object) -> Company | None:
    if not isinstance(user, User | SimpleLazyObject) or not getattr(user, "is_authenticated", False):
        return None
    if is_office(user):  # acts for all of them, and most pages of the office ask the database much already
        return None
    return Company.objects.filter(people=user.pk, approved_at__isnull=False).order_by("pk").first()
