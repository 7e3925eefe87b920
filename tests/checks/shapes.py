"""The parts of OCDS 1.1 and OC4IDS 0.9 that we publish, as JSON Schema in our own words.

The standards' own schemas can't be had without a network. A field that isn't here counts as one that the
standard doesn't know, so a new one is looked up before it is added. Closed code lists are given in full.
"""

from __future__ import annotations

from typing import Any

Shape = dict[str, Any]
DRAFT = "http://json-schema.org/draft-04/schema#"
RELEASE = "https://standard.open-contracting.org/schema/1__1__5/release-schema.json"
TEXT: Shape = {"type": ["string", "null"]}
NUMBER: Shape = {"type": ["number", "null"]}
WHOLE: Shape = {"type": ["integer", "null"]}
MOMENT: Shape = {"type": ["string", "null"], "format": "date-time"}
ADDRESS: Shape = {"type": ["string", "null"], "format": "uri"}
ID: Shape = {"type": ["string", "integer"], "minLength": 1}


def thing(*required: str, **fields: Shape) -> Shape:
    return (
        {"type": "object", "required": list(required), "properties": fields}
        if required
        else {
            "type": "object",
            "properties": fields,
        }
    )


def several(of: Shape, *, least: int = 0) -> Shape:
    return {"type": "array", "items": of, **({"minItems": least} if least else {})}


def one_of(*codes: str) -> Shape:
    return {"type": ["string", "null"], "enum": [*codes, None]}


