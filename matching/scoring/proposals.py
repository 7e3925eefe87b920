"""What a profile's own words suggest for its lists: domains and CPV codes. Proposed, never put in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from matching.scoring.classification import LABELS, Labels
from matching.scoring.concepts import concepts_of_code
from matching.scoring.prepare import PreparedWanted, prepare_wanted
from matching.scoring.records import Wanted
from matching.scoring.vocabulary import CONCEPTS
from matching.scoring.words import english_units

_MOST_DOMAINS = 5
_MOST_CODES = 8
# Below these (0–1) the texts name something in passing.
_LEAST_DOMAIN = 0.35
_LEAST_CODE = 0.5


@dataclass(frozen=True, slots=True)
class DomainProposal:
    slug: str
    words: str  # of the texts, which name it most plainly


@dataclass(frozen=True, slots=True)
class Proposals:
    domains: tuple[DomainProposal, ...] = ()
    codes: tuple[Labels, ...] = ()


def proposals(wanted: Wanted) -> Proposals:
    """What the texts name and the lists don't hold yet, the plainest first. The language is the profile's."""
    said = prepare_wanted(Wanted(wanted.language, wanted.summary, wanted.capabilities, wanted.references))
    return Proposals(_domains(said, wanted.domains), _codes(said, wanted.classification_codes))


def _domains(said: PreparedWanted, chosen: Collection[str]) -> tuple[DomainProposal, ...]:
    plain = [
        (mention.weight, slug, mention.text)
        for slug, mention in said.domains.items()
        if slug not in chosen and mention.weight >= _LEAST_DOMAIN
    ]
    plain.sort(key=lambda found: (-found[0], found[1]))
    return tuple(DomainProposal(slug, text) for _, slug, text in plain[:_MOST_DOMAINS])


def _codes(said: PreparedWanted, chosen: Collection[str]) -> tuple[Labels, ...]:
    """Codes of what is named whose label says so too: of a concept's many codes most mean another thing."""
    known = {code[:8] for code in chosen}
    fitting = []
    for labels, concepts, stems in _read_labels():
        named = max((said.concepts[slug].weight for slug in concepts if slug in said.concepts), default=0.0)
        shared = [stem for stem in stems if stem in said.words]
        strength = named * len(shared) / len(stems) if stems else 0.0
        if strength >= _LEAST_CODE and labels.code not in known:
            fitting.append((strength, labels))
    fitting.sort(key=lambda found: (-found[0], found[1].code))
    return tuple(labels for _, labels in fitting[:_MOST_CODES])


@cache
def _read_labels() -> tuple[tuple[Labels, tuple[str, ...], tuple[str, ...]], ...]:
    """Each label with the concepts its code stands for and the stems of its English words."""
    return tuple(
        (
            labels,
            tuple(slug for slug, _ in concepts_of_code(labels.code) if slug in CONCEPTS),
            tuple(dict.fromkeys(unit.stem for unit in english_units(labels.en))),
        )
        for labels in LABELS.values()
    )
