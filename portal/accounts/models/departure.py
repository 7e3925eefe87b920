from __future__ import annotations

from django.db import models

from portal.lib.retry import Retryable


class Departure(Retryable):
    """That a company has left, by its own wish: all that is kept of it, so that the office is told."""

    company_name = models.CharField(max_length=200)
    organisation_number = models.CharField(max_length=10, blank=True)
    left_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["left_at", "pk"]

    def __str__(self) -> str:
        return self.company_name
