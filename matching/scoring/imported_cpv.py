"""What ``./setu manage import_cpv`` keeps in the data folder: codes' names, and words learnt from them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from matching.scoring.classification import Labels, add_labels
from matching.scoring.cpv_file import learn_from
from matching.scoring.lexicon import LEXICON, add_words

_NAME = "cpv.json"


def keep(labels: Sequence[Labels], folder: Path) -> int:
    """Learn from the labels and write down both, whole or not at all. Return how many words were learnt.

    Programs that are running go on without it until they are started again.
    """
    learnt = learn_from(labels)
    words = {word: found for word, found in learnt.words().items() if word not in LEXICON}
    content = {"labels": [[each.code, each.sv, each.en] for each in labels], "words": words}
    folder.mkdir(parents=True, exist_ok=True)
    half = folder / f"{_NAME}.half"
    half.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    half.rename(folder / _NAME)
    return len(words)


def install(folder: Path) -> bool:
    """Know what was kept, beside what the product knows itself. Return whether there was anything."""
    try:
        content = json.loads((folder / _NAME).read_text("utf-8"))
    except FileNotFoundError:
        return False
    add_labels(Labels(*row) for row in content["labels"])
    add_words({word: tuple(found) for word, found in content["words"].items()})
    return True
