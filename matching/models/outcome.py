"""What became of what companies follow, as they tell it themselves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def standing(self) -> OutcomeQuerySet:
        return self.filter(replaced_at=None)


class Outcome(models.Model):
    """What a company says has become of an opportunity that it followed: its own, and seen by nobody else.

    Told anew it is another row, and the former one stays as its trace.
    """

    class Stage(models.TextChoices):
        BID = "bid"
        SHORTLISTED = "shortlisted"
        WON = "won"
        LOST = "lost"
        NO_BID = "no_bid"

    class Reason(models.TextChoices):
        TURNOVER = "turnover"
        LOCAL_CONTENT = "local_content"
        NO_TIME = "no_time"
        NO_PARTNER = "no_partner"
        PRICE = "price"
        TERMS = "terms"
        OTHER = "other"

    company = models.ForeignKey("accounts.Company", models.CASCADE, related_name="outcomes")
    opportunity = models.ForeignKey("opportunities.Opportunity", models.PROTECT, related_name="outcomes")
    stage = models.CharField(max_length=20, choices=Stage)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)  # of lost and no_bid, if told
    told_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    # Taken back, or something else was told in its place
    replaced_at = models.DateTimeField(null=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["told_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "opportunity"],
                name="outcome_stands_once",
                condition=Q(replaced_at=None),
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(stage__in=["lost", "no_bid"]),
                name="outcome_has_a_reason_only_where_it_ended_badly",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} / {self.opportunity}: {self.stage}"
