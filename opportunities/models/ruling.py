from __future__ import annotations

from django.db import models
from django.db.models import Q


class RulingQuerySet(models.QuerySet["Ruling"]):
    def in_force(self) -> RulingQuerySet:
        return self.filter(undone_at=None)


class Ruling(models.Model):
    """What the office decided about one reading: that it is right, what it should be, or that it is nothing.

    Undone, never deleted; of those in force the last one about a reading stands. It goes by the process's
    own number and by what was read, not by rows: so it holds when the same is read again, in a replay, and
    through merges and splits, and no longer once a later publication says something else.
    """

    publisher = models.CharField(max_length=200)
    process_id = models.CharField(max_length=200)
    notice_id = models.CharField(max_length=300)
    # A fact's name, or "requirements"; for words that could not be read, the doubt's
    field = models.CharField(max_length=40)
    words = models.TextField()
    # What was read, and what it says in truth, both as in a notice's content. Null: nothing
    read = models.JSONField(null=True)
    value = models.JSONField(null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["process_id", "publisher"], name="ruling_of_process")]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="ruling_undone_by_someone_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} {self.field}: {self.value}"
