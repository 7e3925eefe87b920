"""What the charts' components need to draw a chart. The charts themselves are in portal/ui/charts."""

from __future__ import annotations

from django import template

from portal.ui.charts.columns import Columns, lay_out
from portal.ui.charts.records import ColumnChart

register = template.Library()


@register.filter
def columns_of(chart: ColumnChart) -> Columns:
    return lay_out(chart)


@register.filter
def coordinate(value: float) -> str:
    """As SVG reads it, whatever the reader's language: a point for decimals, and none that say nothing."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
