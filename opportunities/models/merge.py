from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from opportunities.models.opportunity import Opportunity, OpportunityRevision
from opportunities.sameness.judge import Ground


class MergeQuerySet(models.QuerySet["Merge"]):
    def in_force(self) -> MergeQuerySet:
        return self.filter(undone_at=None)


class Merge(models.Model):
    """That two opportunities are one: the first is read as part of the second. Undone, never deleted."""

    away = models.ForeignKey(Opportunity, models.PROTECT, related_name="merges")
    into = models.ForeignKey(Opportunity, models.PROTECT, related_name="taken_in")
    # The survivor's revision at which it took the other in: whoever knew the other is told what came after.
    revision = models.ForeignKey(OpportunityRevision, models.PROTECT, related_name="+")
    # What was different for those who knew only the one that was taken in, in the form of a revision's.
    changes = models.JSONField(default=list)
    ground = models.CharField(max_length=20, choices=[(g.value, g.value) for g in Ground])
    compared = models.JSONField(default=list)  # see serialization.compared_to_json
    merged_at = models.DateTimeField()
    # Null: by rule.
    merged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["away"], condition=Q(undone_at=None), name="merged_into_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(away=F("into")), name="merge_is_of_two"),
            models.CheckConstraint(
                condition=Q(undone_by=None) | Q(undone_at__isnull=False), name="merge_undone_by_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.away} into {self.into}"


class MergeProposalQuerySet(models.QuerySet["MergeProposal"]):
    def undecided(self) -> MergeProposalQuerySet:
        return self.filter(decision="")


class MergeProposal(models.Model):
    """That two opportunities may be one, and what was decided. Once for each pair, so it is asked once."""

    class Decision(models.TextChoices):
        MERGED = "merged"
        TWO = "two"  # not the same, and never to be proposed again

    # The one recorded earlier is the first.
    first = models.ForeignKey(Opportunity, models.PROTECT, related_name="+")
    second = models.ForeignKey(Opportunity, models.PROTECT, related_name="+")
    # By rule they are one: merged as soon as both are disclosed.
    is_sure = models.BooleanField()
    ground = models.CharField(max_length=20, choices=[(g.value, g.value) for g in Ground])
    likeness = models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)])
    compared = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_at = models.DateTimeField(null=True)
    # Null though decided: by rule.
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = MergeProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-likeness", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="proposed_once_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="proposal_is_in_order"),
            models.CheckConstraint(condition=Q(likeness__lte=100), name="proposal_likeness_is_at_most_100"),
            models.CheckConstraint(
                condition=(Q(decision="") & Q(decided_at=None))
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="proposal_decision_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["-likeness"], name="proposal_undecided", condition=Q(decision="")),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"

    @property
    def survivor_first(self) -> tuple[Opportunity, Opportunity]:
        """The two in the order in which they would survive a merge."""
        one, other = sorted((self.first, self.second), key=lambda row: row.survival_order)
        return one, other
