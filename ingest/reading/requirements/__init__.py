"""What a tender asks of whoever bids, out of the sentences that say so."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.reading.requirements import (
    bid_security,
    certification,
    digital_signature,
    document_fee,
    exemption,
    experience,
    hard_copy,
    joint_venture,
    land_border,
    local_content,
    manpower,
    net_worth,
    prebid,
    registration,
    solvency,
    turnover,
)
from ingest.reading.requirements.mentions import mention_finder
from ingest.reading.sentences import split_sentences
from ingest.reading.words import LONGEST_WORDS, NotUnderstood
from opportunities.parsed_notice import Doubt, Requirement

RULES = tuple(
    module.RULE
    for module in (
        turnover,
        net_worth,
        solvency,
        experience,
        manpower,
        certification,
        registration,
        local_content,
        land_border,
        joint_venture,
        bid_security,
        document_fee,
        exemption,
        prebid,
        digital_signature,
        hard_copy,
    )
)
# One look decides for nearly every sentence that none of the rules need to be asked.
_mentions_any = mention_finder(rule.mention for rule in RULES)
# Longer than any that a person wrote as one: a table that lost its lines.
LONGEST_SENTENCE = 1_200
# What a heading such as "Eligibility" says of each line below it
_HEADING = "Required of the bidder: "


@dataclass(frozen=True, slots=True)
class RequirementsRead:
    requirements: tuple[Requirement, ...]
    doubts: tuple[Doubt, ...]  # sentences that ask for something and can't be read; the field is its kind


NOTHING = RequirementsRead((), ())


def read_requirements(text: str, place: str, *, is_criterion: bool = False) -> RequirementsRead:
    """Everything that a text asks for, each with its sentence, which stands in the text word for word.

    ``is_criterion`` says that the text stands under a heading such as "Eligibility", so that all of it is
    asked for, though it may not say so itself.
    """
    if not _mentions_any(text):
        return NOTHING
    read = [read_sentence(one, place, is_criterion=is_criterion) for _, one in split_sentences(text)]
    return RequirementsRead(
        tuple(dict.fromkeys(one for part in read for one in part.requirements)),
        tuple(dict.fromkeys(doubt for part in read for doubt in part.doubts)),
    )


def read_sentence(sentence: str, place: str, *, is_criterion: bool = False) -> RequirementsRead:
    """What one sentence asks for."""
    if len(sentence) > LONGEST_SENTENCE or not _mentions_any(sentence):
        return NOTHING
    requirements: list[Requirement] = []
    doubts: list[Doubt] = []
    words = _HEADING + sentence if is_criterion else sentence
    for rule in RULES:
        if not rule.mention.search(sentence):
            continue
        try:
            requirements += [asked.requirement(rule.kind, sentence, place) for asked in rule.read(words)]
        except NotUnderstood as reason:
            doubts.append(Doubt(rule.kind, place, sentence[:LONGEST_WORDS], str(reason)))
    return RequirementsRead(tuple(dict.fromkeys(requirements)), tuple(doubts))
