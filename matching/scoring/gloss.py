"""Swedish put into English word by word: no sentence, but enough to guess the subject by."""

from __future__ import annotations

from matching.scoring.lexicon import english_for
from matching.scoring.words import written_words


def gloss(text: str) -> str:
    """The likeliest English of each Swedish word, in order; "" where none is known."""
    return " ".join(
        english for word in written_words(text) for english in _likeliest(english_for(word.group()))
    )


def _likeliest(choices: tuple[tuple[str, float], ...]) -> list[str]:
    sure = [english for english, sureness in choices if sureness == 1.0]
    return sure or [english for english, _ in choices[:1]]
