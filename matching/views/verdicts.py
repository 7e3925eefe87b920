"""What a company says of its matches, and takes back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from matching.models import Verdict
from matching.selectors import dismissed_by, match_of, profiles_of, verdict_of
from matching.services import (
    Answer,
    accept_suggestion,
    record_verdict,
    suggestions_for,
    withdraw_verdict,
)
from matching.views.profiles import chosen_profile
from matching.views.returning import back_to_page
from portal.accounts.http import CompanyRequest
from portal.accounts.roles import company_required

PER_PAGE = 20
RELEVANT = "relevant"
# Under this name the session remembers what was dismissed last, until a list has offered to undo it.
_JUST_DISMISSED = "just_dismissed"


@dataclass(frozen=True, slots=True)
class Dismissal:
    """One of a moment ago, and the opportunity whose line took the place of the dismissed one."""

    verdict: Verdict
    before: int | None  # None: there is none on the list

    @property
    def place(self) -> str:
        """Where the line stands again once this is undone, as an address has it."""
        return f"#line-{self.verdict.opportunity_id}"


class VerdictForm(forms.Form):
    answer = forms.ChoiceField(choices=[(RELEVANT, RELEVANT), *Verdict.Reason.choices])
    note = forms.CharField(max_length=500, required=False)
    after = forms.IntegerField(required=False)  # the opportunity of the line that followed on the list

    def said(self) -> Answer:
        answer = self.cleaned_data["answer"]
        if answer == RELEVANT:
            return Answer(is_relevant=True)
        return Answer(is_relevant=False, reason=answer, note=self.cleaned_data["note"])


@require_POST
@company_required
def give(request: CompanyRequest, match_id: int) -> HttpResponse:
    """Say whether one of the company's matches is relevant."""
    now = timezone.now()
    match = match_of(request.company, match_id, at=now)
    if match is None:
        raise Http404
    form = VerdictForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose why it is nothing for you; a note has at most 500 characters."))
        return back_to_page(request, otherwise="matching:matches")
    verdict = record_verdict(match.pk, form.said(), by=request.user, now=now)
    if verdict.is_relevant:
        messages.success(request, _("Noted as relevant. Tenders like it will stand higher."))
    else:
        request.session[_JUST_DISMISSED] = (verdict.pk, form.cleaned_data["after"])
    return back_to_page(request, otherwise="matching:matches")


@require_POST
@company_required
def withdraw(request: CompanyRequest, verdict_id: int) -> HttpResponse:
    """Take back what the company said. A verdict that doesn't stand any more is as good as taken back."""
    if not Verdict.objects.filter(pk=verdict_id, profile__company=request.company).exists():
        raise Http404
    verdict = verdict_of(request.company, verdict_id)
    if verdict is not None:
        withdraw_verdict(verdict.pk, now=timezone.now())
        messages.success(request, _("Undone. Your list becomes what it was before, within a minute."))
    return back_to_page(request, otherwise="matching:matches")


@require_GET
@company_required
def dismissed(request: CompanyRequest) -> HttpResponse:
    """What the company took off its list."""
    now = timezone.now()
    profiles = profiles_of(request.company)
    profile = chosen_profile(profiles, request.GET.get("profile", ""))
    if profile is None:
        return render(request, "matching/no_profile.html", {"section": "matches"})
    page = Paginator(dismissed_by(profile, at=now), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "matches",
        "now": now,
        "profile": profile,
        "profiles": profiles,
        "page": page,
        "suggestions": suggestions_for(profile),
    }
    return render(request, "matching/dismissed.html", context)


@require_POST
@company_required
def accept(request: CompanyRequest, profile_id: int) -> HttpResponse:
    """Change the profile as the company's verdicts suggest."""
    if profile_id not in [profile.pk for profile in profiles_of(request.company)]:
        raise Http404
    done = accept_suggestion(profile_id, request.POST.get("suggestion", ""), now=timezone.now())
    if done is None:
        messages.info(request, _("That isn't suggested any more; your profile is as it was."))
    else:
        messages.success(request, _("Your profile is changed, and your list follows within a minute."))
    return redirect(f"{reverse('matching:dismissed')}?profile={profile_id}")


def just_dismissed(request: CompanyRequest, *, shown: Collection[int]) -> Dismissal | None:
    """What was dismissed a moment ago, to be told of once, among the opportunities that a list shows."""
    verdict_id, after = request.session.pop(_JUST_DISMISSED, (None, None))
    verdict = None if verdict_id is None else verdict_of(request.company, verdict_id)
    return None if verdict is None else Dismissal(verdict, before=after if after in shown else None)
