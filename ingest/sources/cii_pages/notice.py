"""One notice's page. Labels say what stands where, so their order and layout don't matter."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from ingest.errors import SourceChanged
from ingest.reading.channel_draft import ChannelDraft
from ingest.reading.channel_words import channel_fact
from ingest.reading.decoding import decode
from ingest.reading.markup import Labelled, labelled_values, words_of
from ingest.reading.nesting import is_too_deep
from ingest.reading.words import says_nothing
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.watching.layout import Layout, PageType, layout_of
from opportunities.parsed_notice import ParsedNotice, Unreadable

_PLACE = "notice page"
# Any three labels we know make a page a notice's, even one that has changed.
_FEWEST_LABELS = 3


def read_page(body: bytes) -> BeautifulSoup:
    """The page. Raise SourceChanged for one that would take for ever to read."""
    markup = decode(body)
    if is_too_deep(markup):
        raise SourceChanged("the page's tags are nested deeper than any that people write")
    return BeautifulSoup(markup, "lxml")


def read_notice(document: FetchedDocument, source: SourceSettings) -> ParsedNotice | Unreadable:
    """The notice on a page, or why it can't be read. Raise SourceChanged if it is no notice's page."""
    page = read_page(document.body)
    labelled = list(labelled_values(page))
    known = [(fact, pair) for pair in labelled if (fact := channel_fact(pair.label))]
    if len(known) < _FEWEST_LABELS:
        seen = ", ".join(pair.label for pair in labelled) or "none"
        raise SourceChanged(f"the page has too few labels of a notice; its labels: {seen}")
    draft = ChannelDraft(_PLACE, "\n".join(labelled_words(page)))
    for fact, pair in [*known, *_unlabelled(page)]:
        if not says_nothing(pair.words):
            draft.read(fact, pair.words, f"{_PLACE}, {pair.label}")
    return draft.finish(
        publisher=source.publisher,
        notice_id=draft.own.get("notice_no"),
        published_at=draft.facts.pop("published_at", None),
        url=document.url if document.url.startswith(("http://", "https://")) else None,
    )


def layout_of_notice(page: BeautifulSoup) -> Layout | None:
    """The labels of a notice's page, and whether they stand in a list, in a table or in both."""
    labels = [pair.label for pair in labelled_values(page)]
    if sum(channel_fact(label) is not None for label in labels) < _FEWEST_LABELS:
        return None
    path = "dl" if page.find("dt") else "table"
    return layout_of(PageType.NOTICE, path, labels, has_all_labels=False)


def labelled_words(page: BeautifulSoup) -> list[str]:
    """Every labelled value, and what stands under headings: what the page says, and nothing it counts."""
    unlabelled = (pair for _, pair in _unlabelled(page))
    return [f"{pair.label}: {pair.words}" for pair in (*unlabelled, *labelled_values(page))]


def _unlabelled(page: BeautifulSoup) -> list[tuple[str, Labelled]]:
    """Title and description, which stand as a heading and under one."""
    found = []
    if heading := page.find("h1"):
        found.append(("title", Labelled("heading", words_of(heading))))
    for heading in page.find_all(["h2", "h3"]):
        below = heading.find_next_sibling()
        if isinstance(below, Tag) and channel_fact(words_of(heading)) == "description":
            found.append(("description", Labelled(words_of(heading), words_of(below))))
    return found
