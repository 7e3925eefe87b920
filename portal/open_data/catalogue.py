"""What open data there is, as catalogues of open data read it: DCAT-AP-SE 3.0 as RDF/XML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from lxml import etree
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, Namespace

from opportunities.selectors import MonthCounted
from portal.open_data.changes import PUBLISHED_ON
from portal.open_data.republisher import republisher

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
_EU = "http://publications.europa.eu/resource/authority/"
CC0 = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
CONTINUOUSLY = URIRef(f"{_EU}frequency/CONT")
PUBLIC = URIRef(f"{_EU}access-right/PUBLIC")
AVAILABLE = URIRef(f"{_EU}planned-availability/AVAILABLE")
INDIA = URIRef(f"{_EU}country/IND")
THEMES = (URIRef(f"{_EU}data-theme/ECON"), URIRef(f"{_EU}data-theme/GOVE"))
ENGLISH, SWEDISH = URIRef(f"{_EU}language/ENG"), URIRef(f"{_EU}language/SWE")
_PREFIXES = {"dcat": DCAT, "dcatap": DCATAP, "dcterms": DCTERMS, "foaf": FOAF, "vcard": VCARD}
OCDS = URIRef("https://standard.open-contracting.org/1.1/en/")
OC4IDS = URIRef("https://standard.open-contracting.org/infrastructure/0.9/en/")


@dataclass(frozen=True, slots=True)
class _Words:
    """What a thing is called and what it is, in Swedish and in English."""

    title: tuple[str, str]
    description: tuple[str, str]


_CATALOGUE = _Words(
    ("Setus öppna data", "Setu's open data"),
    (
        "Upphandlingar och planerade projekt i Indiens smarta städer, lästa ur indiska portaler.",
        "Tenders and planned projects of India's smart cities, read from Indian portals.",
    ),
)
_TENDERS = _Words(
    ("Upphandlingar i Indiens smarta städer", "Tenders of India's smart cities"),
    (
        "Varje annons som en OCDS-release, varje upphandling som en post. Återpublicerat: originalet gäller.",
        "Each notice as an OCDS release, each process as a record. Re-published: the original counts.",
    ),
)
_PROJECTS = _Words(
    ("Planerade projekt i Indiens smarta städer", "Planned projects of India's smart cities"),
    (
        "Projekt innan de upphandlas, enligt OC4IDS, med länkar till de upphandlingar som de har lett till.",
        "Projects before they are tendered, as OC4IDS, with links to the tenders that they have come to.",
    ),
)
_API = _Words(
    ("Setus API", "Setu's API"),
    (
        "Sökning bland upphandlingar och projekt, öppen för alla. Medlemmar når även sitt eget.",
        "Searching tenders and projects, open to everyone. Members reach what is their own as well.",
    ),
)


# Files of one kind, a month each
_FILES = {
    "releases": _Words(
        ("Releaser, en fil per månad", "Releases, a file a month"),
        (
            "En release enligt OCDS 1.1 på varje rad, packat med gzip. Indexet säger vilka filer som är nya.",
            "A release of OCDS 1.1 on each line, packed with gzip. The index tells which files are new.",
        ),
    ),
    "records": _Words(
        ("Poster, en fil per månad", "Records, a file a month"),
        (
            "En upphandling på varje rad: alla dess releaser och vad de säger sammantaget, packat med gzip.",
            "A process on each line: all its releases and what they add up to, packed with gzip.",
        ),
    ),
}
_ALL_PROJECTS = _Words(
    ("Alla projekt", "All projects"),
    ("Alla projekt i en fil enligt OC4IDS 0.9.", "All projects in one file of OC4IDS 0.9."),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is to offer at a moment. None: nothing of the kind has been told yet."""

    months: tuple[MonthCounted, ...]
    tenders_since: date | None
    last_told_on: date | None
    projects_since: date | None


@dataclass(frozen=True, slots=True)
class _Offer:
    """One way to get at a dataset's data."""

    key: str
    words: _Words
    address: str
    media_type: str
    standard: URIRef | None = None


