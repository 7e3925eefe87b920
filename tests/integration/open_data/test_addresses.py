"""How each address of the open data answers."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from opportunities.exports.told import number_of
from opportunities.models import Opportunity, ProjectLink
from opportunities.parsed_notice import Stage
from portal.open_data.catalogue import CC0, DCATAP, VCARD
from tests.factories.notices import parsed_notice
from tests.factories.opportunities import OpportunityFactory
from tests.factories.projects import ProjectFactory
from tests.integration.open_data.conftest import Record

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/open-data/catalogue.rdf",
    "/open-data/ocds/months.json",
    "/open-data/oc4ids/projects.json",
    "/open-data/extension/extension.json",
    "/open-data/extension/release-schema.json",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_has_it_as_it_is_gets_nothing_again(address: str, client: Client) -> None:
    ProjectFactory.create()

    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert first["Access-Control-Allow-Origin"] == "*"
    assert "no-cache" in first["Cache-Control"]


def test_what_isnt_told_is_answered_as_what_isnt_there(client: Client) -> None:
    hidden = OpportunityFactory.create(disclosed_from=None)
    project = ProjectFactory.create(opportunity__disclosed_from=None)
    told = [
        f"/open-data/ocds/releases/ocds-xxsetu-{number_of(hidden.publisher, hidden.process_id)}.json",
        f"/open-data/ocds/records/ocds-xxsetu-{number_of(hidden.publisher, hidden.process_id)}.json",
        f"/open-data/oc4ids/projects/oc4ids-xxsetu-"
        f"{number_of(project.opportunity.publisher, project.opportunity.process_id)}.json",
    ]

    answers = [client.get(address) for address in told]
    nothing = client.get(f"/open-data/ocds/releases/ocds-xxsetu-{'0' * 32}.json")

    assert {(answer.status_code, answer.content) for answer in answers} == {(404, nothing.content)}


def test_a_project_names_only_the_tenders_that_everyone_may_know_of(client: Client) -> None:
    project = ProjectFactory.create()
    told = OpportunityFactory.create(title="Smart poles")
    hidden = OpportunityFactory.create(disclosed_from=None)
    now = timezone.now()
    for tender in (told, hidden):
        ProjectLink.objects.create(
            project=project, opportunity=tender, state="confirmed", proposed_at=now, confirmed_at=now
        )

    (shown,) = client.get("/open-data/oc4ids/projects.json").json()["projects"]

    ocid = f"ocds-xxsetu-{number_of(told.publisher, told.process_id)}"
    assert [process["id"] for process in shown["contractingProcesses"]] == [ocid]
    assert shown["status"] == "implementation"
    alone = client.get(f"/open-data/oc4ids/projects/{shown['id']}.json").json()
    assert alone["projects"] == [shown]


def test_a_hidden_tender_doesnt_show_in_a_projects_status(client: Client) -> None:
    now = timezone.now()
    project = ProjectFactory.create(tendered_at=now, opportunity__stage=Stage.DPR.value)
    hidden = OpportunityFactory.create(disclosed_from=None)
    ProjectLink.objects.create(
        project=project, opportunity=hidden, state="confirmed", proposed_at=now, confirmed_at=now
    )

    (shown,) = client.get("/open-data/oc4ids/projects.json").json()["projects"]

    assert shown["status"] == "preparation"
    assert "contractingProcesses" not in shown


def test_without_a_project_there_is_no_package_of_none_and_nothing_leads_to_one(client: Client) -> None:
    """OC4IDS wants one at least."""
    hidden = ProjectFactory.create(opportunity__disclosed_from=None)
    address = "/open-data/oc4ids/projects.json"

    answers = [
        client.get(address, headers={"Accept-Language": language, "If-None-Match": "*"})
        for language in ("en", "sv")
    ]

    assert {(one.status_code, one["Content-Type"]) for one in answers} == {(404, "application/problem+json")}
    assert answers[0].json() == {
        "type": "urn:setu:problem:nothing-told",
        "title": "Nothing has been told yet",
        "status": 404,
        "instance": address,
        "detail": "No project is disclosed to everyone yet.",
    }
    assert answers[1].json()["detail"] == "Inget projekt är delat med alla än."
    page, catalogue = client.get("/open-data/").content, client.get("/open-data/catalogue.rdf").content
    assert address.encode() not in page + catalogue
    assert b"None is disclosed to everyone yet" in page

    Opportunity.objects.filter(project=hidden).update(disclosed_from=timezone.now())

    assert len(client.get(address).json()["projects"]) == 1
    page, catalogue = client.get("/open-data/").content, client.get("/open-data/catalogue.rdf").content
    assert address.encode() in page
    assert address.encode() in catalogue


# What DCAT-AP-SE 3.0.1 makes mandatory for each class, and below it all that it recommends, with what else
# Sweden's data portal goes by: docs/open-data.md says where that is written.
MANDATORY = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license, DCAT.dataset),
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher),
    DCAT.Distribution: (DCAT.accessURL,),
    DCAT.DataService: (DCTERMS.title, DCAT.endpointURL),
    FOAF.Agent: (FOAF.name, DCTERMS.type),
    VCARD.Organization: (VCARD.fn, VCARD.hasEmail),
}
RECOMMENDED = {
    DCAT.Catalog: (
        *(DCTERMS.issued, DCTERMS.modified, DCTERMS.language),
        *(FOAF.homepage, DCAT.themeTaxonomy),
    ),
    DCAT.Dataset: (
        *(DCAT.contactPoint, DCAT.distribution, DCAT.keyword, DCAT.theme),
        *(DCTERMS.accessRights, DCTERMS.spatial, DCTERMS.temporal, DCTERMS.issued),
        *(DCTERMS.accrualPeriodicity, DCTERMS.conformsTo),
    ),
    DCAT.Distribution: (
        *(DCTERMS["format"], DCTERMS.license, DCTERMS.title, DCTERMS.description),
        DCATAP.availability,
    ),
    DCAT.DataService: (DCAT.endpointDescription, DCTERMS.license, DCTERMS.accessRights, DCAT.contactPoint),
    DCTERMS.PeriodOfTime: (DCAT.startDate,),
}


@pytest.fixture
def catalogue(record: Record, client: Client) -> Graph:
    ProjectFactory.create(opportunity__process_id="PLAN/1")
    record(parsed_notice(1, title="Smart poles"))
    return Graph().parse(data=client.get("/open-data/catalogue.rdf").content, format="xml")


@pytest.mark.parametrize("asked", [MANDATORY, RECOMMENDED], ids=["mandatory", "recommended"])
def test_the_catalogue_says_all_that_its_profile_asks_for(
    asked: dict[URIRef, tuple[URIRef, ...]], catalogue: Graph
) -> None:
    things = [(thing, kind) for kind in asked for thing in catalogue.subjects(RDF.type, kind)]

    assert {kind for _, kind in things} == asked.keys()
    assert [
        (thing, way) for thing, kind in things for way in asked[kind] if catalogue.value(thing, way) is None
    ] == []


def test_the_catalogue_speaks_both_languages_and_names_what_it_means(catalogue: Graph) -> None:
    described = (*catalogue.subjects(RDF.type, DCAT.Catalog), *catalogue.subjects(RDF.type, DCAT.Dataset))
    for thing in described:
        for said in (DCTERMS.title, DCTERMS.description):
            assert {text.language for text in catalogue.objects(thing, said)} == {"sv", "en"}  # type: ignore[attr-defined]

    typed = {
        DCTERMS.publisher: FOAF.Agent,
        DCAT.contactPoint: VCARD.Organization,
        DCAT.distribution: DCAT.Distribution,
        DCAT.accessService: DCAT.DataService,
    }
    for way, kind in typed.items():
        named = set(catalogue.objects(None, way))
        assert named
        assert {thing for thing in named if (thing, RDF.type, kind) not in catalogue} == set()
    # Catalogues under other terms aren't harvested, nor things without a name of their own.
    assert {*catalogue.objects(next(catalogue.subjects(RDF.type, DCAT.Catalog)), DCTERMS.license)} == {CC0}
    assert {type(thing) for thing in catalogue.subjects()} == {URIRef}
    assert all(str(mail).startswith("mailto:") for mail in catalogue.objects(None, VCARD.hasEmail))


def test_whatever_the_catalogue_leads_to_answers(catalogue: Graph, client: Client) -> None:
    """A file a month is one distribution with many files, not many distributions."""
    ways = (DCAT.accessURL, DCAT.downloadURL, DCAT.endpointDescription)
    addresses = {str(address) for way in ways for address in catalogue.objects(None, way)}

    paths = {address.removeprefix("http://localhost:8000") for address in addresses}
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    assert len([path for path in paths if path.endswith(".jsonl.gz")]) == 2
    assert len([*catalogue.subjects(RDF.type, DCAT.Distribution)]) == 5


def test_the_page_asks_the_database_a_few_times_however_much_there_is(record: Record, client: Client) -> None:
    for number in range(3):
        record(parsed_notice(1, process_id=f"2026_SCDL_9100{number}_1", title="Smart poles", state="MH"))

    with CaptureQueriesContext(connection) as asked:
        page = client.get("/open-data/")

    assert "Maharashtra" in page.content.decode()
    assert len(asked) <= 12


def test_the_page_says_so_while_nothing_is_told(client: Client) -> None:
    assert "Nothing has been told yet" in client.get("/open-data/").content.decode()
