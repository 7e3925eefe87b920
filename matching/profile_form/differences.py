"""Two texts of one profile side by side, when two people wrote at once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matching.profile_drafts import ProfileDraft, StatedProject, StatedTurnover
from matching.profile_form.form import PRESENCES, SIGNATURES, ProfileForm
from matching.scoring.engine import domain_name
from portal.lib.money import Money
from portal.ui import formats


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    saved: str
    own: str


def differences(saved: ProfileDraft, own: ProfileDraft) -> list[Difference]:
    """Field by field what differs, in the reader's words."""
    return [
        Difference(_label(field.name), _told(field.name, theirs), _told(field.name, ours))
        for field in fields(ProfileDraft)
        if (theirs := getattr(saved, field.name)) != (ours := getattr(own, field.name))
    ]


def _label(name: str) -> str:
    special = {
        "turnovers": _("Turnover by year"),
        "projects": _("Finished projects"),
        "value_from_inr": _("Contracts from"),
        "value_to_inr": _("Contracts up to"),
    }
    return special.get(name) or str(ProfileForm.base_fields[name].label)


def _told(name: str, value: Any) -> str:
    match name:
        case "domains":
            return ", ".join(domain_name(slug, get_language() or "en") for slug in value)
        case "value_from_inr" | "value_to_inr":
            return formats.money(Money(value, "INR")) if value is not None else ""
        case "indian_presence":
            return str(dict(PRESENCES)[value])
        case "digital_signature":
            return str(dict(SIGNATURES)[value])
        case _:
            return _plain(value)


def _plain(value: Any) -> str:
    match value:
        case bool():
            told = _("Yes") if value else _("No")
        case Decimal():
            told = formats.number(value, decimals=1)
        case StatedTurnover():
            told = f"{value.year}: {_plain(value.sek_millions)}"
        case StatedProject():
            parts = (value.name, _plain(value.completed_year), _plain(value.value_sek_millions))
            told = ", ".join(filter(None, (*parts, _told("domains", value.domains))))
        case tuple():
            told = "\n".join(map(_plain, value))
        case _:
            told = "" if value is None else str(value)
    return told
