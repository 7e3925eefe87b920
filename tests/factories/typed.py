"""A profile as a browser sends it."""

from __future__ import annotations

from typing import Any


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
