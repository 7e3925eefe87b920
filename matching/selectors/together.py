from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from matching.models import Note, Share
from matching.selectors.reader import Reader
from opportunities.selectors import processes_read_in
from portal.accounts.models import Company, User


@dataclass(frozen=True, slots=True)
class WrittenNote:
    note_id: int
    by_name: str
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Shared:
    by_name: str
    to_name: str
    shared_at: datetime
    is_sent: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Together:
    """What a company's people have told each other about an opportunity, and whom the reader may tell."""

    notes: list[WrittenNote]
    shares: list[Shared]
    colleagues: list[Colleague]


def colleagues_of(reader: Reader) -> QuerySet[User]:
    """The others who act for the reader's company and may sign in, by name."""
    people = User.objects.filter(companies=reader.company, is_active=True).exclude(pk=reader.person.pk)
    return people.order_by("name", "pk")


def colleagues_on(*, of: Reader) -> ArraySubquery:
    """What any query can tell of ``colleagues_of`` in passing, as ``colleagues``."""
    return ArraySubquery(colleagues_of(of).values(told=JSONObject(person_id="pk", name="name")))


def together_in(row: object) -> Together:
    """What a query with ``own_notes``, ``own_shares`` and ``colleagues`` found for one of its rows."""
    people = [Colleague(one["person_id"], one["name"]) for one in _told(row, "colleagues")]
    return Together(notes_in(row), shares_in(row), people)


def notes_on(opportunity: str, *, of: Company) -> ArraySubquery:
    """What a query knows of the company's notes on what it reaches by this path, as ``own_notes``."""
    about = processes_read_in(opportunity)  # what is written of a merged tender is about the whole
    notes = Note.objects.standing().filter(opportunity__in=about, company=of).order_by("pk")
    told = JSONObject(note_id="pk", by_name="by__name", text="text", written_at="written_at")
    return ArraySubquery(notes.values(told=told))


def shares_on(opportunity: str, *, of: Company) -> ArraySubquery:
    """Likewise who showed it to whom, as ``own_shares``."""
    about = processes_read_in(opportunity)
    shares = Share.objects.filter(opportunity__in=about, company=of, dropped_because="").order_by("pk")
    told = JSONObject(by_name="by__name", to_name="to__name", shared_at="shared_at", sent_at="sent_at")
    return ArraySubquery(shares.values(told=told))


def notes_in(row: object) -> list[WrittenNote]:
    """What such a query found for one of its rows, the first written first."""
    return [
        WrittenNote(one["note_id"], one["by_name"], one["text"], datetime.fromisoformat(one["written_at"]))
        for one in _told(row, "own_notes")
    ]


def shares_in(row: object) -> list[Shared]:
    return [
        Shared(
            one["by_name"],
            one["to_name"],
            datetime.fromisoformat(one["shared_at"]),
            is_sent=one["sent_at"] is not None,
        )
        for one in _told(row, "own_shares")
    ]


def _told(row: object, name: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = vars(row)[name]
    return told
