"""What stands between members and the tenders on their lists, counted once a day."""

from __future__ import annotations

from django.db import models


class LossCount(models.Model):
    """On how many lists, and of how many companies, one gate stopped a bid on one day. It names nobody."""

    class Gate(models.TextChoices):
        TURNOVER = "turnover"
        LOCAL_CONTENT = "local_content"
        TIME = "time"
        PARTNER = "partner"

    counted_on = models.DateField()
    gate = models.CharField(max_length=20, choices=Gate)
    matches = models.PositiveIntegerField()
    companies = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["counted_on", "gate"], name="loss_counted_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.counted_on} {self.gate}: {self.matches}"
