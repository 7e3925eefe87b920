"""What others would search with, each asked the same: the best so many texts for some words."""

from __future__ import annotations

import importlib.util
import io
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from matching.index.records import Item, ItemVector
from tests.bench.made_up_corpus import WORDS, Corpus

_TRIES = 3
_LONG = 0.5  # seconds; such a query isn't repeated


@dataclass(frozen=True, slots=True)
class Peer:
    """Asked for the best so many by words, answers with the seconds of processor time that it took."""

    name: str
    seconds: Callable[[Item, int], float]

    def mean(self, asked: Sequence[Item], count: int) -> float:
        """Over the items; each asked three times, of which the least counts.

        The first brings what it reads into memory. One of half a second isn't repeated.
        """
        return statistics.mean(self._least(item, count) for item in asked)

    def _least(self, item: Item, count: int) -> float:
        seconds = self.seconds(item, count)
        if seconds >= _LONG:
            return seconds
        return min(seconds, *(self.seconds(item, count) for _ in range(_TRIES - 1)))


def peers(corpus: Corpus, *, slow_ones: bool) -> Iterator[Peer]:
    """Each in turn, made when it is asked for, so that one is in memory at a time."""
    yield _postgres(corpus)
    if importlib.util.find_spec("bm25s"):
        yield _bm25s(corpus)
    if importlib.util.find_spec("tantivy"):
        yield _tantivy(corpus)
    if slow_ones and importlib.util.find_spec("rank_bm25"):
        yield _rank_bm25(corpus)


def cpu_seconds(work: Callable[[], object]) -> float:
    """The processor time of this process, all threads together."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _words_of(item: Item) -> list[int]:
    return [int(term[1:]) for term in item.vector.terms]


def _postgres(corpus: Corpus) -> Peer:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_texts")
        cursor.execute("CREATE UNLOGGED TABLE bench_texts (id bigint, words tsvector)")
        lines = io.StringIO("".join(f"{n}\t{corpus.text(n)}\n" for n in range(len(corpus))))
        cursor.cursor.copy_expert("COPY bench_texts FROM STDIN", lines)
        cursor.execute("CREATE INDEX ON bench_texts USING gin (words)")
        cursor.execute("ANALYZE bench_texts")
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        process = Path(f"/proc/{cursor.fetchone()[0]}/stat")

    def search(item: Item, count: int) -> float:
        query = " | ".join(f"w{word}" for word in _words_of(item))
        with connection.cursor() as cursor:
            began = _seconds_of(process)
            cursor.execute(
                "SELECT id, ts_rank(words, query) AS rank FROM bench_texts, to_tsquery('simple', %s) query "
                "WHERE words @@ query ORDER BY rank DESC LIMIT %s",
                [query, count],
            )
            cursor.fetchall()
            return _seconds_of(process) - began

    return Peer("ts_rank with GIN", search)


def _seconds_of(process: Path) -> float:
    """The processor time of PostgreSQL's process for us, to a hundredth of a second."""
    fields = process.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _bm25s(corpus: Corpus) -> Peer:
    import bm25s  # noqa: PLC0415  # an environment of its own

    vocabulary = {f"w{word}": word for word in range(WORDS)}
    ids = [corpus.words_of(number) for number in range(len(corpus))]
    index = bm25s.BM25(backend="numba")
    index.index(bm25s.tokenization.Tokenized(ids, vocabulary), show_progress=False)

    def search(item: Item, count: int) -> float:
        query = [[f"w{word}" for word in _words_of(item)]]
        return cpu_seconds(lambda: index.retrieve(query, k=count, n_threads=1, show_progress=False))

    search(Item(0, ItemVector({"w1": 1.0}, {})), 1)  # compiles
    return Peer("bm25s with numba", search)


def _tantivy(corpus: Corpus) -> Peer:
    import tantivy  # noqa: PLC0415  # an environment of its own

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(200_000_000, 1)
    for number in range(len(corpus)):
        writer.add_document(tantivy.Document(words=corpus.text(number)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(item: Item, count: int) -> float:
        query = index.parse_query(" ".join(f"w{word}" for word in _words_of(item)), ["words"])
        return cpu_seconds(lambda: searcher.search(query, count))

    return Peer("tantivy", search)


def _rank_bm25(corpus: Corpus) -> Peer:
    from rank_bm25 import BM25Okapi  # noqa: PLC0415  # an environment of its own

    index = BM25Okapi([corpus.words_of(number) for number in range(len(corpus))])

    def search(item: Item, count: int) -> float:
        return cpu_seconds(lambda: index.get_scores(_words_of(item)).argpartition(-count))

    return Peer("rank_bm25", search)
