"""The form in which a company says what it can do."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django import forms
from django.conf import settings
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from matching.bidding.records import Presence, Signature
from matching.profile_drafts import ProfileDraft, latest_first
from matching.profile_form.fields import CodesField, FigureField, LinesField, WholeField
from matching.profile_form.rows import ProjectRow, Rows, TurnoverRow, YearField
from matching.scoring.classification import labels_of
from matching.scoring.engine import DOMAINS, domain_name
from opportunities.places.states import STATES
from portal.lib.money import CRORE, Money
from portal.ui.reference_rates import in_currency

MOST_LINES, LONGEST_LINE = 60, 500
MOST_EMPLOYEES = 2_000_000
_MILLION = 1_000_000

PRESENCES = [
    ("", gettext_lazy("Not told")),
    (Presence.NONE.value, gettext_lazy("None")),
    (Presence.PARTNER.value, gettext_lazy("An agent or a distributor")),
    (Presence.SUBSIDIARY.value, gettext_lazy("A company or branch of our own, registered there")),
]
SIGNATURES = [
    ("", gettext_lazy("Not told")),
    (Signature.NONE.value, gettext_lazy("No")),
    (Signature.HELD.value, gettext_lazy("Yes, Class 3 from an Indian authority")),
]
CRORE_OF_RUPEES, MILLIONS_OF_KRONOR = "INR", "SEK"
UNITS = [
    (CRORE_OF_RUPEES, gettext_lazy("₹ crore")),
    (MILLIONS_OF_KRONOR, gettext_lazy("SEK millions")),
]


def _lines(label: Any, help_text: Any = "", *, longest: int = LONGEST_LINE) -> LinesField:
    return LinesField(most=MOST_LINES, longest=longest, label=label, help_text=help_text)


def _millions(label: Any, help_text: Any = "") -> FigureField:
    return FigureField(max_digits=12, decimal_places=1, label=label, help_text=help_text)


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, and where on the page."""

    anchor: str
    label: str
    message: str


