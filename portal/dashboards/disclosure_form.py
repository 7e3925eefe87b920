"""What the office says when it discloses."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lib.clocks import STOCKHOLM


class DisclosureForm(forms.Form):
    """When everyone may see it. Not asked for: now."""

    from_ = forms.DateTimeField(
        required=False,
        label=gettext_lazy("Moment, Stockholm time"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "required": True}, format="%Y-%m-%dT%H:%M"
        ),
    )

    def clean_from_(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["from_"]
        if moment is None and "from_" in self.data:  # "at that moment", and none was given
            raise forms.ValidationError(_("Say which moment."))
        # The field reads the clock on the wall; the wall stands in Stockholm.
        return None if moment is None else moment.replace(tzinfo=STOCKHOLM)
