"""The office decides who may act for which company."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opportunities.services import admit_company, refuse_company
from portal.accounts.http import OfficeRequest
from portal.accounts.models import Registration
from portal.accounts.registration_form import RefusalForm
from portal.accounts.registrations import decided_registrations, waiting_registrations
from portal.accounts.roles import office_required


@require_GET
@office_required
def registrations(request: OfficeRequest) -> HttpResponse:
    """What waits, and what was decided lately."""
    return _page(request)


@require_POST
@office_required
def approve(request: OfficeRequest, registration_id: int) -> HttpResponse:
    found = _registration(registration_id)
    if admit_company(found.pk, by=request.user, now=timezone.now()):
        messages.success(
            request,
            _("%(name)s now acts for %(company)s, and is told so by mail.")
            % {"name": found.user.name, "company": found.company_name},
        )
    else:
        messages.info(request, _("Somebody had decided already."))
    return redirect("dashboards:registrations")


@require_POST
@office_required
def refuse(request: OfficeRequest, registration_id: int) -> HttpResponse:
    found = _registration(registration_id)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, refusing=found.pk, form=form)
    because = form.cleaned_data["because"]
    if refuse_company(found.pk, because=because, by=request.user, now=timezone.now()):
        messages.success(request, _("Refused. %(name)s is told why by mail.") % {"name": found.user.name})
    else:
        messages.info(request, _("Somebody had decided already."))
    return redirect("dashboards:registrations")


def _registration(registration_id: int) -> Registration:
    confirmed = Registration.objects.exclude(confirmed_at=None).select_related("user")
    found = confirmed.filter(pk=registration_id).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: OfficeRequest, *, refusing: int | None = None, form: RefusalForm | None = None
) -> HttpResponse:
    context = {
        "section": "registrations",
        "now": timezone.now(),
        "waiting": waiting_registrations(),
        "decided": decided_registrations(),
        "refusing": refusing,
        "form": form or RefusalForm(auto_id="because-%s"),
    }
    status = 200 if form is None else 422
    return render(request, "accounts/registrations.html", context, status=status)
