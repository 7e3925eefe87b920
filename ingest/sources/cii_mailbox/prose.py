"""One item of prose into facts, by rules that each say how sure they are.

A rule reads the words of one sentence. What it finds keeps that sentence and its line, so that a person can
look it up; below CONFIDENT the office is asked to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.channel_draft import ChannelDraft
from ingest.reading.channel_words import STAGE_WORDS
from ingest.reading.requirements import read_sentence
from ingest.reading.requirements.notice import joint_venture_clause
from ingest.reading.requirements.prebid import prebid_place
from ingest.sources.cii_mailbox.figures import read_amounts, read_expected_quarter, read_moments
from ingest.sources.cii_mailbox.items import Item, Sentence
from opportunities.parsed_notice import NoticeKind, Stage
from opportunities.places import find_city, state_named

_PLACE_AHEAD = re.compile(r"(?P<place>[^:]{2,60}?)\s*(?::|\s[–—-])\s+(?P<rest>\S.*)", re.DOTALL)
_TENDER_ID = re.compile(r"\b\d{4}_[A-Za-z0-9]+_\d+_\d+\b")
_HOST = re.compile(r"\b(?:https?://)?(?:www\.)?((?:[a-z0-9-]{1,63}\.)+[a-z]{2,})\b(?!@)", re.IGNORECASE)
_EARLIER_ITEM = re.compile(r"\b[A-Z]{2,}(?:-[A-Z]+)*/\d{4}-\d{1,3}/\d{1,3}\b")
_BUYER_LABEL = re.compile(
    r"\b(?:implementing agency|nodal agency|agency|buyer|SPV|authority)\s*:\s*(?P<name>[^;:]+)", re.IGNORECASE
)
_BUYER_NAME = re.compile(
    r"\b(?:[A-Z][\w&-]*|of|and)(?:\s+(?:[A-Z][\w&-]*|of|and)){0,9}\s+(?:Limited|Ltd|Corporation|Authority|Board)\b"
)
_SCHEME = re.compile(
    r"Smart Cities Mission|AMRUT(?: 2\.0)?|CITIIS(?: 2\.0)?|PM e-Bus Sewa|National Clean Air Programme"
    r"|Swachh Bharat Mission(?: \(Urban\))?(?: 2\.0)?|SBM-U(?: 2\.0)?",
    re.IGNORECASE,
)
_CANCELLED = re.compile(
    r"(?<!not )(?<!not been )\b(?:cancelled|canceled|withdrawn|scrapped|annulled)\b", re.IGNORECASE
)
_CHANGED = re.compile(
    r"\b(?:corrigendum|addendum)\b|(?:deadline|last date|due date)[^.]{0,60}\b(?:extended|postponed|moved)\b"
    r"|\brevised (?:estimate|value|cost)",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:expected|likely|anticipated|planned|proposed|foreseen|shortly|soon|will|to be)\b", re.IGNORECASE
)
_NOT_YET = re.compile(r"\b(?:not yet|yet to|awaited|awaiting|pending)\b", re.IGNORECASE)
_EARLY = (Stage.IDENTIFIED, Stage.DPR, Stage.FUNDED)


def read_item(item: Item) -> ChannelDraft:
    """Everything that an item says, whether or not it makes a notice."""
    draft = ChannelDraft(f"item {item.number}", item.text)
    sentences = list(item.sentences())
    _read_kind(draft, sentences)
    _read_identity(draft, item, sentences)
    _read_heading(draft, item, sentences)
    _read_stage(draft, item, sentences)
    for sentence in sentences:
        place = place_of(item, sentence)
        read_amounts(draft, sentence, place)
        read_moments(draft, sentence, place)
        if meeting := prebid_place(sentence.words):
            draft.state("prebid_place", meeting, sentence.words, place, confidence=0.85)
        read_expected_quarter(draft, sentence, place)
        _read_buyer(draft, sentence, place)
        _read_scheme(draft, sentence, place)
        draft.ask(read_sentence(sentence.words, place))
    _read_joint_venture(draft)
    return draft


def place_of(item: Item, sentence: Sentence) -> str:
    return f"item {item.number}, {sentence.place}"


def _read_heading(draft: ChannelDraft, item: Item, sentences: list[Sentence]) -> None:
    """City and state ahead of a colon; then the title, up to the first full stop; then the rest."""
    first = sentences[0]
    place, heading, confidence = place_of(item, first), first.words, 0.75
    ahead = _PLACE_AHEAD.fullmatch(first.words)
    if ahead and (find_city(ahead["place"]) or state_named(ahead["place"])):
        heading, confidence = ahead["rest"], 0.95
        draft.state("location", ahead["place"].strip(), first.words, place)
        _read_place(draft, ahead["place"], first.words, place, confidence=1.0)
    else:
        _read_place(draft, item.text, item.text, place, confidence=0.7)
    title = heading.rstrip(".; ")
    draft.state("title", title[:300], heading, place, confidence=confidence)
    description = " ".join(sentence.words for sentence in sentences[1:])
    # Where a portal has the tender, its own description is better than a report of it.
    if description and not draft.quotes_a_portal:
        draft.state("description", description, description, place_of(item, sentences[1]))


def _read_place(draft: ChannelDraft, text: str, words: str, place: str, *, confidence: float) -> None:
    city, state = find_city(text), state_named(text)
    if city:
        draft.state("city", city.name, words, place, confidence=confidence)
    if state:
        draft.state("state", state.name, words, place, confidence=confidence)


def _read_kind(draft: ChannelDraft, sentences: list[Sentence]) -> None:
    text = " ".join(sentence.words for sentence in sentences)
    if _CANCELLED.search(text):
        draft.own["kind"] = NoticeKind.CANCELLATION
    elif _CHANGED.search(text):
        draft.own["kind"] = NoticeKind.CORRIGENDUM


def _read_identity(draft: ChannelDraft, item: Item, sentences: list[Sentence]) -> None:
    """The tender ID with the portal it stands on, or the earlier item that this one carries on."""
    for sentence in sentences:
        for number in _TENDER_ID.findall(sentence.words):
            if draft.own.setdefault("tender_id", number) != number:
                draft.doubt("process_id", sentence.words, place_of(item, sentence), "several tender IDs")
        if "tender_id" in draft.own and (host := _HOST.search(sentence.words)):
            draft.own.setdefault("portal", host[1].casefold())
        if earlier := _EARLIER_ITEM.search(sentence.words):
            draft.own.setdefault("amends", earlier[0])


def _read_stage(draft: ChannelDraft, item: Item, sentences: list[Sentence]) -> None:
    """The furthest stage that is said to have been reached; what is only expected doesn't count."""
    if draft.own.get("kind") == NoticeKind.CANCELLATION:
        return
    reached = list(_stages_reached(sentences))
    if not reached:
        return
    order = [stage for stage, _ in STAGE_WORDS]
    stage, sentence = max(reached, key=lambda found: order.index(found[0]))
    is_plain = len({found for found, _ in reached}) == 1
    confidence = 0.95 if is_plain else 0.85
    draft.state("stage", stage, sentence.words, place_of(item, sentence), confidence=confidence)


