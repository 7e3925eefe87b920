"""What people have asked to be sent, and what not."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from matching.models.profile import CapabilityProfile
from matching.models.recipient import Recipient
from matching.models.saved_search import SavedSearch
from portal.accounts.models import Company, Membership


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def wanted(self) -> SubscriptionQuerySet:
        """Not ended, about something that still stands, by someone who may know of it.

        Of topics everyone may who isn't shut out; of the rest who acts for the company that it belongs to,
        which is one that the office has approved. The canary's is among them.
        """
        reads_for = Membership.objects.filter(
            user=OuterRef("recipient__user"),
            company=Coalesce(
                OuterRef("profile__company"), OuterRef("company"), OuterRef("saved_search__company")
            ),
            company__approved_at__isnull=False,
        )
        return self.filter(
            Q(kind__in=(Subscription.Kind.TOPICS, Subscription.Kind.CANARY)) | Exists(reads_for),
            Q(recipient__user=None) | Q(recipient__user__is_active=True),
            Q(profile=None) | Q(profile__retired_at=None),
            Q(saved_search=None) | Q(saved_search__ended_at=None),
            ended_at=None,
        )

    def with_what_is_read(self) -> SubscriptionQuerySet:
        """With the rows that every reader of subscriptions needs."""
        return self.select_related("recipient__user", "profile__company", "company", "saved_search__company")


class Subscription(models.Model):
    """That a person wants mail about a profile's matches, what a company follows, a search, or topics."""

    class Kind(models.TextChoices):
        PROFILE = "profile"
        FOLLOWS = "follows"  # all that the company follows
        SEARCH = "search"
        TOPICS = "topics"  # of what is disclosed to everyone: no account is needed
        CANARY = "canary"  # of a made-up notice a day, to show that mail arrives: nobody's

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="subscriptions")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PROFILE)
    profile = models.ForeignKey(CapabilityProfile, models.CASCADE, null=True, related_name="subscriptions")
    company = models.ForeignKey(Company, models.CASCADE, null=True, related_name="+")  # that follows
    saved_search = models.ForeignKey(SavedSearch, models.CASCADE, null=True, related_name="subscriptions")
    # Topics: as opportunities.searching.address writes them; "" is everything
    query = models.TextField(blank=True)
    # But for a profile's matches, what could be known before this is told only where it changes or closes.
    created_at = models.DateTimeField()
    # Set by one click in a mail or on a page; null while the mail is wanted.
    ended_at = models.DateTimeField(null=True)
    # Monday is 0: once a week from that day on. Null: every day that mail comes on.
    weekday = models.PositiveSmallIntegerField(null=True)
    # Within the hour, between morning and night
    is_immediate = models.BooleanField(default=False)
    # Null: from where the profile's list begins, below which nothing is told either way.
    minimum_score = models.PositiveSmallIntegerField(null=True)
    # The last day's run that decided what it is told, be that nothing. The next period begins after it.
    decided_on = models.DateField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "profile"], name="subscription_once"),
            models.UniqueConstraint(fields=["recipient", "company"], name="subscription_to_follows_once"),
            models.UniqueConstraint(fields=["recipient", "saved_search"], name="subscription_to_search_once"),
            models.UniqueConstraint(
                fields=["recipient", "query"],
                name="subscription_to_topics_once",
                condition=Q(kind__in=("topics", "canary")),
            ),
            models.CheckConstraint(
                condition=Q(kind="profile", profile__isnull=False, company=None, saved_search=None)
                | Q(kind="follows", profile=None, company__isnull=False, saved_search=None)
                | Q(kind="search", profile=None, company=None, saved_search__isnull=False)
                | Q(kind__in=("topics", "canary"), profile=None, company=None, saved_search=None),
                name="subscription_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(weekday=None) | Q(weekday__lte=4), name="subscription_weekday_is_a_working_day"
            ),
            models.CheckConstraint(
                condition=Q(is_immediate=False) | Q(weekday=None), name="subscription_has_one_rhythm"
            ),
            models.CheckConstraint(
                condition=Q(minimum_score=None) | Q(minimum_score__lte=100),
                name="subscription_minimum_score_is_at_most_100",
            ),
        ]

    def __str__(self) -> str:
        about = self.profile or self.company or self.saved_search or self.query or "everything"
        return f"{self.recipient}: {about}"

    @property
    def least_score(self) -> int:
        """From which score on matches are told; 0 where nothing is scored. Reads the profile."""
        return max(self.profile.minimum_score, self.minimum_score or 0) if self.profile else 0

    @property
    def reader(self) -> Company | None:
        """The company for which its person reads; None for what is disclosed to everyone."""
        if self.profile:
            return self.profile.company
        return self.saved_search.company if self.saved_search else self.company


class Mute(models.Model):
    """That a person wants no mail about one opportunity, whatever they subscribe to."""

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="mutes")
    opportunity = models.ForeignKey("opportunities.Opportunity", models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "opportunity"], name="mute_once")]

    def __str__(self) -> str:
        return f"{self.recipient}: nothing about {self.opportunity}"
