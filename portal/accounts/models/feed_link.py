from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from portal.accounts.models.company import Company
from portal.accounts.models.people import User


class FeedLinkQuerySet(models.QuerySet["FeedLink"]):
    def alive(self) -> FeedLinkQuerySet:
        """Not revoked, and its person may still sign in and acts for its company, which is approved."""
        return self.filter(
            revoked_at=None,
            user__is_active=True,
            company__approved_at__isnull=False,
            company__memberships__user=F("user"),
        )


class FeedLink(models.Model):
    """A private address at which a program reads what a person may see, until the person revokes it."""

    class Kind(models.TextChoices):
        CALENDAR = "calendar"
        ATOM = "atom"

    user = models.ForeignKey(User, models.CASCADE, related_name="feed_links")
    company = models.ForeignKey(Company, models.CASCADE, related_name="feed_links")
    kind = models.CharField(max_length=20, choices=Kind)
    # Which of the feeds of its kind, in words of those who draw it
    about = models.CharField(max_length=200, blank=True)
    # SHA-256 of what stands in the address: the address itself is nowhere
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    # To the hour
    last_used_at = models.DateTimeField(null=True)

    objects = FeedLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "company", "kind", "about"],
                name="feed_link_once_while_it_lives",
                condition=Q(revoked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user}"
