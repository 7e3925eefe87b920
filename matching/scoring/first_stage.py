"""Both sides as vectors whose product is close to the margin: finds, among very many, the few worth scoring.

It leaves out what no product can say: that further concepts in common count less and less, and that the best
of a profile's statements count rather than all of them.
"""

from __future__ import annotations

import numpy as np

from matching.index.records import ItemVector
from matching.scoring.calibration import DOMAIN_WEIGHT, MEANING_WEIGHT, WORDS_WEIGHT
from matching.scoring.meaning import Vectors
from matching.scoring.meaning_rule import NEARNESS_SHARE, WHOLE_SHARE
from matching.scoring.prepare import PreparedOffered, PreparedWanted
from matching.scoring.rarity import rarity
from matching.scoring.records import NO_COUNTS, TermCounts
from matching.scoring.rules import SIBLING_SHARE, concept_weight, word_weight
from matching.scoring.vocabulary import CONCEPTS

# Of several concepts in common the rule counts the later ones less; on average they add up to so much.
_SEVERAL_SHARE = 0.7
_NEARNESS = "nearness"  # to everything; no field has that slug


def wanted_vector(wanted: PreparedWanted) -> ItemVector:
    """A profile: its words' stems and its concepts as terms, its fields as dims."""
    fields = {
        slug: (home.weight - 1 if home.weight > 1 else home.weight * SIBLING_SHARE) * _SEVERAL_SHARE
        for slug, home in wanted.domains.items()
    }
    if wanted.meaning is not None:
        fields[_NEARNESS] = -MEANING_WEIGHT * NEARNESS_SHARE
    terms = {stem: said.weight for stem, said in wanted.words.items() if said.weight > 0}
    for slug, named in wanted.concepts.items():
        # What the field gives already isn't given twice.
        beyond = named.weight * _SEVERAL_SHARE - fields.get(CONCEPTS[slug].domain, 0.0)
        if beyond > 0:
            terms[_concept(slug)] = beyond
    for slug, kin in wanted.related.items():
        beyond = kin.weight * _SEVERAL_SHARE - fields.get(CONCEPTS[slug].domain, 0.0)
        if beyond > 0:
            terms[_concept(slug)] = beyond
    return ItemVector(terms, fields)


def offered_vector(offered: PreparedOffered, counts: TermCounts = NO_COUNTS) -> ItemVector:
    """A tender: what it says and how telling that is, by the counts of an index's version."""
    terms = {
        stem: WORDS_WEIGHT * rarity(stem, counts) * word_weight(offered, said)
        for stem, said in offered.words.items()
    }
    fields: dict[str, float] = {}
    for slug, mention in offered.concepts.items():
        weight = DOMAIN_WEIGHT * concept_weight(offered, mention, counts)
        terms[_concept(slug)] = weight
        home = CONCEPTS[slug].domain
        fields[home] = fields.get(home, 0.0) + weight
    if offered.meaning is not None:
        fields[_NEARNESS] = offered.meaning.nearness
    return ItemVector({name: weight for name, weight in terms.items() if weight > 0}, fields)


def wanted_direction(wanted: PreparedWanted) -> Vectors | None:
    """What a profile's meaning counts in each direction, to be multiplied with a tender's centred vector."""
    if wanted.meaning is None:
        return None
    middle = wanted.meaning.statements.mean(axis=0)
    middle = middle / max(float(np.linalg.norm(middle)), 1e-9)
    direction: Vectors = MEANING_WEIGHT * (middle + WHOLE_SHARE * wanted.meaning.whole)
    return direction.astype(np.float32)


def _concept(slug: str) -> str:
    """A name that no stem has."""
    return f"concept:{slug}"
