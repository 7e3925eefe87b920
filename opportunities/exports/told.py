"""What may be told to everyone, as selectors hand it over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from opportunities.compile import SeenNotice
from opportunities.projects.documents import DocumentKind
from opportunities.projects.records import ProjectFacts, ProjectStatus

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Republisher:
    """Who tells again what others published first, where, and under which prefix.

    The prefix isn't registered with the Open Contracting Partnership: it tells our numbers from those that a
    source may have given itself.
    """

    name: str
    site: str  # address without a slash at its end
    prefix: str  # six letters or digits

    @property
    def ocid_prefix(self) -> str:
        return f"ocds-{self.prefix}"

    @property
    def project_prefix(self) -> str:
        return f"oc4ids-{self.prefix}"


def number_of(publisher: str, process_id: str) -> str:
    """What we number a process by: the same for ever, and telling nothing of when or in which order it came.

    The database reckons the same to find it by: see Opportunity's index.
    """
    named = f"{publisher}/{process_id}"
    return hashlib.md5(named.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class ToldNotice:
    """A notice as the office reads it, and since when everyone may know of it."""

    seen: SeenNotice
    told_at: datetime


@dataclass(frozen=True, slots=True)
class ToldBuyer:
    """A buyer that is known by more than a name."""

    number: str  # ours
    name: str
    city: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class ToldProcess:
    """A contracting process that everyone may know of, with all that was published about it."""

    publisher: str
    process_id: str
    disclosed_from: datetime
    notices: tuple[ToldNotice, ...]
    domains: tuple[str, ...] = ()  # solution domains, as the vocabulary's slugs
    buyer: ToldBuyer | None = None

    @property
    def number(self) -> str:
        return number_of(self.publisher, self.process_id)


@dataclass(frozen=True, slots=True)
class ToldDocument:
    """A document of a project that everyone may know of, where it has been published."""

    kind: DocumentKind
    title: str
    url: str
    published_on: date | None = None

    @property
    def number(self) -> str:
        return number_of("document", self.url)


@dataclass(frozen=True, slots=True)
class ToldProject:
    """A project that everyone may know of, with the tenders it has come to that everyone may know of."""

    publisher: str  # of the process that it stands upon, as is the number
    process_id: str
    updated_at: datetime  # never earlier than its disclosure
    facts: ProjectFacts
    status: ProjectStatus
    domains: tuple[str, ...] = ()
    tenders: tuple[ToldProcess, ...] = ()
    documents: tuple[ToldDocument, ...] = ()

    @property
    def number(self) -> str:
        return number_of(self.publisher, self.process_id)
