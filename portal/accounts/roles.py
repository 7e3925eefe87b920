"""Who may do what."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from portal.accounts.http import CompanyRequest, OfficeRequest
from portal.accounts.models import User

P = ParamSpec("P")


def is_office(user: object) -> bool:
    return isinstance(user, User) and user.is_active and user.role == User.Role.OFFICE


def company_required(
    view: Callable[Concatenate[CompanyRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For pages of a member company. Others who are signed in get 403."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if getattr(request, "company", None) is None:
            raise PermissionDenied
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded


def office_required(
    view: Callable[Concatenate[OfficeRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For pages of the coordination office. Others who are signed in get 403."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_office(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded
