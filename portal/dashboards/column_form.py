"""The form that asks what each column holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ingest.models import ColumnMapping
from ingest.reading.columns.guess import column_letter
from ingest.reading.columns.header import column_keys
from ingest.reading.columns.plan import (
    IDENTIFYING,
    ColumnPlan,
    ColumnUse,
    DateOrder,
    Reason,
    TableFound,
    Unit,
)
from ingest.reading.columns.readers import AMOUNTS, DATES
from ingest.reading.labels import TITLE_CELL
from ingest.templatetags.column_words import DATE_ORDERS, UNITS, field_choices, field_name
from opportunities.parsed_notice import CONFIDENT

MOST_COLUMNS = 200
_SPARE = "+"  # before the field of a column that is read where the first says nothing


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column as the page shows it."""

    letter: str
    name: str
    samples: tuple[str, ...]
    reasons: tuple[Reason, ...]
    field: forms.BoundField
    how: forms.BoundField | None  # unit or order of dates, where the field has one
    is_sure: bool


class ColumnsForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    is_by_title = forms.BooleanField(
        required=False,
        label=gettext_lazy("No column numbers the tenders: tell them apart by title and city"),
    )

    def __init__(self, found: TableFound, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.found = found
        self._keys = column_keys(found.names)
        self._offered = [
            at for at, name in enumerate(found.names[:MOST_COLUMNS]) if name.strip() or any(found.samples[at])
        ]
        spare = {guess.field for guess in found.guesses if guess.is_spare}
        for at in self._offered:
            label = _("What column %(column)s holds") % {"column": self._called(at)}
            self.fields[f"f{at}"] = forms.ChoiceField(
                choices=field_choices(spare, _SPARE), required=False, label=label
            )
            chosen = self._chosen(at)
            options = UNITS if chosen in AMOUNTS else DATE_ORDERS if chosen in DATES else None
            if options:
                how = _("How column %(column)s is to be read") % {"column": self._called(at)}
                self.fields[f"h{at}"] = forms.ChoiceField(
                    choices=list(options.items()), required=False, label=how
                )

    @classmethod
    def preset(cls, found: TableFound, plan: ColumnPlan | None) -> ColumnsForm:
        """The form filled in: as the mapping in force says, else as we guess, sure or not."""
        initial: dict[str, Any] = {"version": plan.version or 0 if plan else 0}
        if plan is not None and not plan.uses:  # "it lists no notices": whoever changes that begins anew
            plan = None
        uses = {(use.key, use.nth): use for use in plan.uses} if plan else {}
        for at, (key, guess) in enumerate(zip(column_keys(found.names), found.guesses, strict=True)):
            held = (uses.get(key) if plan else guess) or ColumnUse(*key, "")
            initial[f"f{at}"] = f"{_SPARE}{held.field}" if held.is_spare else held.field
            initial[f"h{at}"] = str(held.unit or held.dates)
        fields = {guess.field for guess in found.guesses}
        initial["is_by_title"] = plan.is_by_title if plan else "title" in fields and not fields & IDENTIFYING
        return cls(found, initial=initial)

    @property
    def seen_version(self) -> int:
        version: int = self.cleaned_data["version"]
        return version

    def rows(self) -> list[ColumnRow]:
        return [
            ColumnRow(
                letter=column_letter(at),
                name=self.found.names[at],
                samples=self.found.samples[at],
                reasons=self.found.guesses[at].reasons,
                field=self[f"f{at}"],
                how=self[f"h{at}"] if f"h{at}" in self.fields else None,
                is_sure=self.found.guesses[at].confidence >= CONFIDENT,
            )
            for at in self._offered
        ]

    def left_out(self) -> int:
        """How many columns are too far to the right to be asked about."""
        return max(0, len(self.found.names) - MOST_COLUMNS)

    def plan(self) -> ColumnPlan:
        """What the form says, complete or not."""
        uses = []
        for at in self._offered:
            chosen = self._chosen(at)
            if not chosen:
                continue
            how = str(self._value(f"h{at}") or "")
            uses.append(
                ColumnUse(
                    *self._keys[at],
                    chosen,
                    unit=Unit(how) if chosen in AMOUNTS and how in UNITS else Unit.ONE,
                    dates=DateOrder(how) if chosen in DATES and how in DATE_ORDERS else DateOrder.DAY_FIRST,
                    is_spare=str(self._value(f"f{at}")).startswith(_SPARE),
                )
            )
        return ColumnPlan(tuple(uses), 0, bool(self._value("is_by_title")))

    def clean(self) -> None:
        first: dict[str, int] = {}
        for at in self._offered:
            chosen = self.cleaned_data.get(f"f{at}", "")
            if not chosen or chosen.startswith(_SPARE):
                continue
            if chosen in first:
                said = _("Column %(column)s is said to hold this already: %(field)s.")
                names = {"column": self._called(first[chosen]), "field": field_name(chosen)}
                self.add_error(f"f{at}", said % names)
            first.setdefault(chosen, at)
        fields = self.plan().fields
        if TITLE_CELL in fields:
            return
        if "title" not in fields:
            self.add_error(None, _("No column holds the title. Without one a notice would name nothing."))
        if not (fields & IDENTIFYING or self.cleaned_data.get("is_by_title")):
            self.add_error(
                None,
                _("No column holds the tender ID. Choose one, or have tenders told apart by their title."),
            )

    def warn_of(self, other: ColumnMapping) -> None:
        """Somebody else was faster: say so, and let the next try take the place of theirs."""
        self.data = {**{name: self.data[name] for name in self.data}, "version": other.version}
        said = _(
            "%(who)s has saved version %(version)s meanwhile. What you see here is yours: save again if it "
            "is to take the place of theirs."
        )
        self.add_error(None, said % {"who": other.made_by.name, "version": other.version})

    def _called(self, at: int) -> str:
        return f"{column_letter(at)} “{self.found.names[at]}”"

    def _chosen(self, at: int) -> str:
        return str(self._value(f"f{at}") or "").removeprefix(_SPARE)

    def _value(self, name: str) -> Any:
        return self.data.get(name) if self.is_bound else self.initial.get(name)
