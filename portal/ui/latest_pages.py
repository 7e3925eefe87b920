"""Pages of a list that may be very long: it is counted only so far, since counting is what takes long."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator


class LatestPages(Paginator):  # type: ignore[type-arg]  # of rows of any kind
    """Leads through the first ``MOST`` of a queryset, and says whether there are more."""

    MOST = 1_500

    @cached_property
    def count(self) -> int:
        """At most ``MOST``."""
        return min(self._counted, self.MOST)

    @property
    def is_cut(self) -> bool:
        return self._counted > self.MOST

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        counted: int = rows[: self.MOST + 1].count()
        return counted
