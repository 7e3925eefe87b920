"""What a link of an invitation leads to."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.accounts.acting import CHOSEN
from portal.accounts.invitation_form import NewcomerForm
from portal.accounts.inviting import accept_as_newcomer, accept_invitation, invitation_with
from portal.accounts.limits import limited
from portal.accounts.models import Invitation, User


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
@limited("invitation")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, for programs that scan mail follow every link; POST accepts."""
    found = invitation_with(token)
    if found is None:
        raise Http404
    if not Invitation.objects.open_at(timezone.now()).filter(pk=found.pk).exists():
        return render(request, "accounts/invitation_over.html", status=410)
    if isinstance(request.user, User):
        return _accept_as(request.user, request, found)
    if User.objects.filter(email__iexact=found.email).exists():
        return render(request, "accounts/invitation.html", {"invitation": found, "log_in_first": True})
    with translation.override(found.language):
        return _make_account(request, found)


def _accept_as(user: User, request: HttpRequest, found: Invitation) -> HttpResponse:
    if user.role != User.Role.MEMBER:
        raise PermissionDenied
    if request.method == "GET":
        return render(request, "accounts/invitation.html", {"invitation": found})
    if accept_invitation(found.pk, user=user, now=timezone.now()):
        messages.success(request, _("You now act for %(company)s.") % {"company": found.company.name})
        request.session[CHOSEN] = found.company_id
    return redirect("home")


def _make_account(request: HttpRequest, found: Invitation) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = NewcomerForm(posted, email=found.email, language=found.language)
    if not form.is_valid():
        context = {"invitation": found, "form": form}
        return render(request, "accounts/invitation.html", context, status=422 if form.is_bound else 200)
    if accept_as_newcomer(found.pk, form.person(), now=timezone.now()):
        messages.success(request, _("Your account is made. Log in with it."))
    return redirect("account_login")
