from __future__ import annotations

from django.db.models import QuerySet

from matching.models import SavedSearch
from portal.accounts.models import Company


def kept_searches(company: Company) -> QuerySet[SavedSearch]:
    """What a company keeps, each with who saved it."""
    return SavedSearch.objects.standing().filter(company=company).select_related("by")


def saved_searches_of(company: Company) -> list[SavedSearch]:
    """What a company keeps, by name."""
    return list(kept_searches(company))


def saved_search_of(company: Company, search_id: int) -> SavedSearch | None:
    """One of a company's own, ended or not."""
    return SavedSearch.objects.filter(pk=search_id, company=company).first()
