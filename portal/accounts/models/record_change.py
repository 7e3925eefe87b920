from __future__ import annotations

from django.db import models


class RecordChange(models.Model):
    """That a row which others rely on was changed: by whom, from what to what, where and why.

    Written by the database itself, whatever program changes the row: see accounts.auditing. Append-only,
    save that a deleted row's changes are mostly deleted with it, for they may tell of a company.
    """

    class Did(models.TextChoices):
        INSERT = "insert"
        UPDATE = "update"
        DELETE = "delete"

    about = models.CharField(max_length=63)  # a table
    record = models.BigIntegerField()  # its row
    did = models.CharField(max_length=6, choices=Did)
    # Each column that changed, with what it was and what it is
    changes = models.JSONField()
    changed_at = models.DateTimeField()
    # A User's id, which outlives the person. Null: a program by itself.
    changed_by = models.BigIntegerField(null=True)
    # The address of the page that was sent, or a task's name; "" where neither
    place = models.CharField(max_length=300, blank=True)
    because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["about", "record"], name="change_of_a_record")]

    def __str__(self) -> str:
        return f"{self.did} of {self.about} {self.record}"
