from __future__ import annotations

from django.db import models

from opportunities.models.opportunity import Opportunity


class Disclosure(models.Model):
    """That the office decided when everyone may see an opportunity. Append-only; the last one stands."""

    opportunity = models.ForeignKey(Opportunity, models.PROTECT, related_name="disclosures")
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    # Null: withdrawn, nobody sees it any more.
    disclosed_from = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.opportunity} from {self.disclosed_from}"
