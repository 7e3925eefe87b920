"""By what a profile's list was made, and which lists will do."""

from __future__ import annotations

from matching.scoring.engine import scorer_version
from matching.services.encoder import Meaning, current_meaning, ready_encoder
from matching.services.vocabulary import with_current_vocabulary

_BY_WORDS = " words"


def version_in_use() -> str:
    """Kept with each profile: of the scorer and the vocabulary in force, and whether meaning isn't read."""
    return scorer_version() if ready_encoder() else scorer_version() + _BY_WORDS


@with_current_vocabulary
def sufficient_versions() -> frozenset[str]:
    """A list made by another one is to be made anew.

    Also one that was made by words alone, as soon as meaning can be read. Not the other way round: of two
    machines, one without the model, each would make anew what the other has made.
    """
    version = scorer_version()
    return frozenset({version} if current_meaning() is Meaning.READ else {version, version + _BY_WORDS})
