"""The form in which a person says what mail they want about a profile."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matching.delivery.subscribing import MailWish
from matching.models import CapabilityProfile
from matching.templatetags.profile_words import ON_WEEKDAYS
from portal.accounts.models import User

DAILY, OFF = "daily", "off"
RHYTHMS = [
    (DAILY, _("Every working day")),
    *((str(weekday), name) for weekday, name in enumerate(ON_WEEKDAYS)),
    (OFF, _("No mail")),
]


class NotificationForm(forms.Form):
    rhythm = forms.ChoiceField(choices=RHYTHMS, label=_("How often"))
    minimum_score = forms.IntegerField(
        required=False,
        max_value=100,
        label=_("Lowest score"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES, label=_("Language of the mail"))

    def __init__(self, *args: Any, profile: CapabilityProfile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profile = profile
        score = self.fields["minimum_score"]
        score.validators.append(MinValueValidator(profile.minimum_score))
        score.help_text = gettext(
            "From %(least)s, where the profile's list begins, to 100. Empty: everything on the list."
        ) % {"least": profile.minimum_score}

    def wish(self) -> MailWish:
        """What is asked for. Only of a form that is valid."""
        return replace(
            wish_in(self.cleaned_data["rhythm"]),
            minimum_score=self.cleaned_data["minimum_score"],
            language=self.cleaned_data["language"],
        )


def wish_in(rhythm: str) -> MailWish:
    """What one of ``RHYTHMS`` asks for."""
    return MailWish(is_off=rhythm == OFF, weekday=int(rhythm) if rhythm.isdigit() else None)


def rhythm_of(wish: MailWish) -> str:
    """The one of ``RHYTHMS`` that a wish asks for."""
    if wish.is_off:
        return OFF
    return DAILY if wish.weekday is None else str(wish.weekday)


def asked_for(wish: MailWish, user: User) -> dict[str, object]:
    """A wish as the form shows it."""
    return {
        "rhythm": rhythm_of(wish),
        "minimum_score": wish.minimum_score,
        "language": wish.language or user.language,
    }
