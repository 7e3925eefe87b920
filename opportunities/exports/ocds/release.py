"""Releases: one for each publication about a process, and the one that sums them up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from opportunities.compile import diff_facts
from opportunities.exports.ocds.tender import (
    award_section,
    changed_paths,
    planning_section,
    stated,
    tender_section,
)
from opportunities.exports.ocds.words import AGAIN, BUYER_SCHEME, IN_INDIA, TAGS
from opportunities.exports.publications import Publication, publications
from opportunities.exports.told import Json, Republisher, ToldBuyer, ToldProcess
from opportunities.parsed_notice import NoticeKind

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_LETTERS = 12  # of a hash: as many as tell the releases of one process apart


def ocid_of(process: ToldProcess, by: Republisher) -> str:
    return f"{by.ocid_prefix}-{process.number}"


def releases(process: ToldProcess, by: Republisher) -> Iterator[Json]:
    """Yield a release for each publication, in order.

    Each holds all that stood after it, so that one alone can be understood. Its ID follows from what it says:
    a release that is corrected is another, and the same ID never says two things.
    """
    for release, _, _ in _told(process, by):
        yield release


def release_lines(process: ToldProcess, by: Republisher) -> Iterator[str]:
    """Yield the same as lines of JSON, each written once: its ID is reckoned from it already."""
    for release, _, said in _told(process, by):
        yield f'{{"ocid":"{release["ocid"]}","id":"{release["id"]}",{said[1:]}\n'


def compiled_release(process: ToldProcess, by: Republisher) -> Json | None:
    """What stands now, with what we add to it: fields of work, and the buyer where it is known."""
    told = [*_told(process, by)]
    if not told:
        return None
    release, said, _ = told[-1]
    summed = {**release, "id": f"{release['ocid']}-compiled", "tag": ["compiled"]}
    tender = release["tender"]
    summed["tender"] = tender_section(
        said, process.number, amendments=tender.get("amendments", ()), domains=process.domains
    )
    if process.buyer is not None:
        summed |= _known_buyer(process.buyer, release)
    return summed


def _told(process: ToldProcess, by: Republisher) -> Iterator[tuple[Json, Publication, str]]:
    """Each release, what it is about, and as JSON all but its numbers."""
    number, kinds, amendments, earlier = process.number, set[NoticeKind](), list[Json](), ""
    ocid = f"{by.ocid_prefix}-{number}"
    for said in publications(process):
        if said.notice.kind is NoticeKind.CORRIGENDUM:
            amendments.append(_amendment(said, len(amendments) + 1, earlier))
        tag = AGAIN.get(said.notice.kind) if said.notice.kind in kinds else None
        kinds.add(said.notice.kind)
        release = _release(said, number, tag or TAGS[said.notice.kind], amendments)
        written = _ENCODER.encode(release)
        earlier = f"{ocid}-{hashlib.sha256(written.encode()).hexdigest()[:_LETTERS]}"
        yield {"ocid": ocid, "id": earlier, **release}, said, written


def _release(said: Publication, number: str, tag: str, amendments: list[Json]) -> Json:
    buyer = said.after.facts.buyer_name
    return stated(
        date=said.told_at.isoformat(timespec="seconds"),
        tag=[tag],
        initiationType="tender",
        language="en",
        parties=_parties(said),
        buyer=None if buyer is None else {"id": _party_id(buyer), "name": buyer},
        planning=planning_section(said),
        tender=tender_section(said, number, amendments=amendments),
        awards=award_section(said),
        republication=_republication(said),
    )


def _republication(said: Publication) -> Json:
    """Who published it first, and that this isn't their own release."""
    if not said.is_public:
        return {"isOfficial": False, "source": {"name": "The coordination office"}}
    return {"isOfficial": False, "source": stated(name=said.notice.publisher, number=said.notice.process_id)}


def _parties(said: Publication) -> list[Json]:
    facts = said.after.facts
    if facts.buyer_name is None:
        return []
    chain = list(facts.organisation_chain or ())
    return [
        stated(
            id=_party_id(facts.buyer_name),
            name=facts.buyer_name,
            roles=["buyer"],
            details={"organisationChain": chain} if chain else None,
        )
    ]


def _known_buyer(buyer: ToldBuyer, release: Json) -> Json:
    reference = {"id": f"{BUYER_SCHEME}-{buyer.number}", "name": buyer.name}
    party = {
        **reference,
        "roles": ["buyer"],
        "identifier": {"scheme": BUYER_SCHEME, "id": buyer.number, "legalName": buyer.name},
        "address": stated(
            locality=buyer.city, region=buyer.state and f"IN-{buyer.state}", countryName=IN_INDIA
        ),
    }
    details = [named["details"] for named in release.get("parties", ()) if "details" in named]
    return {"parties": [party | ({"details": details[0]} if details else {})], "buyer": reference}


def _amendment(said: Publication, number: int, earlier: str) -> Json:
    changes = diff_facts(said.before.facts, said.after.facts)
    places = changed_paths(change.field for change in changes if change.before is not None)
    return stated(
        id=str(number),
        date=said.told_at.isoformat(timespec="seconds"),
        description=f"Changed: {', '.join(places)}" if earlier and places else None,
        amendsReleaseID=earlier,
    )


def _party_id(name: str) -> str:
    return f"name-{hashlib.sha256(name.casefold().encode()).hexdigest()[:_LETTERS]}"
