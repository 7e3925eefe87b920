from __future__ import annotations

from django.db import models


class ToldFigure(models.Model):
    """What stood behind a figure of a report when it was told last: it doesn't move by the doing of few."""

    name = models.CharField(max_length=80, unique=True)
    acts = models.JSONField(default=dict)  # portal.lib.small_cells.Acts
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
