"""Rows that a person adds and removes: turnover by year, finished projects. Blank ones count as not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.profile_drafts import StatedProject, StatedTurnover
from matching.profile_form.fields import FigureField, WholeField
from matching.scoring.engine import DOMAINS
from portal.lib.numbers import number_in

FIRST_YEAR = 1700
MOST_ROWS = 40


class YearField(WholeField):
    """A year that has begun."""

    def clean(self, value: Any) -> Any:
        year = super().clean(value)
        if year is not None and not FIRST_YEAR <= year <= timezone.now().year:
            raise forms.ValidationError(
                _("A year from %(first)s to now, please.") % {"first": FIRST_YEAR}, code="year"
            )
        return year


class Row(forms.Form):
    def __init__(
        self, data: QueryDict | None = None, *, prefix: str, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(
            data,
            prefix=prefix,
            initial=dict(initial or {}),
            empty_permitted=True,
            use_required_attribute=False,
        )

    @property
    def is_blank(self) -> bool:
        return not self.has_changed()

    def stated(self) -> StatedTurnover | StatedProject:
        """What a row without mistakes says."""
        said = self.cleaned_data
        if "sek_millions" in said:
            return StatedTurnover(said["year"], said["sek_millions"])
        return StatedProject(
            said["name"], said["completed_year"], said["value_sek_millions"], tuple(sorted(said["domains"]))
        )


class TurnoverRow(Row):
    year = YearField(required=True, label=gettext_lazy("Year"))
    sek_millions = FigureField(max_digits=12, decimal_places=1, label=gettext_lazy("Turnover, SEK millions"))

    def clean_sek_millions(self) -> Any:
        stated = self.cleaned_data.get("sek_millions")
        if stated is None:
            raise forms.ValidationError(self.fields["sek_millions"].error_messages["required"])
        return stated


class ProjectRow(Row):
    name = forms.CharField(max_length=300, label=gettext_lazy("What was done, for whom"))
    completed_year = YearField(label=gettext_lazy("Finished in"))
    value_sek_millions = FigureField(
        max_digits=12, decimal_places=1, label=gettext_lazy("Value, SEK millions")
    )
    domains = forms.MultipleChoiceField(
        required=False,
        choices=[(slug, slug) for slug in DOMAINS],
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Fields it was about"),
    )


class Rows:
    """The rows of one kind, as the browser sent them or as they are saved."""

    def __init__(
        self,
        kind: str,
        row: type[Row],
        data: QueryDict | None = None,
        initial: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        self.kind = kind
        if data is None:
            stated = [*initial, {}]  # a blank one to begin with
            self.rows = [row(prefix=f"{kind}-{at}", initial=one) for at, one in enumerate(stated)]
        else:
            self.rows = [row(data, prefix=f"{kind}-{at}") for at in range(count_of(data, kind))]

    @property
    def count_name(self) -> str:
        return f"{self.kind}-rows"

    def is_valid(self) -> bool:
        checked = [row.is_valid() for row in self.rows]  # each, so that each shows its mistakes
        return all(checked)

    def filled(self) -> list[Any]:
        """What the rows state that hold something and no mistake."""
        return [row.stated() for row in self.rows if row.is_valid() and not row.is_blank]

    def refuse_repetition(self, field: str, message: str) -> None:
        """Put the message on each row that says the same in that field as one above it."""
        seen: set[object] = set()
        for row in self.rows:
            said = row.cleaned_data.get(field) if row.is_valid() and not row.is_blank else None
            if said in seen:
                row.add_error(field, message)
            elif said is not None:
                seen.add(said)


def count_of(data: QueryDict, kind: str) -> int:
    """How many rows the browser says it sends, and no more than we read."""
    return min(number_in(data.get(f"{kind}-rows", "")) or 0, MOST_ROWS)
