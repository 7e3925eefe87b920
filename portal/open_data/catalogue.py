"""What open data there is, as catalogues of open data read it: DCAT-AP-SE as RDF/XML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from lxml import etree
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, Namespace

from opportunities.selectors import MonthTold
from portal.open_data.bulk import KINDS
from portal.open_data.republisher import republisher

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_EU = "http://publications.europa.eu/resource/authority/"
CC0 = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
CONTINUOUSLY = URIRef(f"{_EU}frequency/CONT")
PUBLIC = URIRef(f"{_EU}access-right/PUBLIC")
INDIA = URIRef(f"{_EU}country/IND")
THEMES = (URIRef(f"{_EU}data-theme/ECON"), URIRef(f"{_EU}data-theme/GOVE"))
ENGLISH, SWEDISH = URIRef(f"{_EU}language/ENG"), URIRef(f"{_EU}language/SWE")
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
        "Sökning bland upphandlingar och projekt för medlemmar.",
        "Searching tenders and projects, for members.",
    ),
)


def catalogue_of(months: Iterable[MonthTold]) -> bytes:
    """The catalogue as RDF/XML. The same months give the same bytes."""
    graph = Graph()
    for prefix, namespace in (("dcat", DCAT), ("dcterms", DCTERMS), ("foaf", FOAF), ("vcard", VCARD)):
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
    ):
        graph.add((catalogue, predicate, value))
    for key, words in (("tenders", _TENDERS), ("projects", _PROJECTS)):
        dataset = _dataset(graph, URIRef(f"{home}#{key}"), words, publisher=publisher, contact=contact)
        graph.add((catalogue, DCAT.dataset, dataset))
        graph.add((dataset, DCAT.landingPage, URIRef(home)))
        graph.add((dataset, DCTERMS.conformsTo, OCDS if key == "tenders" else OC4IDS))
    _distribute_tenders(graph, URIRef(f"{home}#tenders"), months, site)
    _distribute(
        graph,
        URIRef(f"{home}#projects"),
        site + reverse("open_data:projects"),
        ("Alla projekt", "All projects"),
        media_type="application/json",
        standard=OC4IDS,
    )
    _add_api(graph, catalogue, home, publisher=publisher, contact=contact)
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
        *((DCAT.theme, theme) for theme in THEMES),
        *((DCAT.keyword, Literal(word, lang="sv")) for word in ("upphandling", "Indien", "smarta städer")),
        *((DCAT.keyword, Literal(word, lang="en")) for word in ("tenders", "India", "smart cities")),
    ):
        graph.add((dataset, predicate, value))
    return dataset


def _distribute_tenders(graph: Graph, dataset: URIRef, months: Iterable[MonthTold], site: str) -> None:
    index = site + reverse("open_data:months")
    titles = ("Förteckning över månaderna", "Index of the months")
    _distribute(graph, dataset, index, titles, media_type="application/json", standard=None)
    for told in months:
        month = f"{told.month:%Y-%m}"
        for kind in KINDS:
            url = site + reverse("open_data:bulk", args=[kind, month])
            named = {"releases": "releaser", "records": "poster"}[kind]
            _distribute(
                graph,
                dataset,
                url,
                (f"{month}, {named}", f"{month}, {kind}"),
                media_type="application/gzip",
                standard=OCDS,
            )


def _distribute(  # noqa: PLR0913  one argument for each thing that a catalogue shows
    graph: Graph,
    dataset: URIRef,
    url: str,
    titles: tuple[str, str],
    *,
    media_type: str,
    standard: URIRef | None,
) -> None:
    distribution = URIRef(f"{url}#distribution")
    graph.add((dataset, DCAT.distribution, distribution))
    graph.add((distribution, RDF.type, DCAT.Distribution))
    for title, language in zip(titles, ("sv", "en"), strict=True):
        graph.add((distribution, DCTERMS.title, Literal(title, lang=language)))
    graph.add((distribution, DCAT.accessURL, URIRef(url)))
    graph.add((distribution, DCAT.downloadURL, URIRef(url)))
    graph.add((distribution, DCTERMS.format, Literal(media_type)))
    graph.add((distribution, DCTERMS.license, CC0))
    if standard is not None:
        graph.add((distribution, DCTERMS.conformsTo, standard))


def _add_api(graph: Graph, catalogue: URIRef, home: str, *, publisher: URIRef, contact: URIRef) -> None:
    """The API, where this installation has one."""
    try:
        address = republisher().site + reverse("api:opportunities")
    except NoReverseMatch:
        return
    service = URIRef(f"{home}#api")
    _say(graph, service, DCAT.DataService, _API)
    graph.add((catalogue, DCAT.service, service))
    graph.add((service, DCAT.endpointURL, URIRef(address)))
    graph.add((service, DCTERMS.publisher, publisher))
    graph.add((service, DCAT.contactPoint, contact))


def _say(graph: Graph, thing: URIRef, kind: URIRef, words: _Words) -> None:
    graph.add((thing, RDF.type, kind))
    for language, title, description in zip(("sv", "en"), words.title, words.description, strict=True):
        graph.add((thing, DCTERMS.title, Literal(title, lang=language)))
        graph.add((thing, DCTERMS.description, Literal(description, lang=language)))
