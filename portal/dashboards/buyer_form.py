"""What the office types of a buyer and of the names it goes by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opportunities.buyers import BuyerKind, buyer_key
from opportunities.places import STATES
from opportunities.selectors import cities
from opportunities.templatetags.buyer_words import BUYER_KINDS

_NOT_STATED = ("", gettext_lazy("Not stated"))


def _has_words(name: str) -> None:
    if not buyer_key(name):
        raise forms.ValidationError(_("A name needs a word."))


class BuyerForm(forms.Form):
    """What a buyer is. Its state follows from its city where it has one."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=300, validators=[_has_words])
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[(kind.value, BUYER_KINDS[kind]) for kind in BuyerKind]
    )
    city = forms.ModelChoiceField(
        label=gettext_lazy("City"),
        queryset=cities(),
        to_field_name="slug",
        required=False,
        empty_label=_NOT_STATED[1],
        help_text=gettext_lazy("One of the hundred, where it works for one."),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[_NOT_STATED, *((state.code, state.name) for state in STATES)],
        required=False,
    )

    @classmethod
    def of(cls, buyer: Any) -> BuyerForm:
        return cls(
            initial={
                "name": buyer.name,
                "kind": buyer.kind,
                "city": buyer.city.slug if buyer.city else "",
                "state": buyer.state,
            }
        )


class NewBuyerForm(BuyerForm):
    """A buyer that a waiting name means."""

    only_here = forms.BooleanField(
        label=gettext_lazy("The name means this buyer at this source alone"),
        help_text=gettext_lazy("For names such as “PWD”, which many states have."),
        required=False,
    )


class NameForm(forms.Form):
    """A name that notices write for a buyer."""

    name = forms.CharField(
        label=gettext_lazy("Another name for it"),
        help_text=gettext_lazy("As notices write it. Word order, “Ltd” and signs make no difference."),
        max_length=300,
        validators=[_has_words],
    )


class WaitingNameForm(forms.Form):
    """Which name is meant, as it stands on the page."""

    name = forms.CharField(max_length=300, validators=[_has_words])
    publisher = forms.CharField(max_length=200, required=False)
