"""A concept as the office writes it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from matching.scoring.vocabulary import SHIPPED
from matching.scoring.vocabulary.changes import ConceptEntry
from matching.services.vocabulary import current_vocabulary

_LONGEST_LIST = 20_000


class LinesField(forms.CharField):
    """A text a line. Empty lines are passed over."""

    def __init__(self, *, label: Any, rows: int = 5) -> None:
        area = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, required=False, max_length=_LONGEST_LIST, widget=area)

    def clean(self, value: str) -> tuple[str, ...]:
        return tuple(line.strip() for line in super().clean(value).splitlines() if line.strip())


class AbbreviationsField(LinesField):
    """A line is ``STP = sewage treatment plant``."""

    def clean(self, value: str) -> tuple[tuple[str, str], ...]:  # type: ignore[override]
        pairs = [tuple(part.strip() for part in line.partition("=")[::2]) for line in super().clean(value)]
        if not all(short and long for short, long in pairs):
            raise forms.ValidationError(_("Write a line as: STP = sewage treatment plant"))
        if len({short.casefold() for short, _long in pairs}) < len(pairs):
            raise forms.ValidationError(_("An abbreviation stands there twice."))
        return tuple((short, long) for short, long in pairs)


class ConceptForm(forms.Form):
    domain = forms.ChoiceField(label=gettext_lazy("Field (the broader concept)"))
    broader = forms.ChoiceField(label=gettext_lazy("A kind of"), required=False)
    name_sv = forms.CharField(label=gettext_lazy("Name in Swedish"), max_length=100)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=100)
    sv = LinesField(label=gettext_lazy("Swedish terms that surely mean it, one a line"))
    sv_weak = LinesField(label=gettext_lazy("Swedish terms that may mean it"), rows=3)
    en = LinesField(label=gettext_lazy("English terms that surely mean it, one a line"))
    en_weak = LinesField(label=gettext_lazy("English terms that may mean it"), rows=3)
    abbreviations = AbbreviationsField(
        label=gettext_lazy("Abbreviations, and what they stand for in English"), rows=3
    )
    not_these = LinesField(
        label=gettext_lazy(
            "Not to be confused with: English phrases that hold a term and mean something else"
        ),
        rows=3,
    )
    cpv = LinesField(label=gettext_lazy("CPV codes, or their first digits"), rows=2)
    is_retired = forms.BooleanField(label=gettext_lazy("Retired: it is looked for no more"), required=False)
    note = forms.CharField(label=gettext_lazy("Why, for the history"), required=False, max_length=300)
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        language = "sv" if (get_language() or "").startswith("sv") else "en"
        choices = [(domain.slug, domain.names[language]) for domain in SHIPPED.order]
        self.fields["domain"] = forms.ChoiceField(label=self.fields["domain"].label, choices=choices)
        concepts = current_vocabulary().concepts.values()
        named = sorted((concept.names[language], concept.slug) for concept in concepts)
        self.fields["broader"] = forms.ChoiceField(
            label=self.fields["broader"].label,
            required=False,
            choices=[("", _("of nothing else")), *((slug, name) for name, slug in named)],
        )

    def entry(self, slug: str) -> ConceptEntry:
        said = {name: self.cleaned_data[name] for name in _ENTRY_FIELDS}
        return ConceptEntry(slug=slug, **said)


class NewConceptForm(ConceptForm):
    slug = forms.SlugField(
        label=gettext_lazy("Its lasting short name: small letters, digits and hyphens"), max_length=50
    )
    field_order = ("slug",)


_ENTRY_FIELDS = (
    "domain", "name_sv", "name_en", "sv", "sv_weak", "en", "en_weak", "abbreviations", "not_these", "cpv",
    "broader", "is_retired",
)  # fmt: skip


def written(entry: ConceptEntry) -> dict[str, object]:
    """What the form shows of a concept."""
    lists = ("sv", "sv_weak", "en", "en_weak", "not_these", "cpv")
    return {
        **{name: "\n".join(getattr(entry, name)) for name in lists},
        **{name: getattr(entry, name) for name in ("domain", "broader", "name_sv", "name_en", "is_retired")},
        "abbreviations": "\n".join(f"{short} = {long}" for short, long in entry.abbreviations),
    }
