"""What a test tells: an opportunity that there isn't, in the shape of one that there is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from matching.delivery import links
from matching.models import WebhookEndpoint

NOBODYS_ID = 0  # no row has it


def made_up(endpoint: WebhookEndpoint, *, at: datetime) -> dict[str, Any]:
    """The data of a test. Says in two places that it is one, and holds nothing of anybody's."""
    page = links.absolute(f"/webhooks/{endpoint.pk}/")
    return {
        "is_test": True,
        "note": "A test that somebody of your company asked for. The opportunity is made up.",
        "endpoint": endpoint.address,
        "opportunity": {
            "id": NOBODYS_ID,
            "url": page,
            "title": "Test: water meters for a city that does not exist",
            "stage": "tender",
            "buyer": "A made-up buyer",
            "city": "Nowhere",
            "state": None,
            "value": {"amount": "42000000", "currency": "INR"},
            "submission_deadline": (at + timedelta(days=30)).isoformat(),
            "submission_deadline_has_time": True,
            "published_at": at.isoformat(),
            "source_url": None,
        },
        "matches": [{"profile_id": NOBODYS_ID, "profile": "A made-up profile", "score": 72}],
    }
