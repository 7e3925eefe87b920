"""What is read, and how it behaves."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class SourceQuerySet(models.QuerySet["Source"]):
    def due_at(self, now: datetime) -> SourceQuerySet:
        return self.filter(is_enabled=True, poll_every_minutes__isnull=False).filter(
            Q(next_poll_at=None) | Q(next_poll_at__lte=now)
        )


class Source(models.Model):
    """Something we read. How to read it is code: see ingest.sources."""

    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    # Where fetching begins: a URL, or a folder for mail that is dropped there. Blank: files are handed in.
    address = models.CharField(max_length=1000, blank=True)
    # Whose process numbers its documents hold, where they don't say: a portal's host name.
    publisher = models.CharField(max_length=200)
    is_enabled = models.BooleanField(default=True)

    # Schedule. Null: never polled.
    poll_every_minutes = models.PositiveIntegerField(null=True)
    next_poll_at = models.DateTimeField(null=True)

    # Health
    last_polled_at = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    last_failure = models.TextField(blank=True)
    consecutive_failures = models.PositiveIntegerField(default=0)
    # Where the visit that is under way left off, for a source that takes several: see SourceSettings.
    resume_at = models.CharField(max_length=300, blank=True)
    # The breaker. Open: it has failed so often that we only look now and then whether it is back.
    opened_at = models.DateTimeField(null=True)

    # What its polls usually give, and the alarm when one gives something else: see services.check_sources
    usual_rows = models.PositiveIntegerField(null=True)
    usual_since = models.DateTimeField(null=True)
    alarm = models.CharField(max_length=20, blank=True)  # see watching.alarms
    alarm_found = models.PositiveIntegerField(default=0)
    alarm_usual = models.PositiveIntegerField(default=0)
    alarmed_at = models.DateTimeField(null=True)
    # Of the canary: since when a daily mail is promised. Null: it isn't mailed.
    mailed_since = models.DateTimeField(null=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PollQuerySet(models.QuerySet["Poll"]):
    def uncounted(self) -> PollQuerySet:
        return self.filter(counted_at=None)

    def as_usual(self, source: Source) -> PollQuerySet:
        """Those that show what the source gives when all is well, latest first."""
        counted = self.filter(source=source, failure="", alarm="", counted_at__isnull=False, left_off_at=None)
        if source.usual_since is not None:
            counted = counted.filter(polled_at__gte=source.usual_since)
        return counted.order_by("-polled_at", "-pk")


class Poll(models.Model):
    """One visit to a source and what came of it, counted once all it showed has been read."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="polls")
    polled_at = models.DateTimeField()
    failure = models.TextField(blank=True)
    documents = models.PositiveIntegerField(default=0)
    new_documents = models.PositiveIntegerField(default=0)
    # Which documents it showed, new or known, until they are counted.
    document_ids = ArrayField(models.BigIntegerField(), default=list)
    # Null until counted; a poll that failed has nothing to count.
    counted_at = models.DateTimeField(null=True)
    notices = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    alarm = models.CharField(max_length=20, blank=True)
    # Null: all there was has been seen, and what is counted here is the whole round of visits that ends here.
    left_off_at = models.CharField(max_length=300, null=True)  # noqa: DJ001  "" is: begins anew next time

    objects = PollQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["source", "-polled_at"], name="poll_history"),
            models.Index(fields=["polled_at"], name="poll_uncounted", condition=Q(counted_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.polled_at:%Y-%m-%d %H:%M}"


class PageLayoutQuerySet(models.QuerySet["PageLayout"]):
    def settled(self) -> PageLayoutQuerySet:
        """Those that count as what the source looks like, the latest seen last."""
        return self.filter(settled_at__isnull=False).order_by("last_seen_at", "pk")

    def alarming(self) -> PageLayoutQuerySet:
        return self.filter(alarmed_at__isnull=False)


class PageLayout(models.Model):
    """One way in which a source's pages of one type are built: see ingest.watching.layout."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="layouts")
    page = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64)
    path = models.CharField(max_length=500)
    labels = ArrayField(models.TextField())
    has_all_labels = models.BooleanField()
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    # Null until it is what the source looks like: the first one, a mere variation, or accepted by a person.
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    # While it is shown and isn't settled, and what it changed about those that are
    alarmed_at = models.DateTimeField(null=True)
    new_labels = ArrayField(models.TextField(), default=list)
    gone_labels = ArrayField(models.TextField(), default=list)

    objects = PageLayoutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "page", "fingerprint"], name="page_layout_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.page}: {', '.join(self.labels)}"
