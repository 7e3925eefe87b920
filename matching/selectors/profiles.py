from __future__ import annotations

from django.db.models import QuerySet

from matching.models import CapabilityProfile
from portal.accounts.models import Company


def current_profiles(company: Company) -> QuerySet[CapabilityProfile]:
    """A company's own, without those it has put aside."""
    return CapabilityProfile.objects.current().filter(company=company)


def profiles_of(company: Company) -> list[CapabilityProfile]:
    return list(current_profiles(company).select_related("company"))


def profile_of(company: Company, profile_id: int) -> CapabilityProfile | None:
    """One of a company's own profiles, unless it is retired."""
    own = CapabilityProfile.objects.current().filter(pk=profile_id, company=company)
    own = own.select_related("company", "edited_by")
    return own.prefetch_related("yearly_turnovers", "completed_projects").first()


def retired_profiles(company: Company) -> list[CapabilityProfile]:
    """What a company has put aside, the latest first."""
    retired = CapabilityProfile.objects.filter(company=company, retired_at__isnull=False)
    return list(retired.order_by("-retired_at", "pk"))


def own_profile(company: Company, profile_id: int) -> CapabilityProfile | None:
    """One of a company's own profiles, retired or not."""
    own = CapabilityProfile.objects.filter(pk=profile_id, company=company)
    return own.select_related("company").first()
