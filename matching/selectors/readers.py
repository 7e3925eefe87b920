"""Who gets mail about a company's profiles: for the office, which tries that mail out."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from matching.models import CapabilityProfile, Subscription
from portal.accounts.models import Company


def companies_with_profiles() -> QuerySet[Company]:
    """Those that the office has approved, by name."""
    profiles = CapabilityProfile.objects.filter(company=OuterRef("pk"), retired_at=None)
    return Company.objects.filter(Exists(profiles), approved_at__isnull=False).order_by("name", "pk")


def readers_of(company: Company) -> list[Subscription]:
    """Each person's wanted mail about each of its profiles, by profile and name."""
    wanted = Subscription.objects.wanted().filter(profile__company=company)
    return list(wanted.with_what_is_read().order_by("profile__name", "recipient__user__name", "pk"))


def standing_profiles(company: Company) -> list[CapabilityProfile]:
    return list(
        CapabilityProfile.objects.filter(company=company, retired_at=None)
        .select_related("company")
        .order_by("name", "pk")
    )
