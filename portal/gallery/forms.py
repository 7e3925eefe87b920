"""Fields, what is wrong with them, and what is said where there is nothing."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from matching.profile_form.differences import Difference
from portal.gallery.made_up import LONG_TITLE, LONG_WORD
from portal.gallery.records import Example

NAMES = (("buildings", _("City")), ("words", _("Wording")), ("place", _("Place")))


class ExampleForm(forms.Form):
    """One field of each kind that pages have. The words are borrowed from pages."""

    text = forms.CharField(label=_("Title"), help_text=_("Words, buyer or city"))
    number = forms.IntegerField(label=_("Number"))
    choice = forms.ChoiceField(label=_("Stage"), choices=NAMES)
    scope = forms.CharField(label=_("Scope"), widget=forms.Textarea(attrs={"rows": 3}))
    is_kept = forms.BooleanField(label=_("Keep me logged in"), required=False)
    groups = forms.MultipleChoiceField(
        label=_("Field"), choices=NAMES, widget=forms.CheckboxSelectMultiple, help_text=_("Choose a reason")
    )

    def clean(self) -> None:
        raise ValidationError(_("Choose a reason"))


def examples() -> Iterator[Example]:
    empty = ExampleForm(auto_id="empty_%s")
    filled = ExampleForm(
        initial={"text": LONG_WORD, "number": 12, "scope": LONG_TITLE, "groups": ["words"]},
        auto_id="filled_%s",
    )
    wrong = ExampleForm({"number": "x"}, auto_id="wrong_%s")
    for state, form in (("empty", empty), ("filled, long", filled), ("wrong", wrong)):
        for name in ("text", "number", "choice", "scope", "is_kept"):
            yield Example("field", f"{state}: {name.replace('_', ' ')}", {"field": form[name]})
        yield Example("check_group", state, {"field": form["groups"]})
    yield Example("form_errors", "wrong", {"form": wrong})
    yield Example("form_errors", "nothing wrong", {"form": empty})
    yield Example("form_mistakes", "several", {"form": wrong})
    yield Example("form_mistakes", "none", {"form": empty})
    differences = [Difference(str(_("Title")), "", LONG_TITLE), Difference(str(_("Scope")), LONG_WORD, "")]
    yield Example("both_texts", "untold, long", {"differences": differences})
    nothing = {"title": _("Nothing to count yet."), "text": _("Words, buyer or city")}
    yield Example("empty_state", "without a way on", nothing)
    yield Example(
        "empty_state", "with one", {**nothing, "link": "/gallery/", "link_text": _("Show all again")}
    )
