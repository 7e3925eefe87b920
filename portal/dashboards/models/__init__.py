from portal.dashboards.models.case import Case, CaseEntry, CaseEntryQuerySet

__all__ = ["Case", "CaseEntry", "CaseEntryQuerySet"]
