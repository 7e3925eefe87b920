from portal.dashboards.models.case import Case, CaseEntry, CaseEntryQuerySet
from portal.dashboards.models.told_figure import ToldFigure

__all__ = ["Case", "CaseEntry", "CaseEntryQuerySet", "ToldFigure"]
