"""The archive read again, and what a person made of the difference."""

from __future__ import annotations

from django.db import models


class ReplayQuerySet(models.QuerySet["Replay"]):
    def requested(self) -> ReplayQuerySet:
        return self.filter(compared_at=None)

    def undecided(self) -> ReplayQuerySet:
        return self.filter(compared_at__isnull=False, decided_at=None)

    def to_apply(self) -> ReplayQuerySet:
        return self.filter(is_accepted=True, applied_at=None)


class Replay(models.Model):
    """A comparison of what is recorded with what the readers of today make of the archive, and what a person
    decided about it."""

    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    # Null until compared
    compared_at = models.DateTimeField(null=True)
    parser_version = models.CharField(max_length=20, blank=True)
    documents = models.PositiveIntegerField(default=0)
    opportunities = models.PositiveIntegerField(default=0)
    different = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    # Rows of [field, how many differ, [[publisher, process_id, recorded, replayed], …]]
    fields = models.JSONField(default=list)
    # Null until a person has decided
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    is_accepted = models.BooleanField(null=True)
    # Null until every document has been read again; RawDocument.reread_for is the mark of each.
    applied_at = models.DateTimeField(null=True)

    objects = ReplayQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"replay {self.pk} by {self.parser_version}"
