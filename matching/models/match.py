"""How well opportunities fit, and the marks that scoring leaves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from matching.models.profile import CapabilityProfile


class ScoredRevision(models.Model):
    """The mark that a revision has been matched against every profile."""

    # Goes with the revision, and revisions go only when a canary is forgotten.
    revision = models.OneToOneField(
        "opportunities.OpportunityRevision", models.CASCADE, related_name="scored"
    )
    scored_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.revision)


class TermStatistics(models.Model):
    """How many opportunities hold each word stem: what tells a rare word from a common one."""

    taken_at = models.DateTimeField(unique=True)
    documents = models.PositiveIntegerField()
    frequencies = models.JSONField()  # stem: number of opportunities

    class Meta:
        verbose_name_plural = "term statistics"

    def __str__(self) -> str:
        return f"{self.documents} opportunities, {self.taken_at:%Y-%m-%d %H:%M}"


class Match(models.Model):
    """How well an opportunity fits a profile, and why. Always about the latest revision scored."""

    profile = models.ForeignKey(CapabilityProfile, models.CASCADE, related_name="matches")
    opportunity = models.ForeignKey("opportunities.Opportunity", models.PROTECT, related_name="matches")
    score = models.PositiveSmallIntegerField()
    # Parts that add up to the score, each with its evidence: see matching.scoring.serialization
    parts = models.JSONField(default=list)
    scorer_version = models.CharField(max_length=20)
    # Which curve made the score of what the rules found: see matching.scoring.calibration
    calibration = models.CharField(max_length=20, default="")
    first_matched_at = models.DateTimeField()
    matched_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(fields=["profile", "opportunity"], name="match_once_per_profile"),
            models.CheckConstraint(condition=Q(score__lte=100), name="match_score_is_at_most_100"),
        ]
        indexes = [
            # Holds what lists are counted by, so that only what is shown need be read with its reasons.
            models.Index(
                fields=["profile", "-score"],
                include=["id", "opportunity", "first_matched_at"],
                name="match_best_first",
            )
        ]

    def __str__(self) -> str:
        return f"{self.profile} / {self.opportunity}: {self.score}"
