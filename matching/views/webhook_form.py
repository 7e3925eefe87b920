from __future__ import annotations

from datetime import datetime

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.delivery.webhooks.posting import refusal
from matching.models import LONGEST_ADDRESS, WebhookEndpoint
from portal.lib.clocks import STOCKHOLM

Kind = WebhookEndpoint.Kind
_MOMENT = "%Y-%m-%dT%H:%M"
KINDS = (
    (Kind.MATCH_NEW.value, gettext_lazy("A new match")),
    (Kind.OPPORTUNITY_CHANGED.value, gettext_lazy("A change in what you match or follow")),
    (Kind.PROJECT_TENDERED.value, gettext_lazy("A project you follow is tendered")),
)


class KindsForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        choices=KINDS,
        label=gettext_lazy("What to tell"),
        widget=forms.CheckboxSelectMultiple,
        initial=[kind for kind, _name in KINDS],
    )


def clock_on_the_wall(moment: datetime) -> datetime:
    """As the field shows it: Stockholm's time, to the minute before."""
    return moment.astimezone(STOCKHOLM).replace(tzinfo=None)


class SinceForm(forms.Form):
    since = forms.DateTimeField(
        label=gettext_lazy("Since when, Stockholm time"),
        input_formats=[_MOMENT],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "required": True}, format=_MOMENT),
    )

    def clean_since(self) -> datetime:
        moment: datetime = self.cleaned_data["since"]
        # The field reads the clock on the wall; the wall stands in Stockholm.
        return moment.replace(tzinfo=STOCKHOLM)


class EndpointForm(KindsForm):
    field_order = ("address", "kinds")
    address = forms.CharField(
        max_length=LONGEST_ADDRESS,
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("Starts with https:// and answers on the open internet."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
    )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        match refusal(address, allow_loopback=settings.WEBHOOKS_ALLOW_LOOPBACK):
            case "":
                return address
            case "scheme":
                raise forms.ValidationError(_("The address must start with https://."))
            case "private":
                raise forms.ValidationError(_("That address leads into a private network."))
        raise forms.ValidationError(_("That isn't an address, or it holds a password."))
