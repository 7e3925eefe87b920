"""Both sides made ready, each once: what a profile wants and what a tender offers, as concepts and stems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from matching.scoring.classification import labels_of
from matching.scoring.common_words import english_weight
from matching.scoring.concepts import concepts_of_code, find_concepts
from matching.scoring.deal import Deal, deal_of, deals_offered
from matching.scoring.focus import connected_start, has_sub_head, sub_head_start
from matching.scoring.lexicon import english_for, is_in_lexicon
from matching.scoring.meaning import OfferedMeaning, WantedMeaning
from matching.scoring.records import Offered, Wanted
from matching.scoring.vocabulary import CONCEPTS, DOMAINS, version_in_force
from matching.scoring.words import english_units, stem_of, written_words


@dataclass(frozen=True, slots=True)
class Mention:
    """How strongly a concept or a stem stands in one side, and the words that show it."""

    weight: float
    text: str  # as it is written there
    stems: tuple[str, ...] = ()  # of a concept's words in a tender
    english: str = ""  # a profile's word in English, unstemmed
    bridge: str = ""  # what leads from the text to that word
    kind: str = "word"  # what that is; see records.Evidence


@dataclass(frozen=True, slots=True)
class PreparedWanted:
    wanted: Wanted
    concepts: Mapping[str, Mention]  # by slug; the strongest has weight 1
    domains: Mapping[str, Mention]  # by slug: declared, or the home of a concept found
    words: Mapping[str, Mention]  # by English stem
    meaning: WantedMeaning | None = None
    # By slug: what a concept found is a kind of, and what is a kind of it.
    related: Mapping[str, Mention] = field(default_factory=dict)
    deals: frozenset[str] = frozenset()  # of other kinds than delivering what it makes


@dataclass(frozen=True, slots=True)
class PreparedOffered:
    offered: Offered
    concepts: Mapping[str, Mention]  # by slug
    words: Mapping[str, Mention]  # by English stem; the weight is how often, by field
    length: float  # weighted words
    meaning: OfferedMeaning | None = None
    deal: Deal | None = None


# What a profile says of itself counts by where it says it.
_CAPABILITY, _SUMMARY, _REFERENCE = 1.0, 0.5, 0.4
_CODE = 0.7
_CODE_LABEL = 0.3
_TITLE, _DESCRIPTION, _PRODUCT_CATEGORY = 1.0, 0.65, 0.25
# What stands before a sub-head, in the title of a description that has one, or after "SOP to", isn't bought.
_BESIDE = 0.35
# Saying it ten times counts more than saying it once, but not ten times as much.
_REPETITION = 0.6
# A concept is a profile's core when this share of what it says names it.
_CORE_SHARE = 0.8
# What a tender says again in another field adds this much of its weight.
_REPEATED_SHARE = 0.2
# Words that only the concept brings in are less sure than those the profile wrote.
_BRIDGED_SHARE = 0.3
# A tender for a kind of what a profile names speaks for it; one for more than it names, less so. Each step
# further counts the same share again.
_NARROWER_SHARE = 0.6
_BROADER_SHARE = 0.35
# A domain that was chosen from the list covers all its concepts, less surely than naming one.
DECLARED_SHARE = 0.45


class _Tally:
    """Adds up how often things are said, and keeps the words that said each most plainly."""

    def __init__(self) -> None:
        self._mentions: dict[str, list[Mention]] = defaultdict(list)

    def add(self, key: str, mention: Mention) -> None:
        self._mentions[key].append(mention)

    def sums(self) -> dict[str, Mention]:
        """Each with the sum of its weights, flattened."""
        return {
            key: replace(_plainest(mentions), weight=sum(m.weight for m in mentions) ** _REPETITION)
            for key, mentions in self._mentions.items()
        }

    def peaks(self) -> dict[str, Mention]:
        """Each with its largest weight and a share of the others."""
        peaks = {}
        for key, mentions in self._mentions.items():
            plainest = _plainest(mentions)
            others = sum(m.weight for m in mentions) - plainest.weight
            peaks[key] = replace(plainest, weight=plainest.weight + _REPEATED_SHARE * others)
        return peaks


def _plainest(mentions: Iterable[Mention]) -> Mention:
    return max(mentions, key=lambda mention: mention.weight)


def prepare_wanted(
    wanted: Wanted, meaning: WantedMeaning | None = None, *, unknown: Collection[str] = ()
) -> PreparedWanted:
    """Read a profile once, to be scored against any number of tenders.

    ``unknown`` are concepts that are passed over, to see what the vocabulary is worth.
    """
    texts = [
        *((text, _CAPABILITY) for text in wanted.capabilities),
        (wanted.summary, _SUMMARY),
        *((text, _REFERENCE) for text in wanted.references),
    ]
    named, words = _Tally(), _Tally()
    for text, share in texts:
        for found in find_concepts(text, wanted.language):
            if found.concept in unknown:
                continue
            named.add(found.concept, Mention(found.sureness * share, text[found.start : found.end]))
        for stem, said in _wanted_words(text, wanted.language):
            words.add(stem, replace(said, weight=said.weight * share))
    for code in wanted.classification_codes:
        for slug, narrowness in concepts_of_code(code):
            if slug not in unknown:
                named.add(slug, Mention(_CODE * narrowness, code))
        labels = labels_of(code)
        label = labels.en if labels else ""
        for stem, said in _wanted_words(label, "en"):
            told = Mention(said.weight * _CODE_LABEL, code, english=said.english, bridge=label, kind="code")
            words.add(stem, told)
    concepts = named.sums()
    # A profile whose trade the vocabulary doesn't know names other things in passing: they stay weak.
    amount_said = sum(share for text, share in texts if text)
    core = max(
        [(_CORE_SHARE * amount_said) ** _REPETITION, *(mention.weight for mention in concepts.values())]
    )
    concepts = {
        slug: replace(mention, weight=mention.weight / (core or 1.0)) for slug, mention in concepts.items()
    }
    return PreparedWanted(
        wanted,
        concepts,
        _wanted_domains(wanted, concepts),
        _bridged(_without_weak(words.sums()), concepts),
        meaning,
        _related(concepts),
        deals_offered((*wanted.capabilities, wanted.summary)),
    )


def prepare_offered(offered: Offered, meaning: OfferedMeaning | None = None) -> PreparedOffered:
    """Read a tender once, to be scored against any number of profiles."""
    named = _Tally()
    words: dict[str, Mention] = {}
    length = 0.0
    for text, share in _stretches(offered):
        for found in find_concepts(text, "en"):
            quoted = text[found.start : found.end]
            named.add(found.concept, Mention(found.sureness * share, quoted, found.stems))
        for unit in english_units(text):
            weight = english_weight(unit.stem)
            if weight:
                known = words.get(unit.stem, Mention(0.0, text[unit.start : unit.end]))
                words[unit.stem] = replace(known, weight=known.weight + share)
                length += share * weight
    for code in offered.classification_codes:
        for slug, narrowness in concepts_of_code(code):
            named.add(slug, Mention(_TITLE * narrowness, code))
    told = [text[sub_head_start(text) :] for text in (offered.title, offered.description)]
    return PreparedOffered(offered, named.peaks(), words, length, meaning, deal_of(told))


def _stretches(offered: Offered) -> list[tuple[str, float]]:
    """A tender's texts in stretches that count alike, and what each counts."""
    stretches = []
    for text, share in offered_texts(offered):
        cut = sub_head_start(text)
        if cut:
            stretches.append((text[:cut], share * _BESIDE))
        end = cut + connected_start(text[cut:])
        stretches.append((text[cut:end], share))
        if end < len(text):
            stretches.append((text[end:], share * _BESIDE))
    if has_sub_head(offered.description) and not has_sub_head(offered.title):
        stretches[0] = (stretches[0][0], _TITLE * _BESIDE)
    return stretches


