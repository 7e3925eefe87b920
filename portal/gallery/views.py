from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Context, Engine
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from portal.accounts.roles import office_required
from portal.gallery.records import Example, Subject
from portal.gallery.subjects import SUBJECTS

# No form of the gallery may do anything: this token is refused.
USELESS_TOKEN = "x" * 64


@dataclass(frozen=True, slots=True)
class Drawn:
    example: Example
    html: SafeString


@dataclass(frozen=True, slots=True)
class Shelf:
    """One component in all its states."""

    component: str
    states: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Room:
    key: str
    title: str
    shelves: tuple[Shelf, ...]


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """For the office, and for whoever develops."""
    return _gallery(request) if settings.DEBUG else office_required(_gallery)(request)


def _gallery(request: HttpRequest) -> HttpResponse:
    rooms = [_room(subject, request) for subject in SUBJECTS]
    return render(request, "portal/gallery.html", {"rooms": rooms, "section": "gallery"})


def _room(subject: Subject, request: HttpRequest) -> Room:
    examples = sorted(subject.examples(), key=lambda example: example.component)
    shelves = (
        Shelf(component, tuple(Drawn(example, draw(example, request)) for example in found))
        for component, found in groupby(examples, key=lambda example: example.component)
    )
    return Room(subject.key, gettext(subject.title), tuple(shelves))


def draw(example: Example, request: HttpRequest) -> SafeString:
    """The component as it is included with ``only``: it sees what it is given, and the page's request."""
    template = Engine.get_default().get_template(f"components/{example.component}.html")
    return template.render(
        _Alone({**example.given, "request": request, "csrf_token": USELESS_TOKEN}, request)
    )


class _Alone(Context):
    """What an include with ``only`` leaves of its page: the request, whose address some keep."""

    def __init__(self, given: dict[str, object], request: HttpRequest) -> None:
        super().__init__(given)
        self.request = request
