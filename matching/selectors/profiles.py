from __future__ import annotations

from matching.models import CapabilityProfile
from portal.accounts.models import Company


def profiles_of(company: Company) -> list[CapabilityProfile]:
    return list(CapabilityProfile.objects.current().filter(company=company).select_related("company"))


def profile_of(company: Company, profile_id: int) -> CapabilityProfile | None:
    """One of a company's own profiles, unless it is retired."""
    own = CapabilityProfile.objects.current().filter(pk=profile_id, company=company)
    return own.select_related("edited_by").prefetch_related("yearly_turnovers", "completed_projects").first()
