from __future__ import annotations

from django.db import models

from portal.accounts.models.company import Company
from portal.accounts.models.people import User


class KeptAnswer(models.Model):
    """What a program was answered, so that sending the same again does nothing twice."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    # Null: one of the office's, who act for no company
    company = models.ForeignKey(Company, models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=255)  # that the program chose
    # SHA-256 of method, address and body
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField(null=True)  # null: it had none
    location = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "company", "key"], name="kept_answer_once", nulls_distinct=False
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="kept_answer_by_age")]

    def __str__(self) -> str:
        return f"{self.key} of {self.user}"