def catalogue_of(standing: Standing) -> bytes:
    """The catalogue as RDF/XML: the same bytes for the same. It offers no file that isn't there."""
    graph = Graph()
    for prefix, namespace in _PREFIXES.items():
        graph.bind(prefix, namespace)
    site = republisher().site
    home = site + reverse("open_data:open_data")
    catalogue = URIRef(f"{home}#catalogue")
    publisher = _publisher(graph, home)
    contact = _contact(graph, home)
    _say(graph, catalogue, DCAT.Catalog, _CATALOGUE)
    for predicate, value in (
        (DCTERMS.publisher, publisher),
        (DCTERMS.license, CC0),
        (DCTERMS.language, SWEDISH),
        (DCTERMS.language, ENGLISH),
        (FOAF.homepage, URIRef(home)),
        (DCTERMS.spatial, INDIA),
        (DCAT.themeTaxonomy, URIRef(f"{_EU}data-theme")),
        (DCTERMS.issued, Literal(PUBLISHED_ON)),
        (DCTERMS.modified, Literal(max(PUBLISHED_ON, standing.last_told_on or PUBLISHED_ON))),
    ):
        graph.add((catalogue, predicate, value))
    since = {"tenders": standing.tenders_since, "projects": standing.projects_since}
    for key, words in (("tenders", _TENDERS), ("projects", _PROJECTS)):
        dataset = _dataset(graph, URIRef(f"{home}#{key}"), words, publisher=publisher, contact=contact)
        graph.add((catalogue, DCAT.dataset, dataset))
        graph.add((dataset, DCAT.landingPage, URIRef(home)))
        graph.add((dataset, DCTERMS.conformsTo, OCDS if key == "tenders" else OC4IDS))
        _begin(graph, dataset, since[key])
    service = _service(graph, home, publisher=publisher, contact=contact)
    _distribute_tenders(graph, home, standing.months, service)
    _distribute_projects(graph, home, service, has_file=standing.projects_since is not None)
    return _in_order(graph.serialize(format="xml", encoding="utf-8"))


def _in_order(body: bytes) -> bytes:
    """The same whichever process wrote it: a graph has no order, and an ETag is of bytes."""
    root = etree.fromstring(body)
    for thing in root:
        thing[:] = sorted(thing, key=_canonical)
        thing.tail = "\n"
    root[:] = sorted(root, key=_canonical)
    return _canonical(root) + b"\n"


def _canonical(element: etree._Element) -> bytes:
    written: bytes = etree.tostring(element, method="c14n")
    return written


def _publisher(graph: Graph, home: str) -> URIRef:
    publisher = URIRef(f"{home}#publisher")
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal(settings.PUBLISHER_NAME)))
    graph.add((publisher, DCTERMS.type, URIRef("http://purl.org/adms/publishertype/NonProfitOrganisation")))
    graph.add((publisher, FOAF.homepage, URIRef(republisher().site)))
    return publisher


def _contact(graph: Graph, home: str) -> URIRef:
    contact = URIRef(f"{home}#contact")
    graph.add((contact, RDF.type, VCARD.Organization))
    graph.add((contact, VCARD.fn, Literal(f"{settings.PUBLISHER_NAME}, Setu")))
    graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{settings.CONTACT_EMAIL}")))
    return contact


def _dataset(graph: Graph, dataset: URIRef, words: _Words, *, publisher: URIRef, contact: URIRef) -> URIRef:
    _say(graph, dataset, DCAT.Dataset, words)
    for predicate, value in (
        (DCTERMS.publisher, publisher),
        (DCAT.contactPoint, contact),
        (DCTERMS.accrualPeriodicity, CONTINUOUSLY),
        (DCTERMS.accessRights, PUBLIC),
        (DCTERMS.spatial, INDIA),
        (DCTERMS.language, ENGLISH),
        (DCTERMS.issued, Literal(PUBLISHED_ON)),
        *((DCAT.theme, theme) for theme in THEMES),
        *((DCAT.keyword, Literal(word, lang="sv")) for word in ("upphandling", "Indien", "smarta städer")),
        *((DCAT.keyword, Literal(word, lang="en")) for word in ("tenders", "India", "smart cities")),
    ):
        graph.add((dataset, predicate, value))
    return dataset