class ProfileForm(forms.Form):
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)
    name = forms.CharField(
        max_length=200,
        label=gettext_lazy("Name of the profile"),
        help_text=gettext_lazy("For yourselves."),
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES, label=gettext_lazy("Language of the texts"))
    summary = forms.CharField(
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        label=gettext_lazy("Summary"),
        help_text=gettext_lazy("What you make, for whom, and what you take responsibility for."),
    )
    capabilities = _lines(
        gettext_lazy("What you can do"), gettext_lazy("One on each line. These count most.")
    )
    references = _lines(gettext_lazy("References"), gettext_lazy("One on each line."))
    domains = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Fields")
    )
    classification_codes = CodesField(most=40, label=gettext_lazy("CPV codes"))
    code_search = forms.CharField(
        required=False, max_length=100, label=gettext_lazy("Find a CPV code by name or number")
    )
    value_from = FigureField(max_digits=18, decimal_places=9, label=gettext_lazy("Contracts from"))
    value_to = FigureField(max_digits=18, decimal_places=9, label=gettext_lazy("to"))
    value_unit = forms.ChoiceField(choices=UNITS, required=False, label=gettext_lazy("in"))
    states = forms.MultipleChoiceField(
        required=False,
        choices=[(state.code, state.name) for state in sorted(STATES, key=lambda state: state.name)],
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("States you prefer"),
        help_text=gettext_lazy("None chosen: anywhere."),
    )
    minimum_score = WholeField(
        required=True,
        min_value=0,
        max_value=100,
        label=gettext_lazy("Leave out what fits less than"),
        help_text=gettext_lazy("0 to 100. 35 is usual."),
    )
    turnover_sek_millions = _millions(
        gettext_lazy("Turnover of a usual year, SEK millions"),
        gettext_lazy("Counts where no year is told below."),
    )
    net_worth_sek_millions = _millions(
        gettext_lazy("Net worth, SEK millions"), gettext_lazy("Equity in the latest accounts.")
    )
    founded_year = YearField(label=gettext_lazy("Founded in"))
    employees = WholeField(min_value=0, max_value=MOST_EMPLOYEES, label=gettext_lazy("Staff"))
    certifications = _lines(
        gettext_lazy("Certificates"), gettext_lazy("One on each line, such as ISO 9001."), longest=200
    )
    indian_presence = forms.ChoiceField(
        choices=PRESENCES, required=False, label=gettext_lazy("Standing in India")
    )
    digital_signature = forms.ChoiceField(
        choices=SIGNATURES, required=False, label=gettext_lazy("Digital signature for Indian portals")
    )
    local_content_percent = WholeField(
        min_value=0,
        max_value=100,
        label=gettext_lazy("Local content, per cent"),
        help_text=gettext_lazy("How much of what you sell is made in India."),
    )
    is_joint_venture_willing = forms.BooleanField(
        required=False, label=gettext_lazy("We take part in joint ventures")
    )
    may_lead_joint_venture = forms.BooleanField(
        required=False, label=gettext_lazy("We can lead a joint venture")
    )

    def __init__(
        self, data: QueryDict | None = None, *, draft: ProfileDraft | None = None, version: int = 0
    ) -> None:
        draft = draft or ProfileDraft(language=(get_language() or "en")[:2])
        super().__init__(data, initial=initial_of(draft) | {"version": version})
        choices = domain_choices()
        self.fields["domains"].choices = choices  # type: ignore[attr-defined]
        self.turnovers = Rows(
            "turnover",
            TurnoverRow,
            data,
            [{"year": row.year, "sek_millions": row.sek_millions} for row in draft.turnovers],
        )
        self.projects = Rows(
            "project", ProjectRow, data, [_project_initial(project) for project in draft.projects]
        )
        for row in self.projects.rows:
            row.fields["domains"].choices = choices  # type: ignore[attr-defined]

    def is_valid(self) -> bool:
        self.turnovers.is_valid()
        self.projects.is_valid()
        self.turnovers.refuse_repetition("year", _("This year stands above already."))
        self.projects.refuse_repetition("name", _("This project stands above already."))
        return super().is_valid() and self.turnovers.is_valid() and self.projects.is_valid()

    def keep_quiet(self) -> None:
        """Show no mistakes yet: the person is still writing."""
        for form in (self, *self.turnovers.rows, *self.projects.rows):
            form._errors = ErrorDict()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        low, high = said.get("value_from"), said.get("value_to")
        if low is not None and high is not None and low > high:
            self.add_error("value_to", _("The largest contract is smaller than the smallest."))
        if said.get("may_lead_joint_venture") and not said.get("is_joint_venture_willing"):
            self.add_error("may_lead_joint_venture", _("Who leads takes part: choose that as well."))
        return said

    def see_version(self, version: int) -> None:
        """From now on the person has seen this one."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(version)
        self.data = data

    @property
    def seen_version(self) -> int:
        version: int = self.cleaned_data["version"]
        return version

    def draft(self) -> ProfileDraft:
        """What the form says; what holds a mistake is left as if it weren't told."""
        said = {name: value for name, value in self.cleaned_data.items() if value is not None}
        names = {field.name for field in fields(ProfileDraft)}
        plain = {name: value for name, value in said.items() if name in names}
        for name in ("domains", "states"):
            plain[name] = tuple(sorted(plain.get(name, ())))
        unit = said.get("value_unit") or CRORE_OF_RUPEES
        turnovers = sorted(self.turnovers.filled(), key=attrgetter("year"), reverse=True)
        return ProfileDraft(
            **plain
            | {
                "indian_presence": Presence(said.get("indian_presence", "")),
                "digital_signature": Signature(said.get("digital_signature", "")),
                "value_from_inr": _rupees(said.get("value_from"), unit),
                "value_to_inr": _rupees(said.get("value_to"), unit),
                "turnovers": tuple(turnovers),
                "projects": latest_first(self.projects.filled()),
            }
        )

    def mistakes(self) -> list[Mistake]:
        """Every mistake that is shown beside a field, in the page's order, for a list above them all."""
        forms_shown = (self, *self.turnovers.rows, *self.projects.rows)
        return [
            Mistake(f"id_{form.add_prefix(name)}", str(form.fields[name].label or name), str(errors[0]))
            for form in forms_shown
            for name, errors in form.errors.items()
            if name in form.fields
        ]

    def codes(self) -> list[tuple[str, str]]:
        """The codes chosen so far, each with what it is called; "" where nobody knows."""
        chosen = self["classification_codes"].value() or ()
        return [(code, code_name(code)) for code in chosen]


def code_in(words: str) -> str:
    """The CPV code that somebody typed in full; "" where it isn't one."""
    typed = words.strip()
    return typed if CodesField.is_code(typed) else ""


def code_name(code: str) -> str:
    """What a code, or else the narrowest known one above it, is called in the reader's language."""
    labels = labels_of(code)
    if labels is None:
        return ""
    return labels.sv if (get_language() or "en").startswith("sv") else labels.en


def initial_of(draft: ProfileDraft) -> dict[str, Any]:
    """A draft in the form's fields: contract values in crore."""
    stated = {field.name: getattr(draft, field.name) for field in fields(draft)}
    return stated | {
        "value_from": _crore(draft.value_from_inr),
        "value_to": _crore(draft.value_to_inr),
        "value_unit": CRORE_OF_RUPEES,
    }


def _project_initial(project: Any) -> dict[str, Any]:
    return {field.name: getattr(project, field.name) for field in fields(project)}


def _crore(rupees: Decimal | None) -> Decimal | None:
    return None if rupees is None else rupees / CRORE


def _rupees(stated: Decimal | None, unit: str) -> Decimal | None:
    if stated is None:
        return None
    if unit == CRORE_OF_RUPEES:
        return stated * CRORE
    converted = in_currency(Money(stated * _MILLION, "SEK"), "INR")
    # To a thousandth of a crore: a rate is no exact thing.
    return None if converted is None else round(converted.amount, -4)


def domain_choices() -> list[tuple[str, str]]:
    """The vocabulary's domains by their names in the reader's language."""
    language = get_language() or "en"
    named = [(slug, domain_name(slug, language)) for slug in DOMAINS]
    return sorted(named, key=lambda choice: choice[1].casefold())
