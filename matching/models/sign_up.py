"""People without an account who ask for mail, and what they have agreed to."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from matching.models.recipient import Recipient
from matching.models.subscription import Subscription
from portal.lib.retry import Retryable


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def unsent(self) -> SignUpQuerySet:
        return self.filter(sent_at=None, confirmed_at=None)

    def due_at(self, now: datetime) -> SignUpQuerySet:
        return self.unsent().filter(retry_at__lte=now, expires_at__gt=now)


class SignUp(Retryable):
    """That somebody typed an address and topics: one mail with a link is owed, and nothing else is kept."""

    email = models.EmailField()
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    query = models.CharField(max_length=1000, blank=True)  # as Subscription has it, and so the rhythm
    weekday = models.PositiveSmallIntegerField(null=True)
    is_immediate = models.BooleanField(default=False)
    page = models.CharField(max_length=200)  # where it was asked
    asked_at = models.DateTimeField()
    # By then it is forgotten, unless the link was followed.
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_immediate=False) | Q(weekday=None), name="sign_up_has_one_rhythm"
            ),
        ]
        indexes = [
            models.Index(
                fields=["retry_at"], name="sign_up_unsent", condition=Q(sent_at=None, confirmed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"sign-up {self.pk}"


class Consent(models.Model):
    """What a person agreed to by following the link, when, on which page, and in which words."""

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="consents")
    sign_up = models.OneToOneField(SignUp, models.PROTECT, related_name="consent")
    agreed_at = models.DateTimeField()
    page = models.CharField(max_length=200)
    query = models.CharField(max_length=1000, blank=True)
    rhythm = models.CharField(max_length=20)
    wording = models.CharField(max_length=20)  # which version of the page's words

    def __str__(self) -> str:
        return f"{self.recipient}: {self.wording}"


class Withdrawal(models.Model):
    """That a person wants a mail no longer, since when, and how they said so."""

    class Way(models.TextChoices):
        CLICK = "click"  # the mail program's button, or the link in the mail
        PAGE = "page"  # on a page of ours
        API = "api"  # by a program of theirs
        MAIL = "mail"  # by a mail to us

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="withdrawals")
    # Null once it is gone with its company
    subscription = models.ForeignKey(Subscription, models.SET_NULL, null=True, related_name="withdrawals")
    withdrawn_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way)

    def __str__(self) -> str:
        return f"{self.recipient}: {self.way}"
