"""What companies say of their matches."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def standing(self) -> VerdictQuerySet:
        return self.filter(withdrawn_at=None)

    def dismissals(self) -> VerdictQuerySet:
        return self.standing().filter(is_relevant=False)

    def teaching(self) -> VerdictQuerySet:
        """Those that say what the company's subject is. The other reasons are about rules, not relevance."""
        return self.filter(Q(is_relevant=True) | Q(reason=Verdict.Reason.WRONG_FIELD))

    def unlearnt(self) -> VerdictQuerySet:
        """Given or withdrawn since the profile's list was last ranked."""
        return self.filter(learnt_at=None)


class Verdict(models.Model):
    """What a company says of a match: relevant, or not and why. It changes no other company's list."""

    class Reason(models.TextChoices):
        WRONG_FIELD = "wrong_field"
        TOO_BIG = "too_big"
        TOO_SMALL = "too_small"
        WRONG_PLACE = "wrong_place"
        INELIGIBLE = "ineligible"
        NO_TIME = "no_time"
        NO_PARTNER = "no_partner"
        OTHER = "other"

    profile = models.ForeignKey("matching.CapabilityProfile", models.CASCADE, related_name="verdicts")
    opportunity = models.ForeignKey("opportunities.Opportunity", models.PROTECT, related_name="verdicts")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    is_relevant = models.BooleanField()
    reason = models.CharField(max_length=20, choices=Reason, blank=True)  # "" where it is relevant
    note = models.CharField(max_length=500, blank=True)
    given_at = models.DateTimeField()
    # Taken back, or another verdict stands in its place. Rows are kept.
    withdrawn_at = models.DateTimeField(null=True)
    # When the ranking last took it in, or its withdrawal. Null: not yet.
    learnt_at = models.DateTimeField(null=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "opportunity"],
                name="verdict_stands_once",
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                condition=Q(is_relevant=True, reason="") | (Q(is_relevant=False) & ~Q(reason="")),
                name="verdict_against_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["profile"], name="verdict_unlearnt", condition=Q(learnt_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.profile} / {self.opportunity}: {self.reason or 'relevant'}"

    @property
    def teaches(self) -> bool:
        """Whether it is one of ``VerdictQuerySet.teaching``."""
        return self.is_relevant or self.reason == Verdict.Reason.WRONG_FIELD
