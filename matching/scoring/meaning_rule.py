"""The rule that compares what texts mean, where they share neither a word nor a concept."""

from __future__ import annotations

import numpy as np

from matching.scoring.focus import sub_head_start
from matching.scoring.prepare import PreparedOffered, PreparedWanted
from matching.scoring.records import Evidence
from matching.scoring.rules import Subject

# A profile's best two statements carry it, and the company as a whole.
_BEST = 2
WHOLE_SHARE = 0.5
NEARNESS_SHARE = 0.6
# So near lies what has nothing in common.
_NOTHING = 0.05
# From this cosine on two texts are told to be similar in meaning; below, most such pairs are a surprise.
LEAST_TOLD = 0.35
_LONGEST_QUOTE = 90


def meaning_fit(wanted: PreparedWanted, offered: PreparedOffered) -> Subject:
    """How near the meanings lie, less how near the tender lies to everything."""
    says, asks = offered.meaning, wanted.meaning
    if says is None or asks is None:
        return Subject(0.0, ())
    near = asks.statements @ says.vector
    nearest = int(near.argmax())
    best = float(near[nearest]) if len(near) < _BEST else float(np.partition(near, -_BEST)[-_BEST:].mean())
    strength = (
        best + WHOLE_SHARE * float(asks.whole @ says.vector) - NEARNESS_SHARE * says.nearness - _NOTHING
    )
    told = (
        (Evidence(_quoted(offered.offered.title), asks.texts[nearest], kind="meaning"),)
        if near[nearest] >= LEAST_TOLD and offered.offered.title.strip()
        else ()
    )
    return Subject(max(0.0, strength), told)


def _quoted(title: str) -> str:
    """The title's words that say what is bought, letter by letter, cut at a word."""
    text = title[sub_head_start(title) :].strip()
    if len(text) <= _LONGEST_QUOTE:
        return text
    return text[:_LONGEST_QUOTE].rsplit(maxsplit=1)[0]
