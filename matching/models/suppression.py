"""Addresses that are not written to, and what was reported of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class MailReport(models.Model):
    """That a mail came back, or was complained about. Told once, however often it is reported.

    Whose address it is can't be read here: ``address_hash`` answers only whoever knows the address.
    """

    class Kind(models.TextChoices):
        HARD = "hard"  # there is no such mailbox
        SOFT = "soft"  # not this time: it is full, too slow, or didn't like the mail
        COMPLAINT = "complaint"  # its reader called it spam
        ASKED = "asked"  # its reader wants no more

    class Channel(models.TextChoices):
        MAILBOX = "mailbox"
        PROVIDER = "provider"
        SERVER = "server"  # the mail server said so while we sent

    # SHA-256 of what makes the report itself
    fingerprint = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    channel = models.CharField(max_length=20, choices=Channel)
    address_hash = models.CharField(max_length=64)
    # First letter and domain, for people
    address_hint = models.CharField(max_length=200)
    # RFC 3463, where one was given: 5.1.1
    status = models.CharField(max_length=20, blank=True)
    # The server's words, without addresses
    said = models.CharField(max_length=300, blank=True)
    reported_at = models.DateTimeField()
    # Which mail it was, where the report names one of our digests or alerts
    delivery = models.ForeignKey("matching.Delivery", models.SET_NULL, null=True, related_name="reports")

    class Meta:
        indexes = [models.Index(fields=["address_hash", "reported_at"], name="mail_report_of_address")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.address_hint}"


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def standing(self) -> SuppressionQuerySet:
        return self.filter(lifted_at=None)


class Suppression(models.Model):
    """That an address isn't written to, until the office says otherwise. Hidden as in ``MailReport``."""

    address_hash = models.CharField(max_length=64)
    address_hint = models.CharField(max_length=200)
    reason = models.CharField(max_length=20, choices=MailReport.Kind)
    suppressed_at = models.DateTimeField()
    # Null where a report led to it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    because = models.CharField(max_length=300, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    lifted_because = models.CharField(max_length=300, blank=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        ordering = ["-suppressed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["address_hash"], name="suppression_once", condition=Q(lifted_at=None)
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | ~Q(lifted_because=""), name="suppression_lifted_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address_hint}, {self.reason}"
