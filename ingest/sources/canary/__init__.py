"""A made-up notice an hour, which comes from no network and goes the way of every other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from ingest.errors import SourceChanged
from ingest.reading.draft import NoticeDraft
from ingest.sources.base import BytesFingerprint, Client, FetchedDocument, SourceSettings, WithoutLayout
from opportunities.canary import CANARY_PUBLISHER
from opportunities.parsed_notice import NoticeKind, OpportunityFacts, ParsedNotice, Unreadable

_PLACE = "canary"


class CanaryAdapter(BytesFingerprint, WithoutLayout):
    kind = "canary"

    def fetch(self, source: SourceSettings, client: Client, *, now: datetime) -> Iterator[FetchedDocument]:
        """Yield the canary of this hour, the same however often it is asked for."""
        hour = now.replace(minute=0, second=0, microsecond=0).isoformat()
        yield FetchedDocument(f"canary:{hour}", "application/json", json.dumps({"canary": hour}).encode())

    def parse(self, document: FetchedDocument, source: SourceSettings) -> Iterator[ParsedNotice | Unreadable]:
        """Yield its notice: early information, which nobody sees who isn't shown it."""
        try:
            hour = datetime.fromisoformat(json.loads(document.body)["canary"])
        except (ValueError, KeyError, TypeError) as error:
            raise SourceChanged("this isn't a canary") from error
        draft = NoticeDraft(_PLACE)
        draft.read("title", f"Canary of {hour:%Y-%m-%d %H:%M}")
        name = f"canary-{hour:%Y-%m-%dT%H}"
        yield ParsedNotice(
            publisher=CANARY_PUBLISHER,
            process_id=name,
            notice_id=name,
            kind=NoticeKind.PLANNING,
            published_at=hour,
            facts=OpportunityFacts(**draft.facts),
            origins=tuple(draft.origins),
        )