def offered_texts(offered: Offered) -> list[tuple[str, float]]:
    """A tender's texts and what each counts. A description that repeats the title isn't read twice."""
    texts = [(offered.title, _TITLE)]
    if offered.description.strip().casefold() not in offered.title.casefold():
        texts.append((offered.description, _DESCRIPTION))
    texts.append((offered.product_category, _PRODUCT_CATEGORY))
    return texts


def _wanted_words(text: str, language: str) -> Iterable[tuple[str, Mention]]:
    """The English stems of a profile's words, each with how sure it is and the word as it is written."""
    for word in written_words(text):
        written = word.group()
        english = english_for(written) if language == "sv" else ((written.casefold(), 1.0),)
        for translation, sureness in english:
            stem = stem_of(translation, "en")
            if english_weight(stem):
                said = Mention(sureness, written, english=translation)
                if language == "sv" and translation != written.casefold():
                    kind = "lexicon" if is_in_lexicon(written) else "cognate"
                    said = replace(said, bridge=translation, kind=kind)
                yield stem, said


def _without_weak(words: Mapping[str, Mention]) -> dict[str, Mention]:
    """The words, those weakened that every notice or company says, however often."""
    return {stem: replace(said, weight=said.weight * english_weight(stem)) for stem, said in words.items()}