def _stages_reached(sentences: list[Sentence]) -> Iterator[tuple[Stage, Sentence]]:
    for sentence in sentences:
        for clause in re.split(r"[;,]| and (?=\w+ (?:is|are|was|has)\b)", sentence.words):
            for stage, words in STAGE_WORDS:
                found = words.search(clause)
                if found is None or _NOT_YET.search(clause):
                    continue
                if stage in _EARLY or not _AHEAD.search(clause):
                    yield stage, sentence


def _read_buyer(draft: ChannelDraft, sentence: Sentence, place: str) -> None:
    if labelled := _BUYER_LABEL.search(sentence.words):
        draft.state("buyer_name", labelled["name"].strip().rstrip("."), sentence.words, place)
    elif named := _BUYER_NAME.search(sentence.words):
        draft.state("buyer_name", named[0], sentence.words, place, confidence=0.75)


def _read_scheme(draft: ChannelDraft, sentence: Sentence, place: str) -> None:
    if scheme := _SCHEME.search(sentence.words):
        draft.state("scheme", scheme[0], sentence.words, place, confidence=0.9)


def _read_joint_venture(draft: ChannelDraft) -> None:
    if clause := joint_venture_clause(draft.requirements):
        draft.state(
            "is_joint_venture_allowed",
            clause.is_allowed,
            clause.sentence,
            clause.place,
            confidence=clause.confidence,
        )
