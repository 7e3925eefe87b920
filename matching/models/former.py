"""What rows were called before two recipients turned out to be one person: old mails still name them."""

from __future__ import annotations

from django.db import models

from matching.models.recipient import Recipient
from matching.models.subscription import Subscription


class FormerRecipient(models.Model):
    """A recipient that was joined to another, of the same person."""

    former_id = models.BigIntegerField(unique=True)
    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="former")

    def __str__(self) -> str:
        return f"{self.former_id}, now {self.recipient_id}"


class FormerSubscription(models.Model):
    """A subscription that was joined to another, of the same person to the same topics."""

    former_id = models.BigIntegerField(unique=True)
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="former")

    def __str__(self) -> str:
        return f"{self.former_id}, now {self.subscription_id}"