def _bridged(words: Mapping[str, Mention], concepts: Mapping[str, Mention]) -> dict[str, Mention]:
    """The words, and the English ones of the concepts that are named where they aren't used themselves."""
    bridged = dict(words)
    for slug, mention in concepts.items():
        for stem, word, sureness in _english_words(slug, version_in_force()):
            weight = sureness * mention.weight * _BRIDGED_SHARE
            known = bridged.get(stem)
            if known is None or known.weight < weight:
                bridged[stem] = Mention(weight, mention.text, english=word, bridge=slug, kind="concept")
    return bridged


@lru_cache(maxsize=10_000)
def _english_words(slug: str, version: str) -> tuple[tuple[str, str, float], ...]:
    """The words of a concept's English terms: stem, word, and how surely it means the concept."""
    del version  # the vocabulary in force has it
    surest: dict[str, tuple[str, str, float]] = {}
    for term in CONCEPTS[slug].terms:
        if term.language == "en":
            for stem, said in _wanted_words(term.text, "en"):
                sureness = english_weight(stem) * term.weight
                if stem not in surest or surest[stem][2] < sureness:
                    surest[stem] = (stem, said.english, sureness)
    return tuple(surest.values())


def _related(concepts: Mapping[str, Mention]) -> dict[str, Mention]:
    """What is broader or narrower than what is named, and isn't named itself, each by its strongest link."""
    related: dict[str, Mention] = {}

    def link(slug: str, to: str, share: float, kind: str) -> None:
        named = concepts.get(to)
        if named is None or slug in concepts:
            return
        known = related.get(slug)
        if known is None or known.weight < named.weight * share:
            related[slug] = replace(named, weight=named.weight * share, kind=kind)

    for slug, concept in CONCEPTS.items():
        steps, broader = 1, concept.broader
        while broader:
            link(slug, broader, _NARROWER_SHARE**steps, "narrower")
            link(broader, slug, _BROADER_SHARE**steps, "broader")
            steps, broader = steps + 1, CONCEPTS[broader].broader
    return related


def _wanted_domains(wanted: Wanted, concepts: Mapping[str, Mention]) -> dict[str, Mention]:
    domains: dict[str, Mention] = {}
    for slug, mention in concepts.items():
        home = CONCEPTS[slug].domain
        if home not in domains or domains[home].weight < mention.weight:
            domains[home] = mention
    for slug in wanted.domains:
        if slug in DOMAINS:
            domains[slug] = Mention(1.0 + DECLARED_SHARE, slug)
    return domains
