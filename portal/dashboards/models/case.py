from __future__ import annotations

from django.db import models
from django.db.models import Q


class Case(models.Model):
    """What the office has to do with one thing that waits: who has it, and what was done about it.

    It goes by the kind and key of what waits, so it outlasts that: what comes back is remembered.
    """

    kind = models.CharField(max_length=20)
    about = models.BigIntegerField()
    # The number of its last entry: whoever acts says which was the last they had seen.
    version = models.PositiveIntegerField(default=0)
    assigned_to = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    # It needs nothing from then on, until it changes.
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "about"], name="case_once_about_each"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.about}"


class CaseEntryQuerySet(models.QuerySet["CaseEntry"]):
    def standing(self) -> CaseEntryQuerySet:
        return self.filter(undone_at=None)

    def telling_a_deed(self) -> CaseEntryQuerySet:
        """Those that did something, rather than say it or who looks after it."""
        talk = (CaseEntry.Deed.REMARKED, CaseEntry.Deed.ASSIGNED)
        return self.exclude(deed__in=talk)


class CaseEntry(models.Model):
    """One thing that a person of the office did or wrote about a case. Undone, never deleted."""

    class Deed(models.TextChoices):
        DISCLOSED = "disclosed"
        SETTLED = "settled"
        SET_ASIDE = "set_aside"
        MERGED = "merged"
        KEPT_APART = "kept_apart"
        ANSWERED = "answered"
        APPROVED = "approved"
        REFUSED = "refused"
        ACCEPTED = "accepted"
        NAMED = "named"
        NAMED_NOBODY = "named_nobody"
        ASSIGNED = "assigned"
        REMARKED = "remarked"

    case = models.ForeignKey(Case, models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    deed = models.CharField(max_length=20, choices=Deed)
    # What the thing was called then
    title = models.TextField()
    # The reason, or the remark
    words = models.TextField(blank=True)
    # From when it holds, where that is later than it was done
    holds_from = models.DateTimeField(null=True)
    # To whom it was given; null: to nobody
    given_to = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    # The row that takes it back: a merge's, a ruling's, an alias's. Null: it is known from the case
    way_back = models.BigIntegerField(null=True)
    done_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = CaseEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "case entries"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="case_entry_number_once"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="case_entry_undone_by_someone_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["-done_at"], name="case_entry_latest")]

    def __str__(self) -> str:
        return f"{self.case} {self.number}: {self.deed}"
