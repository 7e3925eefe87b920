"""A digest sent to one of the office, as a member would get it: for a reason that the member reads."""

from __future__ import annotations

from typing import Any

from anymail.exceptions import AnymailError
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from matching.delivery.trials import TrialOutcome, send_office_trial
from matching.models import CapabilityProfile, Recipient, Subscription
from matching.selectors.readers import companies_with_profiles, readers_of, standing_profiles
from matching.templatetags.profile_words import ON_WEEKDAYS
from opportunities.chain import LedgerKind
from opportunities.services import About, write_ledger
from portal.accounts.http import OfficeRequest
from portal.accounts.limits import limited
from portal.accounts.looking import LONGEST_REASON, begin_look, end_look
from portal.accounts.models import Company, User
from portal.accounts.roles import office_required
from portal.lib.numbers import number_in


class TrialForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why do you need to see it?"),
        help_text=gettext_lazy("The company reads it, and it stands on the ledger."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers = {f"subscription-{each.pk}": each for each in readers_of(company)}
        self.profiles = {f"profile-{each.pk}": each for each in standing_profiles(company)}
        choices = [
            *((key, _in_words(each)) for key, each in self.readers.items()),
            *(
                (key, _("%(profile)s: as somebody who begins today") % {"profile": each.name})
                for key, each in self.profiles.items()
            ),
        ]
        self.fields["whose"] = forms.ChoiceField(
            choices=choices, label=_("Whose digest"), widget=forms.RadioSelect
        )
        self.order_fields(["whose", "because"])

    def subscription(self, by: User) -> Subscription:
        """What was chosen. Only of a form that is valid."""
        chosen = self.cleaned_data["whose"]
        return self.readers.get(chosen) or _unsaved(self.profiles[chosen], by)


@require_http_methods(["GET", "POST"])
@limited("test_digest")
@office_required
def digest_trial(request: OfficeRequest) -> HttpResponse:
    """Choose a company, then whose mail. The company is told, as of any look at what it is shown."""
    asked = request.POST if request.method == "POST" else request.GET
    number = number_in(asked.get("company", ""))
    company = companies_with_profiles().filter(pk=number).first() if number else None
    if company is None:
        return _page(request, None, None, status=200 if request.method == "GET" else 422)
    form = TrialForm(request.POST if request.method == "POST" else None, company=company)
    if not form.is_valid():
        return _page(request, company, form, status=422 if form.is_bound else 200)
    try:
        outcome = _send(request.user, company, form)
    except (OSError, AnymailError):
        messages.error(request, _("Your mail server did not take the mail. Try again once it works."))
        return redirect("matching:digests")
    if outcome is TrialOutcome.SENT:
        messages.success(
            request, _("Sent to %(address)s, marked as a test.") % {"address": request.user.email}
        )
    elif outcome is TrialOutcome.NOTHING:
        messages.info(request, _("There is nothing to tell just now, so no mail was sent."))
    else:
        messages.error(
            request, _("Nothing was sent: your address isn't confirmed, or mail to it has stopped.")
        )
    return redirect("matching:digests")


def _send(by: User, company: Company, form: TrialForm) -> TrialOutcome:
    now, because = timezone.now(), form.cleaned_data["because"]
    # Noted first: whatever the mail server says then, the office has looked.
    with transaction.atomic():
        look = begin_look(company, by=by, because=because, now=now)
        end_look(look.pk, by=by, now=now)
        write_ledger(
            LedgerKind.IMPERSONATED,
            by=by,
            now=now,
            about=About(company=company.pk),
            because=because,
            details={"minutes": 0},
        )
    return send_office_trial(form.subscription(by), to=by, now=now)


def _in_words(subscription: Subscription) -> str:
    """Only of a subscription to a profile, which a person with an account has."""
    user, weekday = subscription.recipient.user, subscription.weekday
    return _("%(profile)s: %(name)s, %(rhythm)s") % {
        "profile": subscription.profile.name if subscription.profile else "",
        "name": user.name or user.email if user else "",
        "rhythm": (_("every working day") if weekday is None else str(ON_WEEKDAYS[weekday]).lower()),
    }


def _unsaved(profile: CapabilityProfile, by: User) -> Subscription:
    now = timezone.now()
    reader = Recipient(user=by, language=by.language, created_at=now)
    return Subscription(recipient=reader, profile=profile, created_at=now)


def _page(
    request: OfficeRequest, company: Company | None, form: TrialForm | None, *, status: int
) -> HttpResponse:
    context = {
        "section": "mail",
        "company": company,
        "companies": [] if company else list(companies_with_profiles()),
        "form": form,
    }
    return render(request, "matching/digest_trial.html", context, status=status)
