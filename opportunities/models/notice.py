from __future__ import annotations

from django.db import models

from opportunities.models.opportunity import Opportunity
from opportunities.parsed_notice import NoticeKind


class Notice(models.Model):
    """One publication about an opportunity (OCDS: a release), as it was read. Never edited, never deleted."""

    opportunity = models.ForeignKey(Opportunity, models.PROTECT, related_name="notices")
    notice_id = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in NoticeKind])
    published_at = models.DateTimeField(null=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    # When a document that says this was last fetched; only ever moves forward.
    seen_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    # When a better reading of its document stopped saying so; from then on it counts for nothing.
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # The hash is part of the key because portals edit a notice in place without saying so.
            models.UniqueConstraint(
                fields=["opportunity", "notice_id", "content_hash"], name="notice_once_per_content"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} ({self.kind})"
