"""What the words of a search mean: Swedish in English, abbreviations in full, and what is mistyped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from matching.scoring.common_words import ENGLISH_GLUE, SWEDISH_GLUE
from matching.scoring.compounds import inflected_forms
from matching.scoring.lexicon import COMPOUNDS, LEXICON, swedish_units, translations
from matching.scoring.vocabulary import CONCEPTS, version_in_force
from matching.scoring.words import english_units, singular, stem_of
from opportunities.searching.terms import Phrases, Reading, Term

MOST_WORDS = 12
_MOST_CHOICES = 24
_LONGEST_TERM = 5  # words
_SHORTEST_CORRECTED = 4
# Two words that differ in one letter of five are alike enough, in one of three not.
LEAST_ALIKE = 78
_WRITTEN = re.compile(r'(?P<minus>-?)"(?P<quoted>[^"]*)"?|(?P<word>[^\s"]+)')
_EDGES = re.compile(r"^\W+|\W+$")
# Letters that tell that a word is no English one.
_SWEDISH_LETTERS = frozenset("åäö")
Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is typed, or several in quotation marks."""

    text: str
    is_quoted: bool = False
    is_excluded: bool = False


def tokens_of(words: str) -> tuple[Token, ...]:
    """The words that are typed, without signs; those in quotation marks together. At most MOST_WORDS."""
    found = []
    for match in _WRITTEN.finditer(words):
        quoted = match["quoted"]
        text = quoted if quoted is not None else match["word"]
        is_excluded = bool(match["minus"]) or (quoted is None and text.startswith("-") and len(text) > 1)
        bare = " ".join(filter(None, (_EDGES.sub("", part) for part in text.split())))
        if bare:
            found.append(Token(bare, is_quoted=quoted is not None, is_excluded=is_excluded))
    return tuple(found[:MOST_WORDS])


def words_to_look_up(tokens: Iterable[Token]) -> tuple[str, ...]:
    """The words of which it matters whether any opportunity says them."""
    return tuple(dict.fromkeys(token.text.casefold() for token in tokens if not token.is_quoted))


def understood(
    tokens: Sequence[Token], *, common: Collection[str], said: Collection[str], prefers_swedish: bool
) -> tuple[Term, ...]:
    """What each word means, by the vocabulary in force. A word that nothing explains is MISSING.

    ``common`` are those that are too common to look for, ``said`` those that some opportunity says; both in
    lower case. A word that is English as well as Swedish is read as both only where Swedish is preferred.
    """
    terms: list[Term] = []
    at = 0
    while at < len(tokens):
        token, length = tokens[at], 1
        is_glue = _is_glue(token, common=common, said=said, prefers_swedish=prefers_swedish)
        if not is_glue:
            length, term = _longest_term(tokens, at, said=said, prefers_swedish=prefers_swedish)
            terms.append(replace(term or _plain(token, said=said), is_excluded=token.is_excluded))
        at += length
    return tuple(terms)


def corrected(term: Term, likely: Sequence[str], *, prefers_swedish: bool) -> Term:
    """The term as it was probably meant; itself where nothing is near enough.

    ``likely`` are English words that some opportunity says. Swedish ones are known here.
    """
    typed = term.written.casefold()
    if len(typed) < _SHORTEST_CORRECTED or typed.isdigit():
        return term
    english = _nearest(typed, likely)
    swedish = _nearest(typed, _swedish_words(version_in_force()))
    if swedish and (not english or swedish[1] > english[1] + (0 if prefers_swedish else 3)):
        meant = _swedish((Token(swedish[0]),), said=())
        if meant is not None:
            return replace(meant, written=term.written, reading=Reading.CORRECTED, corrected=swedish[0])
    if english:
        return replace(term, choices=((english[0],),), reading=Reading.CORRECTED, corrected=english[0])
    return term


