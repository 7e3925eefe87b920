"""Both sides made ready, each once: what a profile wants and what a tender offers, as concepts and stems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matching.scoring.common_words import english_weight
from matching.scoring.concepts import concepts_of_code, find_concepts
from matching.scoring.lexicon import english_for
from matching.scoring.records import Offered, Wanted
from matching.scoring.vocabulary import CONCEPTS, DOMAINS
from matching.scoring.words import english_units, stem_of, written_words


@dataclass(frozen=True, slots=True)
class Mention:
    """How strongly a concept or a stem stands in one side, and the words that show it."""

    weight: float
    text: str  # as it is written there
    stems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreparedWanted:
    wanted: Wanted
    concepts: Mapping[str, Mention]  # by slug; the strongest has weight 1
    domains: Mapping[str, Mention]  # by slug: declared, or the home of a concept found
    words: Mapping[str, Mention]  # by English stem


@dataclass(frozen=True, slots=True)
class PreparedOffered:
    offered: Offered
    concepts: Mapping[str, Mention]  # by slug
    words: Mapping[str, Mention]  # by English stem; the weight is how often, by field
    length: float  # weighted words


# What a profile says of itself counts by where it says it.
_CAPABILITY, _SUMMARY, _REFERENCE = 1.0, 0.4, 0.4
_CODE = 0.8
_TITLE, _DESCRIPTION, _PRODUCT_CATEGORY = 1.0, 0.65, 0.35
# Saying it again adds a little, saying it ten times doesn't add ten times as much.
_REPEATED_SHARE = 0.25
_MOST_REPEATED = 2.0
# Words that only the concept brings in are less sure than those the profile wrote.
_BRIDGED_SHARE = 0.3
# A domain that was chosen from the list covers all its concepts, less surely than naming one.
_DECLARED_SHARE = 0.45


def prepare_wanted(wanted: Wanted) -> PreparedWanted:
    """Read a profile once, to be scored against any number of tenders."""
    texts = [
        *((text, _CAPABILITY) for text in wanted.capabilities),
        (wanted.summary, _SUMMARY),
        *((text, _REFERENCE) for text in wanted.references),
    ]
    concepts: dict[str, Mention] = {}
    for text, share in texts:
        for found in find_concepts(text, wanted.language):
            _add(concepts, found.concept, found.sureness * share, text[found.start : found.end])
    for code in wanted.classification_codes:
        for slug, narrowness in concepts_of_code(code):
            _add(concepts, slug, _CODE * narrowness, code)
    strongest = max((mention.weight for mention in concepts.values()), default=1.0)
    concepts = {slug: Mention(mention.weight / strongest, mention.text) for slug, mention in concepts.items()}
    words: dict[str, Mention] = {}
    for text, share in texts:
        for stem, sureness, written in _wanted_words(text, wanted.language):
            _add(words, stem, sureness * share, written)
    _bridge(words, concepts)
    return PreparedWanted(wanted, concepts, _wanted_domains(wanted, concepts), words)


def prepare_offered(offered: Offered) -> PreparedOffered:
    """Read a tender once, to be scored against any number of profiles."""
    concepts: dict[str, Mention] = {}
    words: dict[str, Mention] = {}
    length = 0.0
    for text, share in offered_texts(offered):
        for found in find_concepts(text, "en"):
            quoted = text[found.start : found.end]
            _add(concepts, found.concept, found.sureness * share, quoted, found.stems)
        for unit in english_units(text):
            weight = english_weight(unit.stem)
            if weight:
                quoted = text[unit.start : unit.end]
                known = words.get(unit.stem)
                words[unit.stem] = Mention(
                    share + (known.weight if known else 0), known.text if known else quoted
                )
                length += share * weight
    for code in offered.classification_codes:
        for slug, narrowness in concepts_of_code(code):
            _add(concepts, slug, _TITLE * narrowness, code)
    return PreparedOffered(offered, concepts, words, length)


def offered_texts(offered: Offered) -> list[tuple[str, float]]:
    """A tender's texts and what each counts. A description that repeats the title isn't read twice."""
    texts = [(offered.title, _TITLE)]
    if offered.description.strip().casefold() not in offered.title.casefold():
        texts.append((offered.description, _DESCRIPTION))
    texts.append((offered.product_category, _PRODUCT_CATEGORY))
    return texts


def _add(
    mentions: dict[str, Mention], key: str, weight: float, text: str, stems: tuple[str, ...] = ()
) -> None:
    """Keep the strongest mention's words; further ones add a share of their weight."""
    known = mentions.get(key)
    if known is None:
        mentions[key] = Mention(weight, text, stems)
        return
    stronger, weaker = max(known.weight, weight), min(known.weight, weight)
    total = max(stronger, min(_MOST_REPEATED, stronger + _REPEATED_SHARE * weaker))
    mentions[key] = (
        Mention(total, text, stems) if weight > known.weight else Mention(total, known.text, known.stems)
    )


def _wanted_words(text: str, language: str) -> Iterable[tuple[str, float, str]]:
    """English stems for a profile's words: the stem, how sure it is, and the word as it is written."""
    for word in written_words(text):
        written = word.group()
        english = english_for(written) if language == "sv" else ((written.casefold(), 1.0),)
        for translation, sureness in english:
            stem = stem_of(translation, "en")
            weight = english_weight(stem)
            if weight:
                yield stem, weight * sureness, written


def _bridge(words: dict[str, Mention], concepts: Mapping[str, Mention]) -> None:
    """Add the English words of the concepts a profile names, where it doesn't use them itself."""
    for slug, mention in concepts.items():
        for term in CONCEPTS[slug].terms:
            if term.language != "en":
                continue
            for unit in english_units(term.text):
                weight = english_weight(unit.stem) * term.weight * mention.weight * _BRIDGED_SHARE
                known = words.get(unit.stem)
                if weight and (known is None or known.weight < weight):
                    words[unit.stem] = Mention(weight, mention.text)


def _wanted_domains(wanted: Wanted, concepts: Mapping[str, Mention]) -> dict[str, Mention]:
    domains: dict[str, Mention] = {}
    for slug, mention in concepts.items():
        home = CONCEPTS[slug].domain
        if home not in domains or domains[home].weight < mention.weight:
            domains[home] = mention
    for slug in wanted.domains:
        if slug in DOMAINS:
            domains[slug] = Mention(1.0 + _DECLARED_SHARE, slug)
    return domains
