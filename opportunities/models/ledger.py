from __future__ import annotations

from typing import Any

from django.db import models


class LedgerEntry(models.Model):
    """One line of the ledger: who disclosed what to whom and when, and whatever else has to be accounted for.

    Append-only: the database refuses to change or remove a line. Each holds the seal of the one before, so
    that whoever goes round the database is found out (``chain.examine``). Written by ``write_ledger`` alone.
    """

    number = models.PositiveBigIntegerField(primary_key=True)  # 1, 2, 3 … without a gap
    previous = models.CharField(max_length=64)
    seal = models.CharField(max_length=64, unique=True)

    kind = models.CharField(max_length=30)  # a LedgerKind
    at = models.DateTimeField()
    # Null: a rule or the clock
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    # No constraints: a line outlives what it is about.
    opportunity = models.ForeignKey(
        "opportunities.Opportunity", models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    project = models.ForeignKey(
        "opportunities.Project",
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    company = models.ForeignKey(
        "accounts.Company", models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    rule: models.JSONField[Any, Any] = models.JSONField(null=True)
    visible_from = models.DateTimeField(null=True)
    because = models.TextField(blank=True)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "ledger entries"

    def __str__(self) -> str:
        return f"{self.number}. {self.kind}"