def _plain(token: Token, *, said: Collection[str]) -> Term:
    is_said = token.is_quoted or token.is_excluded or token.text.casefold() in said
    return Term(token.text, ((token.text,),), Reading.AS_WRITTEN if is_said else Reading.MISSING)


def _is_glue(token: Token, *, common: Collection[str], said: Collection[str], prefers_swedish: bool) -> bool:
    """Whether a word only joins others."""
    word = token.text.casefold()
    if token.is_quoted:
        return False
    return word in common or (word in SWEDISH_GLUE and (prefers_swedish or word not in said))


def _longest_term(
    tokens: Sequence[Token], at: int, *, said: Collection[str], prefers_swedish: bool
) -> tuple[int, Term | None]:
    """The longest run of words from here on that the vocabulary knows, and what it means."""
    if tokens[at].is_quoted:
        return 1, None
    most = 1 if tokens[at].is_excluded else min(_LONGEST_TERM, len(tokens) - at)
    for length in range(most, 0, -1):
        run = tuple(tokens[at : at + length])
        if any(token.is_quoted or token.is_excluded for token in run[1:]):
            continue
        term = _abbreviation(run) or _swedish(run, said=said, prefers_swedish=prefers_swedish)
        if term is not None:
            return length, term
    return 1, None


def _abbreviation(run: Sequence[Token]) -> Term | None:
    written = _written(run)
    known = _abbreviations(version_in_force())
    if len(run) == 1:
        long_forms = known.in_full.get(singular(written.casefold()))
        if long_forms:
            choices = ((written,), *((text,) for text in long_forms))
            return Term(written, choices, Reading.ABBREVIATION)
    stems = tuple(unit.stem for unit in english_units(written))
    short_forms = known.short.get(stems)
    if not short_forms or len(run) == 1:
        return None
    apart: Phrases = tuple(token.text for token in run)
    return Term(written, (apart, *((text,) for text in short_forms)), Reading.ABBREVIATION)


def _swedish(run: Sequence[Token], *, said: Collection[str], prefers_swedish: bool = True) -> Term | None:
    """The term in English, where Swedish knows it and it isn't plain English."""
    written = _written(run)
    lower = written.casefold()
    is_english = all(token.text.casefold() in said or token.text.casefold() in ENGLISH_GLUE for token in run)
    is_surely_swedish = bool(_SWEDISH_LETTERS.intersection(lower))
    if is_english and not prefers_swedish and not is_surely_swedish:
        return None
    english = _in_english(lower, version_in_force())
    if not english:
        return None
    itself: tuple[Phrases, ...] = ((written,),) if is_english else ()
    choices = _each_once((*itself, *english))[:_MOST_CHOICES]
    if len(choices) == 1 and _same_word(choices[0], lower):
        return None
    return Term(written, choices, Reading.SWEDISH)


@lru_cache(maxsize=5_000)
def _in_english(swedish: str, version: str) -> tuple[Phrases, ...]:
    """What Swedish words are in English: a concept's names, or word by word."""
    units = swedish_units(swedish)
    stems = tuple(unit.stem for unit in units)
    one_word = " " not in swedish
    terms = _swedish_terms(version)
    named = terms.get(stems) or (terms.get((stem_of(swedish, "sv"),), ()) if one_word else ())
    word_by_word = translations(swedish) if one_word else ()
    if named and (not word_by_word or any(term.is_narrow for term in named)):
        concepts = [CONCEPTS[term.slug] for term in named]
        surely = [t for concept in concepts for t in concept.terms if t.language == "en" and t.weight == 1.0]
        surely.sort(key=lambda term: term.is_abbreviation)
        names = ((concept.names["en"],) for concept in concepts)
        return _each_once((*names, *word_by_word, *((term.text,) for term in surely)))
    return _each_once(word_by_word)


