"""See what a member sees: with a reason, on the ledger, and told to the company."""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from opportunities.chain import LedgerKind
from opportunities.services import About, write_ledger
from portal.accounts.http import OfficeRequest
from portal.accounts.looking import LONGEST_REASON, LOOK_LASTS, begin_look, end_look
from portal.accounts.models import Company
from portal.accounts.office_looks import LOOKING
from portal.accounts.roles import office_required


class LookForm(forms.Form):
    because = forms.CharField(
        label=_("Why do you need to see it?"),
        help_text=_("The company reads it. “Maja asked why tender 17 isn't on the list” is a good reason."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "POST"])
@office_required
def look(request: OfficeRequest, company_id: int) -> HttpResponse:
    """Ask for the reason, and begin. Only a company that is shown anything can be looked at."""
    company = get_object_or_404(Company, pk=company_id, approved_at__isnull=False)
    form = LookForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {
            "section": "members",
            "company": company,
            "form": form,
            "minutes": LOOK_LASTS.seconds // 60,
        }
        return render(request, "portal/look.html", context, status=422 if form.is_bound else 200)
    now = timezone.now()
    with transaction.atomic():
        begun = begin_look(company, by=request.user, because=form.cleaned_data["because"], now=now)
        write_ledger(
            LedgerKind.IMPERSONATED,
            by=request.user,
            now=now,
            about=About(company=company.pk),
            because=begun.because,
            details={"minutes": LOOK_LASTS.seconds // 60},
        )
    request.session[LOOKING] = begun.pk
    return redirect("matching:matches")


@require_POST
@office_required
def end(request: OfficeRequest) -> HttpResponse:
    number = request.session.pop(LOOKING, None)
    if number is not None:
        end_look(number, by=request.user, now=timezone.now())
    return redirect("dashboards:members")
