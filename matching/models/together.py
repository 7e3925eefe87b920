"""What colleagues tell each other about an opportunity."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5

from portal.lib.retry import Retryable

LONGEST_NOTE = 2000
LONGEST_MESSAGE = 1000


class NoteQuerySet(models.QuerySet["Note"]):
    def standing(self) -> NoteQuerySet:
        return self.filter(removed_at=None)


class Note(models.Model):
    """What someone wrote down about an opportunity for the company's own people. Removed, never deleted."""

    company = models.ForeignKey("accounts.Company", models.CASCADE, related_name="notes")
    opportunity = models.ForeignKey("opportunities.Opportunity", models.PROTECT, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(max_length=LONGEST_NOTE)
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            # A form that is sent twice leaves one note. By the sum of its text: indexes hold no long ones.
            models.UniqueConstraint(
                "company", "opportunity", "by", MD5("text"),
                name="note_once", condition=Q(removed_at=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.company}: {self.text[:40]}"


class ShareQuerySet(models.QuerySet["Share"]):
    def unsent(self) -> ShareQuerySet:
        return self.filter(sent_at=None, dropped_because="")

    def due_at(self, now: datetime) -> ShareQuerySet:
        return self.unsent().filter(retry_at__lte=now)


class Share(Retryable):
    """That someone shows an opportunity to a colleague: one mail, owed and then sent."""

    company = models.ForeignKey("accounts.Company", models.CASCADE, related_name="shares")
    opportunity = models.ForeignKey("opportunities.Opportunity", models.PROTECT, related_name="shares")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    message = models.TextField(max_length=LONGEST_MESSAGE, blank=True)
    shared_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    # Why nothing was sent, when by then the colleague had left or the opportunity was withdrawn.
    dropped_because = models.CharField(max_length=200, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "opportunity", "by", "to", MD5("message"), name="share_once"),
        ]
        indexes = [
            models.Index(
                fields=["retry_at"], name="share_unsent", condition=Q(sent_at=None, dropped_because="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} to {self.to}: {self.opportunity}"
