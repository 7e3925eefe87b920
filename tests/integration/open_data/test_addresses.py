"""How each address of the open data answers."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rdflib import Graph
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from opportunities.exports.told import number_of
from opportunities.models import ProjectLink
from opportunities.parsed_notice import Stage
from portal.open_data.catalogue import VCARD
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


def test_the_catalogue_says_all_that_its_profile_asks_for(record: Record, client: Client) -> None:
    """The properties that DCAT-AP-SE makes mandatory, and those that Sweden's data portal shows."""
    record(parsed_notice(1, title="Smart poles"))

    graph = Graph().parse(data=client.get("/open-data/catalogue.rdf").content, format="xml")

    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    datasets = list(graph.objects(catalogue, DCAT.dataset))
    assert len(datasets) == 2
    for thing in (catalogue, *datasets):
        for asked in (DCTERMS.title, DCTERMS.description):
            assert {text.language for text in graph.objects(thing, asked)} == {"sv", "en"}  # type: ignore[attr-defined]
        (publisher,) = graph.objects(thing, DCTERMS.publisher)
        assert (publisher, RDF.type, FOAF.Agent) in graph
        assert graph.value(publisher, FOAF.name)
        assert graph.value(publisher, DCTERMS.type)
    assert graph.value(catalogue, DCTERMS.license)
    for dataset in datasets:
        contact = graph.value(dataset, DCAT.contactPoint)
        assert graph.value(contact, VCARD.fn)
        assert str(graph.value(contact, VCARD.hasEmail)).startswith("mailto:")
        assert graph.value(dataset, DCTERMS.accrualPeriodicity)
        assert graph.value(dataset, DCTERMS.spatial)
        assert graph.value(dataset, DCAT.theme)
        assert graph.value(dataset, DCTERMS.conformsTo)
        for distribution in graph.objects(dataset, DCAT.distribution):
            assert (distribution, RDF.type, DCAT.Distribution) in graph
            assert graph.value(distribution, DCTERMS.license)
            assert graph.value(distribution, DCTERMS["format"])
            path = str(graph.value(distribution, DCAT.accessURL)).removeprefix("http://localhost:8000")
            assert client.get(path).status_code == 200


def test_the_page_asks_the_database_a_few_times_however_much_there_is(record: Record, client: Client) -> None:
    for number in range(3):
        record(parsed_notice(1, process_id=f"2026_SCDL_9100{number}_1", title="Smart poles", state="MH"))

    with CaptureQueriesContext(connection) as asked:
        page = client.get("/open-data/")

    assert "Maharashtra" in page.content.decode()
    assert len(asked) <= 12


def test_the_page_says_so_while_nothing_is_told(client: Client) -> None:
    assert "Nothing has been told yet" in client.get("/open-data/").content.decode()
