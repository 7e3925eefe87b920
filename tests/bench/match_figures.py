"""How quickly profiles and opportunities find each other, beside what others would search with.

Texts are made up, and so are vectors, since a million real ones would take an hour. Times are processor time
of one thread. What is compared with words alone searches an index without vectors and dimensions.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from matching.index.gathered import Gathered
from matching.index.reader import Reader, open_index
from matching.index.records import Item, ItemVector, Recipe, Side
from matching.index.writer import build_from_columns
from tests.bench.figures import Figure
from tests.bench.made_up_corpus import WIDTH, Corpus, made_up_texts, made_up_vectors
from tests.bench.match_committed import committed_figures
from tests.bench.match_encoder import encoder_figures
from tests.bench.match_memory import held_megabytes
from tests.bench.match_peers import Peer, cpu_seconds, peers
from tests.bench.match_sweeps import sweep_figures

NOTICES = 1_000_000
PROFILES = 10_000
QUERIES = 200
QUERIES_OF_ALL = 20
PEER_QUERIES = 10
# What the measurements that the goals come from asked for, and what the product does.
COUNT = 20
MANY = 200
TERM_WEIGHT = 0.05
# A profile's texts together; some 35 different words.
PROFILE_LENGTH = 55


def measure() -> Iterator[Figure]:
    yield from encoder_figures()
    yield from committed_figures()
    notices = made_up_texts(NOTICES, seed=1)
    profiles = made_up_texts(PROFILES, seed=2, mean_length=PROFILE_LENGTH)
    asked_notices = made_up_texts(QUERIES, seed=3).items(made_up_vectors(QUERIES, seed=13), seed=3)
    asked_profiles = made_up_texts(QUERIES_OF_ALL, seed=4, mean_length=PROFILE_LENGTH).items(
        made_up_vectors(QUERIES_OF_ALL, seed=14), seed=4
    )
    with tempfile.TemporaryDirectory(prefix="setu-bench-") as folder:
        to_profiles = yield from _by_words(Side.WANTED, profiles, asked_notices, Path(folder))
        yield from _by_words(Side.OFFERED, notices, asked_profiles, Path(folder))
        reader = _whole(notices, profiles, Path(folder))
        del notices, profiles
        yield from _whole_scores(reader, asked_notices, asked_profiles, to_profiles["ts_rank"])
        yield Figure("match.memory", held_megabytes(Path(folder) / "whole"), "MB", 1_000, "less")
        yield from sweep_figures(Path(folder), reader.manifest.number)


CLOSEST = "bm25s with numba"

# What each may cost: how many times less processor time than the peer, by side and peer.
GOALS = {
    (Side.OFFERED, "ts_rank with GIN"): 1_000.0,
    (Side.OFFERED, CLOSEST): 2.0,
    (Side.OFFERED, "tantivy"): 3.0,
}

NAMES = {Side.WANTED: "match.notice_to_profiles", Side.OFFERED: "match.profile_to_notices"}


def _by_words(
    side: Side, corpus: Corpus, asked: Sequence[Item], folder: Path
) -> Generator[Figure, None, dict[str, float]]:
    """Words alone, beside each peer. Return the seconds that a query cost each of them."""
    name = NAMES[side]
    spent = {}
    none = np.empty((len(corpus), 0), np.int8)
    empty = made_up_texts(0, seed=0).columns(np.empty((0, 0), np.int8), 0)
    columns = {Side.WANTED: empty, Side.OFFERED: empty, side: corpus.columns(none, 5)}
    reader = _published(folder / f"words-{side}", columns, width=0)
    plain = [Item(item.id, ItemVector(item.vector.terms, {})) for item in asked[:PEER_QUERIES]]
    ours = Peer("Setu", _searching(reader, side))
    ours.seconds(plain[0], COUNT)  # compiles
    few, many = ours.mean(plain, COUNT), ours.mean(plain, MANY)
    yield Figure(f"{name}.words", few * 1_000, "ms", None, "less")
    yield Figure(f"{name}.words.best_{MANY}", many * 1_000, "ms", None, "less")
    for peer in peers(corpus, slow_ones=len(corpus) <= 50_000):
        short = peer.name.split()[0]
        spent[short] = peer.mean(plain, COUNT)
        yield _ratio(f"{name}.words.{short}", spent[short] / few, GOALS.get((side, peer.name)), peer)
        if peer.name == CLOSEST:
            ratio = peer.mean(plain, MANY) / many
            yield _ratio(f"{name}.words.best_{MANY}.{short}", ratio, None, peer)
    return spent


def _ratio(name: str, ratio: float, goal: float | None, peer: Peer) -> Figure:
    return Figure(name, ratio, "×", goal, "more", peer.name, ratio)


def _whole(notices: Corpus, profiles: Corpus, folder: Path) -> Reader:
    columns = {
        Side.WANTED: profiles.columns(made_up_vectors(len(profiles), seed=12), 2),
        Side.OFFERED: notices.columns(made_up_vectors(len(notices), seed=11), 1),
    }
    return _published(folder / "whole", columns, width=WIDTH)


def _published(folder: Path, columns: Mapping[Side, Gathered], *, width: int) -> Reader:
    build_from_columns(folder, columns, Recipe("bench", width, TERM_WEIGHT), as_of=0)
    reader = open_index(folder)
    if reader is None:
        raise FileNotFoundError(folder)
    return reader


def _whole_scores(
    reader: Reader, notices: Sequence[Item], profiles: Sequence[Item], ts_rank: float
) -> Iterator[Figure]:
    times = sorted(_seconds(reader, Side.WANTED, notices))
    yield Figure("match.notice_to_profiles.whole.median", times[len(times) // 2] * 1_000, "ms", 1, "less")
    yield Figure("match.notice_to_profiles.whole.p95", times[len(times) * 95 // 100] * 1_000, "ms", 2, "less")
    ratio = ts_rank / times[len(times) // 2]
    yield Figure("match.notice_to_profiles.whole.ts_rank", ratio, "×", 60, "more", "ts_rank with GIN", ratio)
    times = sorted(_seconds(reader, Side.OFFERED, profiles))
    yield Figure("match.profile_to_notices.whole.median", times[len(times) // 2] * 1_000, "ms", 45, "less")


def _seconds(reader: Reader, side: Side, asked: Sequence[Item]) -> list[float]:
    """Of each query, asked once."""
    seconds = _searching(reader, side)
    seconds(asked[0], COUNT)  # compiles
    return [seconds(item, COUNT) for item in asked]


def _searching(reader: Reader, side: Side) -> Callable[[Item, int], float]:
    """Processor time of a query, the item made ready included."""
    other = Side.OFFERED if side is Side.WANTED else Side.WANTED

    def search(item: Item, count: int) -> float:
        return cpu_seconds(lambda: reader.best(side, reader.query(item, other), count=count, now=0))

    return search
