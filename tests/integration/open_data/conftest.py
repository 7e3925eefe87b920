from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from opportunities.models import Opportunity
from opportunities.parsed_notice import ParsedNotice
from opportunities.services import record_notices

Record = Callable[..., Opportunity]


@pytest.fixture(autouse=True)
def kept_apart(settings: Settings, tmp_path: Path) -> None:
    """Files go where nobody else's lie."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def record(db: None) -> Record:
    """Notices recorded as parsing does it, an hour apart, and the opportunity they make."""

    def record(*notices: ParsedNotice, at: datetime | None = None) -> Opportunity:
        now = at or timezone.now() - timedelta(days=1)
        for number, notice in enumerate(notices):
            moment = now + timedelta(hours=number)
            record_notices([notice], seen_at=moment, now=moment)
        first = notices[0]
        return Opportunity.objects.get(publisher=first.publisher, process_id=first.process_id)

    return record
