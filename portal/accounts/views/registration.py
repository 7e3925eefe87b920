"""Asking to act for a company, and waiting for the answer."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.http import PersonRequest
from portal.accounts.limits import limited
from portal.accounts.mail import send_account_mail
from portal.accounts.models import User
from portal.accounts.registering import register_company, register_person
from portal.accounts.registration_form import CompanyForm, RegistrationForm
from portal.accounts.registrations import is_undecided, latest_registration
from portal.accounts.roles import person_required


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@limited("signup")
def register(request: HttpRequest) -> HttpResponse:
    """For strangers. Whoever has signed in tells of a company alone."""
    if request.user.is_authenticated:
        return redirect("accounts:register_company")
    form = RegistrationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "accounts/register.html", {"form": form}, status=status)
    if not form.is_filled_by_a_program:
        _register(request, form)
    # The same for all: who has an account here is nobody's business.
    return redirect("accounts:registered")


def _register(request: HttpRequest, form: RegistrationForm) -> None:
    person = form.person()
    user = register_person(person, form.company(), now=timezone.now())
    if user is None:
        known = User.objects.get(email__iexact=person.email)
        send_account_mail("already_registered", to=known.email, language=known.language)
        return
    EmailAddress.objects.get(user=user).send_confirmation(request, signup=True)


@require_GET
def registered(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/registered.html")


@require_http_methods(["GET", "POST"])
@person_required
def another_company(request: PersonRequest) -> HttpResponse:
    """Ask to act for a company, or for one more."""
    if request.user.role != User.Role.MEMBER or is_undecided(request.user):
        return redirect("accounts:waiting")
    form = CompanyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        register_company(request.user, form.company(), now=timezone.now())
        return redirect("accounts:waiting")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/register_company.html", {"form": form}, status=status)


@require_GET
@person_required
def waiting(request: PersonRequest) -> HttpResponse:
    """How far what the person asked for has come."""
    latest = latest_registration(request.user.pk)
    if latest is None or latest.is_approved:
        return redirect("home")
    return render(
        request, "accounts/waiting.html", {"registration": latest, "company": request.acting.waiting}
    )
