"""Which of a company's profiles a page is about."""

from __future__ import annotations

from matching.models import CapabilityProfile
from portal.lib.numbers import number_in


def chosen_profile(profiles: list[CapabilityProfile], wanted: str) -> CapabilityProfile | None:
    """The one with this number, or the first; None where there is none."""
    number = number_in(wanted)
    return next((profile for profile in profiles if profile.pk == number), profiles[0] if profiles else None)
