"""What the office says when it discloses: to whom, from when, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from matching.scoring.engine import DOMAINS, domain_name
from opportunities.audience import Audience, audience_of
from portal.accounts.counties import counties_by_name
from portal.lib.clocks import STOCKHOLM

_MOMENT = "%Y-%m-%dT%H:%M"


class DisclosureForm(forms.Form):
    """A rule, a moment and a reason. Nothing ticked: every member; no moment: at once."""

    domains = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Only those who work in one of these fields"),
        widget=forms.CheckboxSelectMultiple,
    )
    regions = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Only those who sit in one of these counties"),
        choices=counties_by_name(),
        widget=forms.CheckboxSelectMultiple,
    )
    from_ = forms.DateTimeField(
        required=False,
        label=gettext_lazy("From when, Stockholm time"),
        help_text=gettext_lazy("Left empty: at once."),
        input_formats=[_MOMENT],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
    )
    because = forms.CharField(
        required=False,
        max_length=500,
        label=gettext_lazy("Why so"),
        help_text=gettext_lazy(
            "Stands in the ledger for good, for those it concerns to read. Name no company and no person."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, must_say_why: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._must_say_why = must_say_why
        named = ((slug, domain_name(slug, get_language() or "en")) for slug in DOMAINS)
        self.fields["domains"].choices = sorted(named, key=lambda choice: choice[1])  # type: ignore[attr-defined]

    def clean_from_(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["from_"]
        # The field reads the clock on the wall; the wall stands in Stockholm.
        return None if moment is None else moment.replace(tzinfo=STOCKHOLM)

    def clean(self) -> None:
        is_for_some = self.cleaned_data.get("domains") or self.cleaned_data.get("regions")
        if (is_for_some or self._must_say_why) and not self.cleaned_data.get("because", "").strip():
            self.add_error("because", _("Say why: not every member is told, or something told is changed."))

    @property
    def audience(self) -> Audience:
        """Of a form that is valid."""
        return audience_of(self.cleaned_data["domains"], self.cleaned_data["regions"])


def known_values(audience: Audience, disclosed_from: datetime | None) -> dict[str, Any]:
    """What the form begins with where something was decided before."""
    return {"domains": audience.domains, "regions": audience.regions, "from_": _on_the_wall(disclosed_from)}


def _on_the_wall(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(STOCKHOLM).replace(tzinfo=None)


class WithdrawalForm(forms.Form):
    because = forms.CharField(
        max_length=500,
        label=gettext_lazy("Why it is withdrawn"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ExceptionForm(forms.Form):
    because = forms.CharField(
        max_length=500,
        label=gettext_lazy("What was told beside the rule, and why"),
        help_text=gettext_lazy(
            "Every member who sees the opportunity reads this. Name no company and no person."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
