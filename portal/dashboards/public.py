"""Pages for everybody, signed in or not."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

# When a person last held the statement against the pages. Nothing sets it but that person.
ACCESSIBILITY_LOOKED_INTO_ON = date(2026, 11, 22)


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """What Setu is, and who stands behind it."""
    return render(request, "public/about.html")


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    told = {"contact": settings.CONTACT_EMAIL, "looked_into_on": ACCESSIBILITY_LOOKED_INTO_ON}
    return render(request, "public/accessibility.html", told)


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html", {"contact": settings.CONTACT_EMAIL})
