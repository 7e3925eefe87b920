"""What is told to whoever acts for no company: what open data says of it too, and nothing that it leaves out.

That is people, wherever a text names them, and, of what reached us on other roads than a public portal, its
number, its date and its prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from ingest.selectors import Origin
from opportunities.exports.personal import impersonal, impersonal_value
from opportunities.exports.publications import publications, publishes_openly
from opportunities.selectors import HistoryEntry, OpportunityLine, processes_behind, processes_told_among

_LINE_TEXTS = ("title", "scheme", "procurement_method")
_RECORD_TEXTS = ("location", "category", "product_category", "contract_form", "prebid_place")
_OF_THE_CHANNEL = frozenset({"known", "published"})  # steps whose moment is when it wrote


def lines_for_everybody(lines: Sequence[OpportunityLine]) -> list[OpportunityLine]:
    """The lines without what isn't for everybody. One query."""
    otherwise = _told_otherwise([line.id for line in lines])
    return [_line(line, is_published=line.id not in otherwise) for line in lines]


def facts_for_everybody(told: dict[str, Any], opportunity_id: int, *, at: datetime) -> dict[str, Any]:
    """The fields of an OpportunityRecord without what isn't for everybody, of one that everybody may know of.

    One query; five where something of it came otherwise than from a public portal.
    """
    texts = {name: impersonal(told[name]) for name in _RECORD_TEXTS}
    chain = list(impersonal_value(told["organisation_chain"]))
    told = told | texts | {"contact": "", "organisation_chain": chain}
    if _told_otherwise([opportunity_id]):
        told |= _published(opportunity_id, told["requirements"], at=at)
        told["timeline"] = [step for step in told["timeline"] if step.name not in _OF_THE_CHANNEL]
        told |= {"origins": [], "history": []}
    else:
        told |= {
            "description": impersonal(told["description"]),
            "origins": [_origin(one) for one in told["origins"] if one.field != "contact"],
            "history": [entry for one in told["history"] if (entry := _entry(one)).changes],
        }
    for row in told["requirements"]:  # read for this answer, and never saved
        row.sentence = impersonal(row.sentence)
    return told


def _told_otherwise(opportunity_ids: Sequence[int]) -> set[int]:
    """Those of which something came on another road than from a public portal."""
    rows = processes_behind(opportunity_ids).values_list("pk", "merged_into", "publisher")
    return {into or pk for pk, into, publisher in rows if not publishes_openly(publisher)}


def _line(line: OpportunityLine, *, is_published: bool) -> OpportunityLine:
    texts: dict[str, Any] = {name: impersonal(getattr(line, name)) for name in _LINE_TEXTS}
    told = replace(line, buyer=replace(line.buyer, name=impersonal(line.buyer.name)), **texts)
    if is_published:
        return told
    number = line.process_id if publishes_openly(line.publisher) else ""
    return replace(told, process_id=number, published_at=None)


def _published(opportunity_id: int, requirements: Sequence[Any], *, at: datetime) -> dict[str, Any]:
    """The prose of public portals alone, as open data has it."""
    process = processes_told_among([opportunity_id], at=at).get(opportunity_id)
    last = [*publications(process)][-1:] if process else []
    asked = {sentence for one in last for sentence in one.asked}
    return {
        "description": "".join(one.after.facts.description or "" for one in last),
        "requirements": [row for row in requirements if row.sentence in asked],
    }


def _origin(origin: Origin) -> Origin:
    return replace(origin, words=impersonal(origin.words))


def _entry(entry: HistoryEntry) -> HistoryEntry:
    changes = (
        replace(change, before=impersonal_value(change.before), after=impersonal_value(change.after))
        for change in entry.changes
        if change.field != "contact"
    )
    return replace(entry, changes=tuple(changes))
