"""Whether mail is sent at all."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class MailPauseQuerySet(models.QuerySet["MailPause"]):
    def standing(self) -> MailPauseQuerySet:
        return self.filter(ended_at=None)


class MailPause(models.Model):
    """That no digest, alert or share is sent, by the office's wish. What is owed waits, and is sent after."""

    paused_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    because = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = MailPauseQuerySet.as_manager()

    class Meta:
        ordering = ["-paused_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(ended_at=None), name="mail_paused_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"paused: {self.because}"