def _each_once(choices: Iterable[Phrases]) -> tuple[Phrases, ...]:
    """Those that find what no earlier or shorter one finds: after "street light" no "solar street light"."""
    kept: dict[tuple[Stems, ...], Phrases] = {}
    stems_of = {
        phrases: tuple(tuple(unit.stem for unit in english_units(text)) for text in phrases)
        for phrases in choices
    }
    for phrases, stems in stems_of.items():
        others = (other for other in stems_of.values() if other != stems)
        if stems not in kept and not any(_finds_more(other, stems) for other in others):
            kept[stems] = phrases
    return tuple(kept.values())


def _finds_more(one: Sequence[Stems], other: Sequence[Stems]) -> bool:
    """Whether all that says ``other`` says ``one`` as well."""
    return all(any(_stands_in(phrase, longer) for longer in other) for phrase in one)


def _stands_in(phrase: Stems, longer: Stems) -> bool:
    return any(longer[at : at + len(phrase)] == phrase for at in range(len(longer) - len(phrase) + 1))


@dataclass(frozen=True, slots=True)
class _Named:
    """What a Swedish term surely names."""

    slug: str
    # A short word names more than its concept: a stolpe carries many things beside light.
    is_narrow: bool


@lru_cache(maxsize=4)
def _swedish_terms(version: str) -> Mapping[Stems, tuple[_Named, ...]]:
    """By the stems of its parts, which concepts a Swedish term names."""
    del version  # the vocabulary in force has it
    found: dict[Stems, tuple[_Named, ...]] = {}
    for concept in CONCEPTS.values():
        for term in concept.terms:
            if term.language == "sv" and term.weight == 1.0:
                text = term.text.casefold()
                is_narrow = len(swedish_units(text)) > 1 or text == concept.names["sv"].casefold()
                for stems in _stems_of_forms(text):
                    found[stems] = (*found.get(stems, ()), _Named(concept.slug, is_narrow))
    return found


def _stems_of_forms(swedish: str) -> set[Stems]:
    """Taken apart and, if it is one word, whole in each form: an ending may keep it from being split."""
    parts = tuple(unit.stem for unit in swedish_units(swedish))
    forms = () if " " in swedish else (swedish, *inflected_forms(swedish))
    return {parts, *((stem_of(form, "sv"),) for form in forms)}


@dataclass(frozen=True, slots=True)
class _Abbreviations:
    in_full: Mapping[str, tuple[str, ...]]  # by the abbreviation in lower case
    short: Mapping[tuple[str, ...], tuple[str, ...]]  # by the stems of what it stands for


@lru_cache(maxsize=4)
def _abbreviations(version: str) -> _Abbreviations:
    del version  # the vocabulary in force has it
    in_full: dict[str, tuple[str, ...]] = {}
    short: dict[tuple[str, ...], tuple[str, ...]] = {}
    for concept in CONCEPTS.values():
        for term in concept.terms:
            if term.is_abbreviation and term.in_full:
                key = singular(term.text.casefold())
                in_full[key] = tuple(dict.fromkeys((*in_full.get(key, ()), term.in_full)))
                stems = tuple(unit.stem for unit in english_units(term.in_full))
                short[stems] = tuple(dict.fromkeys((*short.get(stems, ()), term.text)))
    return _Abbreviations(in_full, short)


@lru_cache(maxsize=4)
def _swedish_words(version: str) -> tuple[str, ...]:
    """The Swedish words that a mistyped one may have been meant to be."""
    del version  # the vocabulary in force has it
    terms = (term for concept in CONCEPTS.values() for term in concept.terms if term.language == "sv")
    named = (term.text.casefold() for term in terms if " " not in term.text)
    return tuple(dict.fromkeys((*named, *COMPOUNDS, *LEXICON)))


def _nearest(typed: str, words: Sequence[str]) -> tuple[str, float] | None:
    near = process.extractOne(typed, words, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE)
    return None if near is None else (near[0], near[1])


def _same_word(phrases: Phrases, written: str) -> bool:
    return len(phrases) == 1 and stem_of(phrases[0], "en") == stem_of(written, "en")


def _written(run: Sequence[Token]) -> str:
    return " ".join(token.text for token in run)
