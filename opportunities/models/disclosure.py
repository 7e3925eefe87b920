from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from opportunities.audience import Audience
from opportunities.models.opportunity import Opportunity


class Disclosure(models.Model):
    """That the office decided who may see an opportunity, and from when. Append-only; the last one stands."""

    opportunity = models.ForeignKey(Opportunity, models.PROTECT, related_name="disclosures")
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    # Null: withdrawn, nobody sees it any more.
    disclosed_from = models.DateTimeField(null=True)
    # Who is meant: see audience.Audience
    audience_domains = ArrayField(models.SlugField(), default=list)
    audience_regions = ArrayField(models.CharField(max_length=2), default=list)
    because = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.opportunity} from {self.disclosed_from}"

    @property
    def audience(self) -> Audience:
        return Audience(tuple(self.audience_domains), tuple(self.audience_regions))
