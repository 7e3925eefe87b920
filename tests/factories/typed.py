"""A profile as a browser sends it."""

from __future__ import annotations

from typing import Any

from django import forms

from matching.profile_form.form import ProfileForm


def typed_profile(**said: Any) -> dict[str, Any]:
    """The profile form, filled in a little; ``said`` comes on top."""
    usual = {
        "do": "save",
        "version": "0",
        "name": "Water",
        "language": "en",
        "summary": "We make sensors for drinking water.",
        "capabilities": "Water quality sensors\nSCADA",
        "references": "",
        "certifications": "ISO 9001",
        "domains": ["water-supply"],
        "minimum_score": "35",
        "value_unit": "INR",
        "turnover-rows": "1",
        "turnover-0-year": "2025",
        "turnover-0-sek_millions": "142,5",
        "project-rows": "1",
        "project-0-name": "14,000 meters",
        "project-0-completed_year": "2023",
        "project-0-domains": ["water-supply"],
    }
    return usual | said


def as_sent(form: ProfileForm) -> dict[str, Any]:
    """What a browser would send of a form on which nobody has changed anything."""
    sent = _values(form)
    for rows in (form.turnovers, form.projects):
        sent[rows.count_name] = str(len(rows.rows))
        for row in rows.rows:
            sent |= _values(row)
    return sent


def _values(form: forms.Form) -> dict[str, Any]:
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, False)}
