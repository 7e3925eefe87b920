"""Who buys, and in which city."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from opportunities.buyers.memory import Memory, figure, share
from opportunities.buyers.records import BuyerKind
from opportunities.models.opportunity import Opportunity


class City(models.Model):
    """One of the hundred cities of the Smart Cities Mission. Where it is drawn follows from its state."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100, unique=True)
    state = models.CharField(max_length=2)
    other_names = ArrayField(models.CharField(max_length=100), default=list)

    class Meta:
        verbose_name_plural = "cities"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BuyerQuerySet(models.QuerySet["Buyer"]):
    def standing(self) -> BuyerQuerySet:
        """Those that the office hasn't taken away."""
        return self.filter(removed_at=None)


class Buyer(models.Model):
    """A body that buys: a city's own company, its municipal body, a utility, a department. Never deleted."""

    # Of a body that Setu ships with; "" for what the office added
    slug = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in BuyerKind])
    city = models.ForeignKey(City, models.PROTECT, null=True, related_name="buyers")
    state = models.CharField(max_length=2, blank=True)
    # Null: by Setu.
    added_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = BuyerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=~Q(slug=""), name="buyer_once_per_slug"),
            models.CheckConstraint(
                condition=Q(removed_by=None) | Q(removed_at__isnull=False),
                name="buyer_removed_by_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shipped(self) -> bool:
        """Known to everyone, whatever the office has been told."""
        return self.slug != ""


class BuyerAliasQuerySet(models.QuerySet["BuyerAlias"]):
    def in_force(self) -> BuyerAliasQuerySet:
        return self.filter(removed_at=None)


class BuyerAlias(models.Model):
    """That a name in notices means a buyer, or, without one, that it names none. Undone, never deleted."""

    buyer = models.ForeignKey(Buyer, models.PROTECT, null=True, related_name="aliases")
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300)  # see buyers.buyer_key
    # "": wherever it is written. Else only in what this publisher numbers: many states have a "PWD".
    publisher = models.CharField(max_length=200, blank=True)
    # Null: by Setu.
    added_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = BuyerAliasQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "buyer aliases"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "publisher"], condition=Q(removed_at=None), name="buyer_alias_means_one"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="buyer_alias_has_words"),
            models.CheckConstraint(
                condition=Q(removed_by=None) | Q(removed_at__isnull=False),
                name="buyer_alias_removed_by_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.buyer}"


class BuyerNaming(models.Model):
    """Which buyer the names on an opportunity mean, as the aliases have it."""

    opportunity = models.OneToOneField(
        Opportunity, models.CASCADE, primary_key=True, related_name="buyer_naming"
    )
    # The mark: its facts were written, or an alias of its names was, since it was last named.
    is_due = models.BooleanField(default=True)
    buyer = models.ForeignKey(Buyer, models.PROTECT, null=True, related_name="namings", db_index=False)
    publisher = models.CharField(max_length=200, blank=True)
    # Keys of all names on it, and of the one that nobody knows, with how it is written
    keys = ArrayField(models.TextField(), default=list)
    waiting_key = models.TextField(blank=True)
    waiting_name = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["opportunity"], name="buyer_naming_due", condition=Q(is_due=True)),
            models.Index(fields=["buyer", "opportunity"], name="buyer_naming_of_buyer"),
            models.Index(
                fields=["publisher", "waiting_key"],
                name="buyer_naming_waiting",
                condition=~Q(waiting_key=""),
            ),
        ]

    def __str__(self) -> str:
        return f"buyer of {self.opportunity_id}"


class BuyerMemory(models.Model):
    """What a buyer's tenders so far were like, reckoned from those that every member may see.

    Each figure stands beside on how many tenders it rests. Null: nothing to reckon it from.
    """

    buyer = models.OneToOneField(Buyer, models.CASCADE, primary_key=True, related_name="memory")
    # The mark: its tenders were written since this was reckoned.
    is_due = models.BooleanField(default=True)
    reckoned_at = models.DateTimeField(null=True)

    tenders = models.PositiveIntegerField(default=0)
    # Days from publication to the deadline that was set first
    bid_days_median = models.FloatField(null=True)
    bid_days_of = models.PositiveIntegerField(default=0)
    # Of tenders that we knew before their first deadline and that have closed: how many were extended, and by
    # how many days each on average. What came to us later can't show what happened on the way.
    closed = models.PositiveIntegerField(default=0)
    extended = models.PositiveIntegerField(default=0)
    extension_days_mean = models.FloatField(null=True)
    # Of those that have closed or were called off: how many were called off or invited anew
    ended = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)
    # Bid security as a share of the stated value, 0.02 for two per cent
    security_share_median = models.FloatField(null=True)
    security_of = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "buyer memories"
        indexes = [
            models.Index(fields=["buyer"], name="buyer_memory_due", condition=Q(is_due=True)),
        ]

    def __str__(self) -> str:
        return f"memory of {self.buyer_id}"

    @property
    def figures(self) -> Memory:
        """Those that rest on enough tenders to be shown."""
        return Memory(
            tenders=self.tenders,
            bid_days=figure(self.bid_days_median, self.bid_days_of),
            extended=share(self.extended, self.closed),
            extension_days=figure(self.extension_days_mean, self.extended),
            cancelled=share(self.cancelled, self.ended),
            security=figure(self.security_share_median, self.security_of),
        )
