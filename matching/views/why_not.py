"""Why a tender that someone has in mind isn't in the list."""

from __future__ import annotations

from django import forms
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from matching.selectors import profiles_of
from matching.services.encoder import current_meaning
from matching.services.why_not_shown import why_not_shown
from matching.views.profiles import chosen_profile
from portal.accounts.http import CompanyRequest
from portal.accounts.models import User
from portal.accounts.roles import company_required

LONGEST_TEXT = 20_000
# Scoring a text costs some milliseconds; a person doesn't ask more often than this.
MOST_QUESTIONS = 30
_WITHIN_SECONDS = 600


class WhyNotForm(forms.Form):
    text = forms.CharField(
        max_length=LONGEST_TEXT,
        label=_("The tender's number, link or title, or its text"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@require_http_methods(["GET", "POST"])
@company_required
def why_not(request: CompanyRequest) -> HttpResponse:
    """Nothing that is asked here is stored."""
    profiles = profiles_of(request.company)
    profile = chosen_profile(profiles, request.POST.get("profile", request.GET.get("profile", "")))
    if profile is None:
        return render(request, "matching/no_profile.html", {"section": "matches"})
    now = timezone.now()
    context = {"section": "matches", "now": now, "profile": profile, "profiles": profiles}
    if request.method == "GET":
        return render(request, "matching/why_not.html", context | {"form": WhyNotForm()})
    form = WhyNotForm(request.POST)
    if not _may_ask(request.user):
        return render(
            request, "matching/why_not.html", context | {"form": form, "too_many": True}, status=429
        )
    if not form.is_valid():
        return render(request, "matching/why_not.html", context | {"form": form}, status=422)
    answer = why_not_shown(profile, form.cleaned_data["text"], now=now)
    evidence = [each.offered for part in answer.parts for each in part.evidence if each.kind != "meaning"]
    context |= {"form": form, "answer": answer, "evidence": evidence, "meaning": current_meaning()}
    return render(request, "matching/why_not.html", context)


def _may_ask(user: User) -> bool:
    """Counted for each person, and forgotten after a while without questions."""
    key = f"why-not-{user.pk}"
    asked = cache.get(key, 0)
    if asked >= MOST_QUESTIONS:
        return False
    cache.set(key, asked + 1, _WITHIN_SECONDS)
    return True
