"""A person's own account."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, override
from django.views.decorators.http import require_http_methods

from portal.accounts.http import PersonRequest
from portal.accounts.looking import looks_at
from portal.accounts.models import User
from portal.accounts.roles import person_required


class PersonForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language shall we write to you?"), choices=settings.LANGUAGES
    )


@require_http_methods(["GET", "POST"])
@person_required
def account(request: PersonRequest) -> HttpResponse:
    """Name and language, and the way to everything else of one's own."""
    known = {"name": request.user.name, "language": request.user.language}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=known)
    if not form.is_valid():
        company = request.company
        context = {
            "form": form,
            "has_second_factor": is_mfa_enabled(request.user),
            "looks": looks_at(company, at=timezone.now()) if company else [],
        }
        return render(request, "accounts/account.html", context, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    User.objects.filter(pk=request.user.pk).update(name=said["name"], language=said["language"])
    response = redirect("accounts:account")
    with override(said["language"]):
        messages.success(request, gettext("Saved."))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        said["language"],
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response
