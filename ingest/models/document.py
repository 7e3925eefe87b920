"""The bytes that came, what came out of them and what did not."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from ingest.models.replay import Replay
from ingest.models.source import PageLayout, Source
from portal.lib.retry import Retryable


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
