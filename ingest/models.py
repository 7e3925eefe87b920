from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.lib.retry import Retryable


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


class ReplayQuerySet(models.QuerySet["Replay"]):
    def requested(self) -> ReplayQuerySet:
        return self.filter(compared_at=None)

    def undecided(self) -> ReplayQuerySet:
        return self.filter(compared_at__isnull=False, decided_at=None)

    def to_apply(self) -> ReplayQuerySet:
        return self.filter(is_accepted=True, applied_at=None)


class Replay(models.Model):
    """A comparison of what is recorded with what the readers of today make of the archive, and what a person
    decided about it."""

    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    # Null until compared
    compared_at = models.DateTimeField(null=True)
    parser_version = models.CharField(max_length=20, blank=True)
    documents = models.PositiveIntegerField(default=0)
    opportunities = models.PositiveIntegerField(default=0)
    different = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    # Rows of [field, how many differ, [[publisher, process_id, recorded, replayed], …]]
    fields = models.JSONField(default=list)
    # Null until a person has decided
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    is_accepted = models.BooleanField(null=True)
    # Null until every document has been read again; RawDocument.reread_for is the mark of each.
    applied_at = models.DateTimeField(null=True)

    objects = ReplayQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"replay {self.pk} by {self.parser_version}"


class RawDocumentQuerySet(models.QuerySet["RawDocument"]):
    def unparsed_at(self, now: datetime) -> RawDocumentQuerySet:
        return self.filter(parsed_at=None, retry_at__lte=now)

    def rejected(self) -> RawDocumentQuerySet:
        """Those that hold nothing we know, until a person has settled them."""
        return self.exclude(rejected_because="").filter(settled_at=None)


class RawDocument(Retryable):
    """Exactly the bytes a source gave us. Kept so that any parse can be redone and any fact traced."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="documents")
    url = models.TextField()
    # What makes two fetches the same document: see SourceAdapter.fingerprint
    fingerprint = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    headers = models.JSONField(default=list)
    body = models.BinaryField()
    fetched_at = models.DateTimeField()
    # Who handed it in or pasted it; null where it was fetched.
    handed_in_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    # The last time the source still showed the same.
    seen_at = models.DateTimeField()
    # When it counts as said: first fetched, or fetched again after the source had said something else.
    as_of = models.DateTimeField()
    # How it is built; null for prose, and for what isn't a page of its source.
    layout = models.ForeignKey(PageLayout, models.SET_NULL, null=True, related_name="documents")
    # Null until parsed: the parse queue is "where parsed_at is null and retry_at is past".
    parsed_at = models.DateTimeField(null=True)
    # Blank: never read to its end, because reading it ended the reader.
    parser_version = models.CharField(max_length=20, blank=True)
    # The accepted replay that read it last.
    reread_for = models.ForeignKey(Replay, models.SET_NULL, null=True, related_name="+")
    # How often reading it has begun and never ended, and which worker began last: see services.tries
    unfinished_tries = models.PositiveSmallIntegerField(default=0)
    tried_by = models.CharField(max_length=32, blank=True)
    # Why it holds no notices, when the source changed and trying again would not help.
    rejected_because = models.TextField(blank=True)
    # What a person did about that. Forgotten when it is tried again.
    settled_at = models.DateTimeField(null=True)
    settled_because = models.TextField(blank=True)
    settled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = RawDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "url", "fingerprint"], name="raw_document_once_per_content"
            ),
        ]
        indexes = [
            models.Index(fields=["retry_at"], name="raw_document_unparsed", condition=Q(parsed_at=None)),
        ]

    def __str__(self) -> str:
        return self.url


class Extraction(models.Model):
    """Which notice came out of which document: the trail from a fact back to its bytes."""

    document = models.ForeignKey(RawDocument, models.PROTECT, related_name="extractions")
    notice = models.ForeignKey("opportunities.Notice", models.PROTECT, related_name="extractions")
    # Rows of [field, place, words, confidence]: see opportunities.serialization.origins_to_json
    origins = models.JSONField(default=list)
    # Rows of [field, place, words, reason]: facts that the document seems to state and we can't read
    doubts = models.JSONField(default=list)
    # Since when something in it waits for the office: see ingest.reading.questions. Null: nothing is open.
    asks_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "notice"], name="extraction_once"),
        ]
        indexes = [
            models.Index(
                fields=["-asks_since"], name="extraction_asking", condition=Q(asks_since__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} -> {self.notice}"


class QuarantinedPart(models.Model):
    """A part of a document that can't be read as the notice it seems to be, until a person has settled it."""

    document = models.ForeignKey(RawDocument, models.PROTECT, related_name="quarantined_parts")
    place = models.CharField(max_length=300)
    excerpt = models.TextField(blank=True)
    reason = models.TextField()
    quarantined_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_because = models.TextField(blank=True)
    # Null where a better parser settled it.
    settled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "place"], name="quarantined_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class HandReading(models.Model):
    """A notice that a person read in a document where our readers couldn't, kept for ever as it was typed."""

    document = models.ForeignKey(RawDocument, models.PROTECT, related_name="hand_readings")
    # Of the part it was read in; blank: somewhere in a document that was rejected as a whole.
    place = models.CharField(max_length=300, blank=True)
    # See opportunities.serialization.notice_to_json
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    notice = models.ForeignKey("opportunities.Notice", models.PROTECT, related_name="hand_readings")
    read_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "place", "content_hash"], name="hand_reading_once_per_content"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.place}: by {self.read_by}"


class ColumnMapping(models.Model):
    """What the office says the columns under one header hold. Never edited: a new version takes its place."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="column_mappings")
    # Of the header, in whatever order its columns stand: see reading.columns.header.signature_of
    signature = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    # Rows of [header, which of that name, field, unit, date order, is spare]: see services.columns
    uses = models.JSONField(default=list)
    # No column numbers the processes: title and place tell them apart.
    is_by_title = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "signature", "version"], name="column_mapping_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, mapping {self.version}"


class DocumentTable(models.Model):
    """A table in a document, and by what its columns were read when the document was read last."""

    document = models.ForeignKey(RawDocument, models.PROTECT, related_name="tables")
    place = models.CharField(max_length=300, blank=True)
    signature = models.CharField(max_length=64)
    names = models.JSONField(default=list)
    # See reading.columns.plan.TableState
    state = models.CharField(max_length=20)
    # Null: read by a guess, or not read yet.
    mapping = models.ForeignKey(ColumnMapping, models.PROTECT, null=True, related_name="tables")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "place"], name="document_table_once"),
        ]
        indexes = [models.Index(fields=["signature"], name="document_table_signature")]

    def __str__(self) -> str:
        return f"{self.document}, {self.place}".rstrip(", ")
