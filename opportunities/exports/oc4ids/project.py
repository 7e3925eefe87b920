"""A project as OC4IDS 0.9 has it, with the tenders that it has come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opportunities.exports.oc4ids.sectors import sectors_of
from opportunities.exports.ocds import ocid_of, releases
from opportunities.exports.ocds.tender import amount, day, stated
from opportunities.exports.ocds.words import IN_INDIA, STATUS
from opportunities.exports.personal import impersonal
from opportunities.exports.told import Json, Republisher, ToldDocument, ToldProcess, ToldProject
from opportunities.parsed_notice import Stage
from opportunities.projects.documents import DocumentKind

_AUTHORITY = "public-authority"


def project_id_of(project: ToldProject, by: Republisher) -> str:
    return f"{by.project_prefix}-{project.number}"


def project(told: ToldProject, by: Republisher) -> Json:
    """What is known of a project. Neither the channel's prose nor what the office keeps to itself."""
    facts, buyer = told.facts, told.facts.buyer_name and impersonal(told.facts.buyer_name)
    return stated(
        id=project_id_of(told, by),
        updated=told.updated_at.isoformat(timespec="seconds"),
        title=impersonal(facts.title or told.number),
        status=str(told.status),
        sector=sectors_of(told.domains),
        additionalClassifications=_programme(facts.scheme),
        # A tender ends the preparation: the last day of the quarter in which one is expected.
        preparationPeriod=stated(endDate=facts.tender_expected_until and day(facts.tender_expected_until)),
        locations=_locations(facts.city, facts.state),
        budget=_budget(told),
        parties=_parties(buyer),
        publicAuthority=buyer and {"id": _AUTHORITY, "name": buyer},
        documents=[*_documents(told.documents)],
        contractingProcesses=[_contracting_process(tender, by) for tender in told.tenders],
    )


def _programme(scheme: str | None) -> list[Json]:
    return [] if not scheme else [{"scheme": "SETU-PROGRAMME", "id": scheme, "description": scheme}]


def _locations(city: str | None, state: str | None) -> list[Json]:
    region = state and f"IN-{state}"
    address = stated(locality=city, region=region, countryName=IN_INDIA)
    return [{"id": "1", "address": address}] if city or state else []


def _budget(told: ToldProject) -> Json:
    """Who pays and how far an estimate reaches stand in words: a breakdown would be of parts that add up."""
    facts = told.facts
    words = [impersonal(facts.funding)] if facts.funding else []
    if facts.value_until:
        words.append(f"Estimated at up to {facts.value_until.currency} {facts.value_until.amount:,.0f}")
    return stated(amount=amount(facts.value), description="; ".join(words))


def _parties(buyer: str | None) -> list[Json]:
    return [] if not buyer else [{"id": _AUTHORITY, "name": buyer, "roles": ["publicAuthority"]}]


def _documents(documents: Iterable[ToldDocument]) -> Iterator[Json]:
    for document in documents:
        # An address can't do without its parts: one that names a person isn't told at all.
        if impersonal(document.url) == document.url:
            yield stated(
                id=document.number,
                documentType="" if document.kind is DocumentKind.OTHER else str(document.kind),
                title=impersonal(document.title),
                url=document.url,
                datePublished=document.published_on and day(document.published_on),
            )


def _contracting_process(tender: ToldProcess, by: Republisher) -> Json:
    ocid, told = ocid_of(tender, by), [*releases(tender, by)]
    url = f"{by.site}/open-data/ocds/releases/{ocid}.json"
    summary = {"ocid": ocid}
    if told:
        section = told[-1]["tender"]
        status = _PROCESS_STATUS.get(section.get("status", ""))
        summary |= stated(title=section["title"], status=status)
    return stated(
        id=ocid,
        summary=summary,
        releases=[{"id": r["id"], "tag": r["tag"], "date": r["date"], "url": url} for r in told],
    )


# OC4IDS tells of a process only whether it is on its way to a contract or over.
_PROCESS_STATUS = {
    STATUS[Stage.IDENTIFIED]: "pre-award",
    STATUS[Stage.RFI]: "pre-award",
    STATUS[Stage.TENDER]: "pre-award",
    STATUS[Stage.AWARDED]: "active",
    STATUS[Stage.CANCELLED]: "closed",
    STATUS[Stage.RETENDERED]: "closed",
}
