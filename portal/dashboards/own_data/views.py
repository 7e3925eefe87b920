"""Pages on which people take their data along, or have it forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.colleagues import LastOwner
from portal.accounts.http import CompanyRequest, PersonRequest
from portal.accounts.limits import limited
from portal.accounts.models import User
from portal.accounts.roles import owner_required, person_required
from portal.dashboards.own_data.erase import erase_company, erase_person
from portal.dashboards.own_data.export import KeptRows, kept_about_company, kept_about_person


class PasswordForm(forms.Form):
    """Asks for the password before something that can't be undone."""

    password = forms.CharField(
        label=gettext_lazy("Your password, to show that it is you"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This isn't your password."))
        return password


@require_GET
@person_required
def own_data(request: PersonRequest) -> HttpResponse:
    return render(request, "portal/own_data/own_data.html", {"is_owner": request.acting.is_owner})


@require_GET
@never_cache
@person_required
def download(request: PersonRequest) -> HttpResponse:
    return _file("setu-my-data", kept_about_person(request.user), at=timezone.now())


@require_GET
@never_cache
@owner_required
def download_company(request: CompanyRequest) -> HttpResponse:
    now = timezone.now()
    return _file("setu-our-company", kept_about_company(request.company, at=now), at=now)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@person_required
@limited("erase")
def delete_account(request: PersonRequest) -> HttpResponse:
    form = PasswordForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        try:
            erase_person(request.user, now=timezone.now())
        except LastOwner:
            form.add_error(
                None, _("You alone answer for the company: make a colleague an owner, or delete it first.")
            )
        else:
            logout(request)
            messages.success(request, _("Your account is deleted."))
            return redirect("account_login")
    status = 422 if form.is_bound else 200
    return render(request, "portal/own_data/delete_account.html", {"form": form}, status=status)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@owner_required
@limited("erase")
def delete_company(request: CompanyRequest) -> HttpResponse:
    form = PasswordForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        said = {"company": request.company.name}
        erase_company(request.company, by=request.user, now=timezone.now())
        messages.success(request, _("%(company)s is deleted, and the office is told.") % said)
        return redirect("home")
    status = 422 if form.is_bound else 200
    return render(request, "portal/own_data/delete_company.html", {"form": form}, status=status)


def _file(name: str, kept: list[KeptRows], *, at: datetime) -> HttpResponse:
    said = {"made_at": at, "kept": {each.table: each.rows for each in kept}}
    response = JsonResponse(said, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{at:%Y-%m-%d}.json"'
    return response
