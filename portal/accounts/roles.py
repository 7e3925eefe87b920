"""Who may do what."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from portal.accounts.acting import Acting
from portal.accounts.http import CompanyRequest, OfficeRequest, PersonRequest
from portal.accounts.models import User

P = ParamSpec("P")
Answer = TypeVar("Answer", bound=HttpResponseBase)


def is_office(user: object) -> bool:
    return isinstance(user, User) and user.is_active and user.role == User.Role.OFFICE


def is_observer(user: object) -> bool:
    return isinstance(user, User) and user.is_active and user.role == User.Role.OBSERVER


def overseer_required(
    view: Callable[Concatenate[PersonRequest, P], Answer],
) -> Callable[Concatenate[HttpRequest, P], Answer]:
    """For what the office and observers read: numbers that name no member. Others get 403."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        if not (is_office(request.user) or is_observer(request.user)):
            raise PermissionDenied
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded


def company_required(
    view: Callable[Concatenate[CompanyRequest, P], Answer],
) -> Callable[Concatenate[HttpRequest, P], Answer]:
    """For pages of a member company. Others who are signed in get 403."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        if getattr(request, "company", None) is None:
            raise PermissionDenied
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded


def describing_required(
    view: Callable[Concatenate[CompanyRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For pages on which a company describes itself: also for one that waits for the office's approval."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        acting: Acting = request.acting  # type: ignore[attr-defined]
        company = acting.company or acting.waiting
        if company is None:
            raise PermissionDenied
        request.company = company  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded


def owner_required(
    view: Callable[Concatenate[CompanyRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For what only whoever answers for a company may do. Others who are signed in get 403."""

    @company_required
    @wraps(view)
    def guarded(request: CompanyRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.acting.is_owner:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def person_required(
    view: Callable[Concatenate[PersonRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For pages about a person's own account, whoever it is."""
    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", login_required(view))


def office_required(
    view: Callable[Concatenate[OfficeRequest, P], Answer],
) -> Callable[Concatenate[HttpRequest, P], Answer]:
    """For pages of the coordination office. Others who are signed in get 403."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        if not is_office(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded
