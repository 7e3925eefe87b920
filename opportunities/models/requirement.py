from __future__ import annotations

from django.db import models
from django.db.models import Q

from opportunities.models.notice import Notice
from opportunities.models.opportunity import Opportunity
from opportunities.parsed_notice import CONFIDENT, RequirementKind
from portal.lib.money import Money


class Requirement(models.Model):
    """One thing that an opportunity asks of whoever bids, as it stands now, and the notice that says so.

    Compiled from the notices, as an opportunity's facts are: only services.record_notices() writes it.
    """

    opportunity = models.ForeignKey(Opportunity, models.PROTECT, related_name="requirements")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="requirements")
    number = models.PositiveSmallIntegerField()  # its position among the notice's

    # Null or "" means that the sentence doesn't say. See parsed_notice.Requirement for each.
    kind = models.CharField(max_length=30, choices=[(k.value, k.value) for k in RequirementKind])
    sentence = models.TextField()
    place = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    share = models.DecimalField(max_digits=6, decimal_places=4, null=True)
    years = models.PositiveSmallIntegerField(null=True)
    count = models.PositiveIntegerField(null=True)
    name = models.CharField(max_length=200, blank=True)
    is_allowed = models.BooleanField(null=True)
    confidence = models.FloatField()

    class Meta:
        ordering = ["kind", "notice", "number"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "notice", "number"], name="requirement_once"),
            models.CheckConstraint(
                condition=(Q(amount=None) & Q(currency="")) | (Q(amount__isnull=False) & ~Q(currency="")),
                name="requirement_amount_has_currency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.sentence}"

    @property
    def money(self) -> Money | None:
        return None if self.amount is None else Money(self.amount, self.currency)

    @property
    def is_sure(self) -> bool:
        """Whether it was read for certain, or the office has confirmed it."""
        return self.confidence >= CONFIDENT
