"""What mail somebody gets, changed by the signed address in it: no log-in is needed."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from matching.delivery import links
from matching.delivery.alerts import ALERTED
from matching.delivery.former import current_recipient
from matching.delivery.preferences import Preferences, leave_all, save_preferences, save_rhythms, unmute_all
from matching.delivery.timetable import FROM, NIGHT
from matching.delivery.topics import subscription_name
from matching.models import Recipient, Subscription
from matching.views.notification_form import RHYTHMS

IMMEDIATE = "immediate"
HOURS = [(hour, f"{hour:02}:00") for hour in range(FROM.hour, NIGHT)]


class PreferencesForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES, label=gettext_lazy("Language of the mail"))
    send_hour = forms.TypedChoiceField(choices=HOURS, coerce=int, label=gettext_lazy("Not before"))
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("Such as Europe/Stockholm or Asia/Kolkata."),
        widget=forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
    )
    wants_weekends = forms.BooleanField(required=False, label=gettext_lazy("At weekends too"))

    wants_alerts = forms.BooleanField(
        required=False, label=gettext_lazy("Alerts as well, when something can't wait for the digest")
    )

    def __init__(
        self, *args: Any, subscriptions: list[Subscription], has_alerts: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not has_alerts:
            del self.fields["wants_alerts"]
        self.rhythms = []
        for each in subscriptions:
            choices = [*RHYTHMS[:1], (IMMEDIATE, _("Within the hour, by day")), *RHYTHMS[1:]]
            self.fields[f"rhythm-{each.pk}"] = forms.ChoiceField(
                choices=choices if each.kind == Subscription.Kind.TOPICS else RHYTHMS,
                label=subscription_name(each),
                initial=_rhythm(each),
            )
            self.rhythms.append(f"rhythm-{each.pk}")

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        if name not in available_timezones():
            raise forms.ValidationError(_("There is no time zone of that name."))
        return ZoneInfo(name).key

    @property
    def rhythm_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.rhythms]


def _rhythm(subscription: Subscription) -> str:
    if subscription.ended_at is not None:
        return "off"
    if subscription.is_immediate:
        return IMMEDIATE
    return "daily" if subscription.weekday is None else str(subscription.weekday)


@never_cache
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Rhythm of each subscription, language, hour and zone; or leave everything at once."""
    recipient = current_recipient(links.recipient_of(token))
    if recipient is None:
        raise Http404
    with translation.override(recipient.mail_language):
        return _answer(request, recipient, token)


def _answer(request: HttpRequest, recipient: Recipient, token: str) -> HttpResponse:
    now = timezone.now()
    do = request.POST.get("do", "")
    if do == "leave":
        leave_all(recipient.pk, now=now)
        messages.success(request, _("You get no more of these mails."))
        return redirect("matching:preferences", token)
    if do == "unmute":
        unmute_all(recipient.pk)
        messages.success(request, _("Nothing is left out any more."))
        return redirect("matching:preferences", token)
    subscriptions = list(recipient.subscriptions.with_what_is_read().order_by("pk"))
    initial = {
        "language": recipient.mail_language,
        "send_hour": recipient.send_hour,
        "time_zone": recipient.time_zone,
        "wants_weekends": recipient.wants_weekends,
        "wants_alerts": recipient.wants_alerts,
    }
    form = PreferencesForm(
        request.POST or None,
        initial=initial,
        subscriptions=subscriptions,
        has_alerts=any(each.kind in ALERTED for each in subscriptions),
    )
    if form.is_valid():
        told = form.cleaned_data
        save_preferences(
            recipient.pk,
            Preferences(
                told["language"],
                told["send_hour"],
                told["time_zone"],
                told["wants_weekends"],
                told.get("wants_alerts", recipient.wants_alerts),
            ),
        )
        save_rhythms({each.pk: told[f"rhythm-{each.pk}"] for each in subscriptions}, now=now)
        messages.success(request, _("Saved."))
        return redirect("matching:preferences", token)
    context = {
        "recipient": recipient,
        "form": form,
        "zones": ("Europe/Stockholm", "Asia/Kolkata", "Europe/London", "America/New_York"),
        "has_some": any(each.ended_at is None for each in subscriptions),
        "muted": recipient.mutes.count(),
    }
    return render(request, "matching/preferences.html", context, status=422 if form.is_bound else 200)
