"""What became of what a company follows."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from matching.models import Outcome
from matching.services import ToldOutcome, tell_outcome
from matching.views.returning import back_to_page
from portal.accounts.http import CompanyRequest
from portal.accounts.roles import company_required


class OutcomeForm(forms.Form):
    """Of an empty answer nothing is left but its trace."""

    stage = forms.ChoiceField(choices=Outcome.Stage.choices, required=False)
    reason = forms.ChoiceField(choices=Outcome.Reason.choices, required=False)


@require_POST
@company_required
def outcome(request: CompanyRequest, opportunity_id: int) -> HttpResponse:
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the answers."))
        return back_to_page(request, otherwise="matching:followed")
    told = ToldOutcome(form.cleaned_data["stage"], form.cleaned_data["reason"])
    if not tell_outcome(opportunity_id, told, company=request.company, by=request.user, now=timezone.now()):
        raise Http404
    messages.success(request, _("Noted, for your company alone."))
    return back_to_page(request, otherwise="matching:followed")