def _begin(graph: Graph, dataset: URIRef, since: date | None) -> None:
    """Since when it tells of something. It goes on, and so has no end."""
    if since is None:
        return
    period = URIRef(f"{dataset}-period")
    graph.add((dataset, DCTERMS.temporal, period))
    graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
    graph.add((period, DCAT.startDate, Literal(since)))


def _distribute_tenders(graph: Graph, home: str, months: Iterable[MonthCounted], service: URIRef) -> None:
    site, named = republisher().site, [f"{told.month:%Y-%m}" for told in months]
    for kind, words in _FILES.items():
        files = [site + reverse("open_data:bulk", args=[kind, month]) for month in named]
        offer = _Offer(kind, words, site + reverse("open_data:months"), "application/gzip", OCDS)
        _distribute(graph, home, "tenders", offer, files=files)
    _distribute_by(service, graph, home, "tenders", site + reverse("api:opportunities"))


def _distribute_projects(graph: Graph, home: str, service: URIRef, *, has_file: bool) -> None:
    site = republisher().site
    if has_file:
        file = site + reverse("open_data:projects")
        offer = _Offer("file", _ALL_PROJECTS, file, "application/json", OC4IDS)
        _distribute(graph, home, "projects", offer, files=[file])
    _distribute_by(service, graph, home, "projects", site + reverse("api:projects"))


def _distribute_by(service: URIRef, graph: Graph, home: str, dataset: str, address: str) -> None:
    offer = _Offer("api", _API, address, "application/json")
    graph.add((_distribute(graph, home, dataset, offer), DCAT.accessService, service))


def _distribute(graph: Graph, home: str, dataset: str, offer: _Offer, *, files: Iterable[str] = ()) -> URIRef:
    """One way to the data. Where it lies in several files, they are all this one's, as the profile has it."""
    distribution = URIRef(f"{home}#{dataset}-{offer.key}")
    graph.add((URIRef(f"{home}#{dataset}"), DCAT.distribution, distribution))
    _say(graph, distribution, DCAT.Distribution, offer.words)
    graph.add((distribution, DCAT.accessURL, URIRef(offer.address)))
    for file in files:
        graph.add((distribution, DCAT.downloadURL, URIRef(file)))
    graph.add((distribution, DCTERMS.format, Literal(offer.media_type)))
    graph.add((distribution, DCTERMS.license, CC0))
    graph.add((distribution, DCATAP.availability, AVAILABLE))
    if offer.standard is not None:
        graph.add((distribution, DCTERMS.conformsTo, offer.standard))
    return distribution


def _service(graph: Graph, home: str, *, publisher: URIRef, contact: URIRef) -> URIRef:
    """The API. Distributions lead to it: one that stood in the catalogue alone nobody would be shown."""
    service, site = URIRef(f"{home}#api"), republisher().site
    _say(graph, service, DCAT.DataService, _API)
    for predicate, value in (
        (DCAT.endpointURL, URIRef(site + reverse("api:nothing"))),
        (DCAT.endpointDescription, URIRef(site + reverse("api:schema"))),
        (DCTERMS.license, CC0),
        (DCTERMS.accessRights, PUBLIC),
        (DCTERMS.publisher, publisher),
        (DCAT.contactPoint, contact),
    ):
        graph.add((service, predicate, value))
    return service


def _say(graph: Graph, thing: URIRef, kind: URIRef, words: _Words) -> None:
    graph.add((thing, RDF.type, kind))
    for language, title, description in zip(("sv", "en"), words.title, words.description, strict=True):
        graph.add((thing, DCTERMS.title, Literal(title, lang=language)))
        graph.add((thing, DCTERMS.description, Literal(description, lang=language)))
