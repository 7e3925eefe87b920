"""Companies that ask each other to bid together."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from matching.models.profile import CapabilityProfile


class PartnerRequest(models.Model):
    """That one company asks another to bid together. Names are told when both want it, and not before.

    Whoever asks has agreed by asking. Kept when declined or taken back, so that it can be shown who was told
    what, and when.
    """

    opportunity = models.ForeignKey("opportunities.Opportunity", models.PROTECT, related_name="+")
    asking = models.ForeignKey(CapabilityProfile, models.CASCADE, related_name="partners_asked")
    asked = models.ForeignKey(CapabilityProfile, models.CASCADE, related_name="partner_requests")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # What competition law asked about the two at that moment (teams.Concern); null: asked before it was kept
    concerns = ArrayField(models.CharField(max_length=20), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    has_agreed = models.BooleanField(null=True)  # null: not answered
    withdrawn_at = models.DateTimeField(null=True)  # by whoever asked, before there was an answer

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "asking", "asked"], name="partner_asked_once_for_an_opportunity"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, has_agreed=None)
                | Q(answered_at__isnull=False, has_agreed__isnull=False),
                name="partner_request_answered_at_once",
            ),
        ]
        indexes = [models.Index(fields=["asked", "-asked_at"], name="partner_requests_of")]

    def __str__(self) -> str:
        return f"{self.asking} → {self.asked}: {self.opportunity}"

    @property
    def is_open(self) -> bool:
        return self.has_agreed is None and self.withdrawn_at is None
