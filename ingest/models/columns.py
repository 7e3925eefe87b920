"""Which column of a table holds what."""

from __future__ import annotations

from django.db import models

from ingest.models.document import RawDocument
from ingest.models.source import Source


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
