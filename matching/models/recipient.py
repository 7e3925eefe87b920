"""Who gets mail: one row a person, with or without an account."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from opportunities.canary import CANARY_RECIPIENT
from portal.lib.clocks import STOCKHOLM

MORNING = 7  # o'clock: when mail comes to whoever hasn't chosen an hour


class RecipientQuerySet(models.QuerySet["Recipient"]):
    def people(self) -> RecipientQuerySet:
        """All but the canary."""
        return self.exclude(email=CANARY_RECIPIENT)


class Recipient(models.Model):
    """A person that mail goes to, and when it suits them. All their subscriptions come in one mail."""

    # Who has an account is written to at its address, so that there is no second one to keep.
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="recipient")
    email = models.EmailField(blank=True)
    # "": the account's, and where there is none the portal's
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, blank=True)
    time_zone = models.CharField(max_length=60, default=STOCKHOLM.key)
    send_hour = models.PositiveSmallIntegerField(default=MORNING)  # from this hour on, of their own day
    wants_weekends = models.BooleanField(default=False)
    wants_alerts = models.BooleanField(default=True)  # besides the digests
    created_at = models.DateTimeField()

    objects = RecipientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None) ^ Q(email=""), name="recipient_has_an_account_or_an_address"
            ),
            models.UniqueConstraint(Lower("email"), name="recipient_address_once", condition=Q(user=None)),
            models.CheckConstraint(
                condition=Q(send_hour__gte=MORNING, send_hour__lt=22), name="recipient_sleeps_at_night"
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """Reads the account. The canary's is a setting, "" where it has none."""
        if self.is_canary:
            return str(settings.CANARY_ADDRESS)
        return self.user.email if self.user else self.email

    @property
    def is_canary(self) -> bool:
        return self.email == CANARY_RECIPIENT

    @property
    def mail_language(self) -> str:
        """Reads the account."""
        return self.language or (self.user.language if self.user else settings.LANGUAGE_CODE)
