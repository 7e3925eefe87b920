"""What is coming, before it is tendered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from matching.selectors import Followed
from opportunities.models import LinkDecision, Project, ProjectDocument, ProjectLink, ProjectNote
from opportunities.project_selectors import LinkedTender, Proposal, TenderedProject, TenderFound
from opportunities.projects.foretelling import Foretelling
from opportunities.projects.likeness import GroundFound, LinkGround
from portal.dashboards.early_stage import ProjectCard
from portal.dashboards.office_projects import LinkForm
from portal.gallery.made_up import LONG_TITLE, LONG_WORD, NOW, opportunity, person
from portal.gallery.records import Example, Within

PAGE = "/gallery/"
JULY, OCTOBER = date(2027, 7, 1), date(2027, 10, 1)
_FOLLOWED = Followed("Alice Ahlgren", NOW)


def examples() -> Iterator[Example]:
    expected = {
        "sure": _project(stage="funded", confidence="high"),
        "unsure, in the office's words": _project(confidence="low", basis="One council resolution"),
        "slipping": _project(expected_first_from=date(2027, 1, 1), expected_moves=2),
        "sooner": _project(expected_first_from=OCTOBER, expected_moves=1),
        "overdue": _project(tender_expected_from=date(2026, 4, 1), tender_expected_until=date(2026, 6, 30)),
        "tendered": _project(tendered_at=NOW),
        "nobody has said": _project(tender_expected_from=None, tender_expected_until=None, confidence=""),
    }
    for state, project in expected.items():
        yield Example("expectation", state, {"project": project, "now": NOW})
    for state, project in {
        "one figure": _project(),
        "a range": _project(value_until_amount=Decimal(1_900_000_000)),
        "at most": _project(value_amount=None, value_until_amount=Decimal(1_900_000_000)),
        "not stated": _project(value_amount=None, value_currency=""),
    }.items():
        yield Example("value_range", state, {"project": project})
    for state, follow in {"not followed": None, "followed": _FOLLOWED}.items():
        yield Example("project_follow", state, {"project": _project(), "follow": follow, "page": PAGE})
    yield from _cards()
    yield from _proposals()
    yield from _for_the_office()
    told = TenderedProject(_project(), opportunity(), NOW)
    yield Example("tendered_news", "one", {"news": [told], "now": NOW})
    long = TenderedProject(_project(title=LONG_TITLE), opportunity(title=LONG_TITLE), NOW)
    yield Example("tendered_news", "two, long", {"news": [long, told], "now": NOW})
    yield Example("tendered_news", "none", {"news": [], "now": NOW})


def _for_the_office() -> Iterator[Example]:
    notes = {
        "internal, long": ProjectNote(pk=1, text=LONG_WORD, is_shared=False),
        "shared": ProjectNote(pk=2, text="The council votes in May.", is_shared=True),
    }
    for state, note in notes.items():
        note.written_by, note.written_at = person("Olga Olsson"), NOW
        yield Example("project_note", state, {"note": note, "is_office": True})
    yield Example("project_note", "as members read it", {"note": notes["shared"], "is_office": False})
    yield from _documents()
    told = {"many": Foretelling(42, 11, 30, 2.5, 0), "too few": Foretelling(3, 1, 2, 0, 0)}
    for state, foretold in (told | {"none": Foretelling(0, 0, 0, 0, 0)}).items():
        yield Example("foretelling", state, {"foretold": foretold})
    found = {
        "alike": TenderFound(opportunity(), 55, _GROUNDS),
        "nothing speaks for it, long": TenderFound(opportunity(title=LONG_TITLE), 0, ()),
    }
    for state, one in found.items():
        yield Example("tender_found", state, {"one": one, "project": _project()}, Within.LIST)


def _documents() -> Iterator[Example]:
    documents = {
        "internal, long": ProjectDocument(
            pk=1, kind="other", title=LONG_TITLE, url=f"https://{LONG_WORD}.example.in/1", is_shared=False
        ),
        "shared": ProjectDocument(
            pk=2,
            kind="projectPlan",
            title="Detailed project report, volume 1",
            url="https://pmc.example.in/dpr.pdf",
            published_on=date(2026, 3, 31),
            is_shared=True,
        ),
    }
    for state, document in documents.items():
        document.added_by, document.added_at = person("Olga Olsson"), NOW
        yield Example("project_document", state, {"document": document, "is_office": True})
    yield Example(
        "project_document", "as members see it", {"document": documents["shared"], "is_office": False}
    )


_GROUNDS = (
    GroundFound(LinkGround.CITY, 20, ("Madurai",)),
    GroundFound(LinkGround.TITLE, 25, ("revenue", "water")),
    GroundFound(LinkGround.DOMAIN, 10, ("water-supply",)),
)


def _proposals() -> Iterator[Example]:
    grounds = _GROUNDS
    decision = LinkDecision(state="confirmed", because="Same zones", decided_by=person(), decided_at=NOW)
    refusal = LinkForm({"answer": "no"})
    refusal.is_valid()
    states: dict[str, tuple[Proposal, LinkForm | None]] = {
        "waiting": (Proposal(_link(), grounds, None), None),
        "refused without a reason": (Proposal(_link(), grounds, None), refusal),
        "linked": (Proposal(_link(state="confirmed"), grounds, decision), None),
        "a person alone says so": (Proposal(_link(state="confirmed", likeness=20), (), decision), None),
    }
    for state, (proposal, form) in states.items():
        given = {"proposal": proposal, "is_refused": form is not None, "refusal": form, "back": False}
        yield Example("link_proposal", state, given, Within.CARDS)


def _link(**facts: Any) -> ProjectLink:
    usual: dict[str, Any] = {
        "pk": 1,
        "project": _project(),
        "opportunity": opportunity(),
        "state": "proposed",
        "likeness": 55,
    }
    return ProjectLink(**usual | facts)


def _cards() -> Iterator[Example]:
    tender = LinkedTender(1, opportunity(), NOW)
    cards = {
        "fits": ProjectCard(_project(), None, 81, (), ("water-supply",)),
        "followed and tendered": ProjectCard(
            _project(tendered_at=NOW), _FOLLOWED, 62, (tender,), ("water-supply", "scada-automation")
        ),
        "little known": ProjectCard(
            _project(
                city="",
                value_amount=None,
                value_currency="",
                tender_expected_from=None,
                tender_expected_until=None,
            ),
            None,
            None,
            (),
            (),
        ),
        "long": ProjectCard(
            _project(title=LONG_TITLE, basis=LONG_WORD), None, 7, (), ("water-supply", "lighting")
        ),
    }
    for state, card in cards.items():
        yield Example("project_card", state, {"card": card, "now": NOW, "page": PAGE}, Within.LIST)


def _project(**facts: Any) -> Project:
    usual: dict[str, Any] = {
        "pk": 1,
        "title": "Reduction of non-revenue water in the core city",
        "stage": "dpr",
        "city": "Madurai",
        "state": "TN",
        "value_amount": Decimal(1_180_000_000),
        "value_currency": "INR",
        "tender_expected_from": JULY,
        "tender_expected_until": date(2027, 9, 30),
        "expected_first_from": JULY,
        "confidence": "medium",
    }
    return Project(**usual | facts)
