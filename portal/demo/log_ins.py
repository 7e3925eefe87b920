"""The log-ins of the made-up world, for the log-in page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from portal.demo.people import PEOPLE, Person


def demo_people(request: HttpRequest) -> dict[str, tuple[Person, ...]]:
    """Context processor: ``demo_people``, where the whole world is made up, and nothing elsewhere."""
    return {"demo_people": PEOPLE} if settings.DEMO else {}
