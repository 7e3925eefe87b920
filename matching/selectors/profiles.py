from __future__ import annotations

from matching.models import CapabilityProfile
from portal.accounts.models import Company


def profiles_of(company: Company) -> list[CapabilityProfile]:
    return list(CapabilityProfile.objects.current().filter(company=company).select_related("company"))


def profile_of(company: Company, profile_id: int) -> CapabilityProfile | None:
    """One of a company's own profiles, unless it is retired."""
    own = CapabilityProfile.objects.current().filter(pk=profile_id, company=company)
    own = own.select_related("company", "edited_by")
    return own.prefetch_related("yearly_turnovers", "completed_projects").first()