VALUE = thing(amount=NUMBER, currency={"type": ["string", "null"], "pattern": "^[A-Z]{3}$"})
PERIOD = thing(startDate=MOMENT, endDate=MOMENT, durationInDays=WHOLE)
WHERE = thing(locality=TEXT, region=TEXT, postalCode=TEXT, countryName=TEXT)
DOCUMENT = thing(
    "id",
    id=ID,
    documentType=TEXT,
    title=TEXT,
    url=ADDRESS,
    datePublished=MOMENT,
    format=TEXT,
    language=TEXT,
)
MILESTONE = thing("id", id=ID, title=TEXT, type=TEXT, description=TEXT, dueDate=MOMENT)
CLASSIFICATION = thing(scheme=TEXT, id=TEXT, description=TEXT)
IDENTIFIER = thing(scheme=TEXT, id=TEXT, legalName=TEXT)
PARTY = thing(
    id=ID,
    name=TEXT,
    roles=several({"type": "string"}),
    identifier=IDENTIFIER,
    address=WHERE,
    details={"type": ["object", "null"]},
)
REFERENCE = thing(id=ID, name=TEXT)
ITEM = thing(
    "id",
    id=ID,
    description=TEXT,
    classification=CLASSIFICATION,
    additionalClassifications=several(CLASSIFICATION),
)
AMENDMENT = thing(id=ID, date=MOMENT, description=TEXT, amendsReleaseID=TEXT)
TENDER = thing(
    "id",
    id=ID,
    title=TEXT,
    description=TEXT,
    status=one_of("planning", "planned", "active", "cancelled", "unsuccessful", "complete", "withdrawn"),
    items=several(ITEM),
    value=VALUE,
    procurementMethod=one_of("open", "selective", "limited", "direct"),
    procurementMethodDetails=TEXT,
    mainProcurementCategory=one_of("goods", "works", "services"),
    tenderPeriod=PERIOD,
    enquiryPeriod=PERIOD,
    contractPeriod=PERIOD,
    eligibilityCriteria=TEXT,
    documents=several(DOCUMENT),
    milestones=several(MILESTONE),
    amendments=several(AMENDMENT),
)
TAGS = (
    *("planning", "planningUpdate", "tender", "tenderAmendment", "tenderUpdate", "tenderCancellation"),
    *("award", "awardUpdate", "awardCancellation", "contract", "contractUpdate", "contractAmendment"),
    *("implementation", "implementationUpdate", "contractTermination", "compiled"),
)
RELEASE_SHAPE = {
    "$schema": DRAFT,
    "id": RELEASE,
    **thing(
        *("ocid", "id", "date", "tag", "initiationType"),
        ocid={"type": "string", "minLength": 1},
        id={"type": "string", "minLength": 1},
        date={"type": "string", "format": "date-time"},
        tag=several({"type": "string", "enum": list(TAGS)}, least=1),
        initiationType={"type": "string", "enum": ["tender"]},
        language=TEXT,
        parties=several({"$ref": "#/definitions/Organization"}),
        buyer=REFERENCE,
        planning=thing(
            budget=thing(amount=VALUE), documents=several(DOCUMENT), milestones=several(MILESTONE)
        ),
        tender={"$ref": "#/definitions/Tender"},
        awards=several(
            thing(
                "id",
                id=ID,
                status=one_of("pending", "active", "cancelled", "unsuccessful"),
                documents=several(DOCUMENT),
            )
        ),
    ),
    "definitions": {"Value": VALUE, "Tender": TENDER, "Organization": PARTY},
}
_PACKAGE = {
    "uri": {"type": "string", "format": "uri"},
    "version": {"type": "string", "pattern": r"^(\d+\.)(\d+)$"},
    "extensions": several(ADDRESS),
    "publishedDate": {"type": "string", "format": "date-time"},
    "publisher": thing("name", name=TEXT, uri=ADDRESS),
    "license": ADDRESS,
    "publicationPolicy": ADDRESS,
}
_TO_RELEASE = {"$ref": RELEASE}
RELEASES = {
    "$schema": DRAFT,
    **thing(
        *("uri", "publisher", "publishedDate", "releases", "version"),
        **_PACKAGE,
        releases={**several(_TO_RELEASE, least=1), "uniqueItems": True},
    ),
}
RECORDS = {
    "$schema": DRAFT,
    **thing(
        *("uri", "publisher", "publishedDate", "records", "version"),
        **_PACKAGE,
        records={**several({"$ref": "#/definitions/record"}, least=1), "uniqueItems": True},
    ),
    "definitions": {
        "record": thing(
            *("ocid", "releases"),
            ocid={"type": "string", "minLength": 1},
            releases={
                "title": "Releases",
                "oneOf": [
                    {
                        "title": "Linked releases",
                        **several(thing(*("url", "date"), url=ADDRESS, date=MOMENT), least=1),
                    },
                    {"title": "Embedded releases", **several(_TO_RELEASE, least=1)},
                ],
            },
            compiledRelease=_TO_RELEASE,
        )
    },
}
# Open, but there is one for each of our domains.
SECTORS = (
    *("education", "health", "communications", "waterAndWaste", "governance", "economy", "socialHousing"),
    *("energy", "energy.solar", "energy.wind", "energy.hydropower", "energy.biomass", "energy.geothermal"),
    *("transport", "transport.air", "transport.water", "transport.rail", "transport.road"),
    *("transport.urban", "transport.lowCarbon", "cultureSportsAndRecreation"),
    *("naturalResources", "naturalResources.floodProtection"),
)
# Open, too: those of its codes that the office attaches documents by
DOCUMENT_TYPES = (
    *("feasibilityStudy", "projectPlan", "environmentalImpact", "budgetApproval", "minutes"),
    *("tenderNotice", "illustration"),
)
_PROJECT = thing(
    "id",
    id={"type": "string", "minLength": 1},
    updated=MOMENT,
    title=TEXT,
    status=one_of(
        *("identification", "preparation", "implementation", "completion", "maintenance"),
        *("decommissioning", "completed", "decommissioned", "cancelled"),
    ),
    sector=several({"type": "string", "enum": list(SECTORS)}),
    additionalClassifications=several(CLASSIFICATION),
    preparationPeriod=PERIOD,
    locations=several(thing("id", id=ID, address=WHERE)),
    budget=thing(amount=VALUE, description=TEXT),
    parties=several(PARTY),
    publicAuthority=REFERENCE,
    documents=several(DOCUMENT),
    contractingProcesses=several(
        thing(
            "id",
            id=ID,
            summary=thing(ocid=TEXT, title=TEXT, status=one_of("pre-award", "active", "closed")),
            releases=several(
                thing(*("id", "tag", "date", "url"), id=ID, tag=several(TEXT), date=MOMENT, url=ADDRESS)
            ),
        )
    ),
)
PROJECTS = {
    "$schema": DRAFT,
    **thing(
        *("uri", "publishedDate", "publisher", "version", "projects"),
        **_PACKAGE,
        projects={**several(_PROJECT, least=1), "uniqueItems": True},
    ),
}
