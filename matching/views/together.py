"""Notes for colleagues, and showing an opportunity to one of them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from matching.models import LONGEST_MESSAGE, LONGEST_NOTE
from matching.selectors import Reader, colleagues_of
from matching.services import remove_note, share_opportunity, write_note
from opportunities.selectors import visible_opportunities
from portal.accounts.http import CompanyRequest
from portal.accounts.models import User
from portal.accounts.roles import company_required


class NoteForm(forms.Form):
    text = forms.CharField(max_length=LONGEST_NOTE)


class ShareForm(forms.Form):
    to = forms.ModelChoiceField(User.objects.none())
    message = forms.CharField(max_length=LONGEST_MESSAGE, required=False)


def _share_form(said: QueryDict, *, reader: Reader) -> ShareForm:
    form = ShareForm(said)
    form.fields["to"] = forms.ModelChoiceField(colleagues_of(reader))
    return form


@require_POST
@company_required
def note(request: CompanyRequest, opportunity_id: int) -> HttpResponse:
    """Write a note for the company's own people."""
    known = _known(request, opportunity_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        write_note(known, form.cleaned_data["text"], by=_reader(request), now=timezone.now())
    else:
        told = _("A note needs words, at most %(most)s characters.") % {"most": LONGEST_NOTE}
        messages.error(request, told)
    return _back(known)


@require_POST
@company_required
def unwrite(request: CompanyRequest, opportunity_id: int, note_id: int) -> HttpResponse:
    """Take one of the company's notes away. One that is gone already is as good as that."""
    known = _known(request, opportunity_id)
    if not remove_note(note_id, by=_reader(request), now=timezone.now()):
        raise Http404
    return _back(known)


@require_POST
@company_required
def share(request: CompanyRequest, opportunity_id: int) -> HttpResponse:
    """Send a colleague one mail about it."""
    known = _known(request, opportunity_id)
    reader = _reader(request)
    form = _share_form(request.POST, reader=reader)
    if not form.is_valid():
        told = _("Choose a colleague; a message has at most %(most)s characters.") % {"most": LONGEST_MESSAGE}
        messages.error(request, told)
        return _back(known)
    to, message = form.cleaned_data["to"], form.cleaned_data["message"]
    share_opportunity(known, by=reader, to=to, message=message, now=timezone.now())
    messages.success(request, _("%(name)s gets a mail about it within a minute.") % {"name": to.name})
    return _back(known)


def _known(request: CompanyRequest, opportunity_id: int) -> int:
    visible = visible_opportunities(to=request.company, at=timezone.now())
    if not visible.filter(pk=opportunity_id).exists():
        raise Http404
    return opportunity_id


def _reader(request: CompanyRequest) -> Reader:
    return Reader(request.user, request.company)


def _back(opportunity_id: int) -> HttpResponse:
    answer = redirect("dashboards:opportunity", opportunity_id)
    answer["Location"] += "#together"
    return answer
