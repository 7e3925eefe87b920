"""What the office types of a project, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opportunities.parsed_notice import EARLY_STAGES, Stage
from opportunities.places import CITIES, STATES
from opportunities.projects.quarters import quarter_named, quarter_of, quarters_from
from opportunities.projects.records import Confidence, ProjectFacts
from opportunities.templatetags.opportunity_words import CONFIDENCE, STAGES, fact_name, fact_value
from portal.lib.money import CRORE, Money
from portal.ui import formats

QUARTERS_OFFERED = 20
# As notices call them; a state's or a lender's own is typed over, where its name is known.
SCHEMES = (
    "Smart Cities Mission",
    "AMRUT 2.0",
    "SBM-U 2.0",
    "CITIIS 2.0",
    "State programme",
    "Lender (ADB, AIIB, JICA, KfW, World Bank)",
)
_NOT_STATED = ("", _("Not stated"))
_IN_ORDER = (Stage.IDENTIFIED, Stage.DPR, Stage.FUNDED)
_STATE_OF_CITY = {city.name: city.state for city in CITIES}


class ProjectForm(forms.Form):
    """Amounts are in crore. What is left empty is not stated, and leaves what is known as it is."""

    title = forms.CharField(label=_("Title"), max_length=1000)
    description = forms.CharField(
        label=_("Scope"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=[_NOT_STATED, *((stage, STAGES[stage]) for stage in _IN_ORDER)],
    )
    city = forms.ChoiceField(
        label=_("City"), required=False, choices=[_NOT_STATED, *((city.name, city.name) for city in CITIES)]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[_NOT_STATED, *((row.code, row.name) for row in STATES)]
    )
    buyer_name = forms.CharField(label=_("Buyer"), max_length=300, required=False)
    scheme = forms.CharField(
        label=_("Programme"),
        help_text=_("Choose one, or type its name."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "schemes"}),
    )
    funding = forms.CharField(
        label=_("Funding"),
        help_text=_("Who pays, and how far that is settled."),
        max_length=500,
        required=False,
    )
    value = forms.DecimalField(
        label=_("Value, ₹ crore"), min_value=0, max_digits=12, decimal_places=5, required=False
    )
    value_until = forms.DecimalField(
        label=_("At most, ₹ crore"),
        help_text=_("Only where the value is a range."),
        min_value=0,
        max_digits=12,
        decimal_places=5,
        required=False,
    )
    quarter = forms.ChoiceField(label=_("Tender expected"), required=False)
    confidence = forms.ChoiceField(
        label=_("How sure the quarter is"),
        help_text=_("Left empty, it follows from the stage."),
        required=False,
        choices=[_NOT_STATED, *CONFIDENCE.items()],
    )
    basis = forms.CharField(
        label=_("What the quarter rests on"),
        help_text=_("For members, in English: “one council resolution”."),
        max_length=300,
        required=False,
    )
    contact = forms.CharField(
        label=_("Contact"),
        help_text=_("The office alone sees it."),
        max_length=300,
        required=False,
    )
    because = forms.CharField(
        label=_("How you know"),
        help_text=_("Kept with your name and the time; the office alone sees it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        known: ProjectFacts | None = None,
        today: date,
        description: str = "",
    ) -> None:
        super().__init__(data, initial=_typed(known) if known else {"description": description})
        choices = self.fields["quarter"]
        if isinstance(choices, forms.ChoiceField):
            choices.choices = [_NOT_STATED, *_quarters(today, known)]
        sure = self.fields["confidence"]
        if isinstance(sure, forms.ChoiceField) and known and known.confidence:
            unchanged = _("Unchanged: %(confidence)s") % {"confidence": CONFIDENCE[known.confidence]}
            sure.choices = [("", unchanged), *CONFIDENCE.items()]
            sure.help_text = ""

    @property
    def schemes(self) -> tuple[str, ...]:
        return SCHEMES

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        least, most = typed.get("value"), typed.get("value_until")
        if least is not None and most is not None and most < least:
            self.add_error("value_until", _("This is less than the value."))
        city, state = typed.get("city"), typed.get("state")
        if city and state and _STATE_OF_CITY[city] != state:
            self.add_error("state", _("The city lies in another state."))
        return typed

    def said(self) -> ProjectFacts:
        """What was typed, as facts; what was left empty is not stated."""
        typed = self.cleaned_data
        # One that wasn't touched may stand for a longer period than it can name.
        quarter = quarter_named(typed["quarter"]) if "quarter" in self.changed_data else None
        texts = ("title", "description", "buyer_name", "scheme", "funding", "basis", "contact", "city")
        return ProjectFacts(
            **{name: typed[name].strip() or None for name in texts},
            state=typed["state"] or _STATE_OF_CITY.get(typed["city"]),
            stage=Stage(typed["stage"]) if typed["stage"] else None,
            value=_crores(typed["value"]),
            value_until=_crores(typed["value_until"]),
            tender_expected_from=quarter.first_day if quarter else None,
            tender_expected_until=quarter.last_day if quarter else None,
            confidence=Confidence(typed["confidence"]) if typed["confidence"] else None,
        )


@dataclass(frozen=True, slots=True)
class Differing:
    """One fact as it stands, and as a person wanted it who hadn't seen that."""

    label: str
    saved: str
    own: str


def differing(standing: ProjectFacts, said: ProjectFacts) -> list[Differing]:
    """Where what was typed is otherwise than what stands now."""
    found = []
    for name in ProjectFacts.__dataclass_fields__:
        now, own = getattr(standing, name), getattr(said, name)
        if own is not None and own != now:
            found.append(Differing(fact_name(name), fact_value(now, name), fact_value(own, name)))
    return found


def _crores(amount: Decimal | None) -> Money | None:
    return None if amount is None else Money(amount * CRORE, "INR")


def _in_crore(value: Money | None) -> Decimal | None:
    return None if value is None or value.currency != "INR" else (value.amount / CRORE).normalize() + 0


def _typed(known: ProjectFacts) -> dict[str, Any]:
    """What is known, as it would be typed. How sure and why only the office says, so it is typed anew."""
    texts = ("title", "description", "buyer_name", "scheme", "funding", "contact", "city", "state")
    begins = known.tender_expected_from
    return {name: getattr(known, name) or "" for name in texts} | {
        "stage": known.stage if known.stage in EARLY_STAGES else "",
        "value": _in_crore(known.value),
        "value_until": _in_crore(known.value_until),
        "quarter": quarter_of(begins).name if begins else "",
        "basis": known.basis or "",
    }


def _quarters(today: date, known: ProjectFacts | None) -> list[tuple[str, str]]:
    offered = quarters_from(today, QUARTERS_OFFERED)
    begins = known.tender_expected_from if known else None
    if begins is not None and quarter_of(begins) not in offered:
        offered = [quarter_of(begins), *offered]
    return [(q.name, f"{formats.months(q.first_day, q.last_day)} ({q.label})") for q in offered]
