from __future__ import annotations

from django.http import HttpResponseRedirect


class _MovedTo(HttpResponseRedirect):
    status_code = 308


def moved_to(address: str) -> HttpResponseRedirect:
    """What is asked for stands there for good, whatever the method."""
    return _MovedTo(address)
