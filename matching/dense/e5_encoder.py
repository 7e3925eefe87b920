from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from matching.dense.onnx_names import TOKENS, VISIBLE
from matching.dense.packed_weights import PackedWeights
from matching.dense.records import Vectors
from matching.dense.word_pieces import WordPieces

# The model was trained to be told what a text is. Told the same of both sides, it compares them evenly.
_PREFIX = "query: "
# So many tokens at once keep a core's caches busy; a longer text is a batch by itself.
_BATCH_TOKENS = 128
_FAR = -1e9  # in a softmax: not at all


class E5Encoder:
    """multilingual-e5-small: an Encoder. About 5 ms for a text of thirty words."""

    def __init__(self, weights: PackedWeights, graph: Path, *, version: str) -> None:
        shape = weights.shape
        self.version = version
        self.width = shape.width
        self.means: Mapping[str, Vectors] = {}  # of each language; given by load_encoder
        self._pieces = WordPieces(weights.pieces)
        self._words = weights.blocks("emb.word", rows=shape.words)
        kind = weights.floats("emb.type")[: shape.width]
        self._positions = weights.floats("emb.pos").reshape(shape.positions, shape.width) + kind
        options = onnxruntime.SessionOptions()
        # Processes share the cores, not threads: pools that wait by spinning take them from each other.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        # Lower case throughout: the model reads a title in capitals as if it were another language.
        pieces = [self._pieces.numbers(_PREFIX + text.lower(), most=len(self._positions)) for text in texts]
        vectors = np.empty((len(texts), self.width), np.float32)
        for batch in _batches([len(found) for found in pieces]):
            vectors[batch] = self._token_means([pieces[number] for number in batch])
        return unit_length(vectors)

    def centre(self, vectors: Vectors, language: str) -> Vectors:
        return unit_length(vectors - self.means[language])

    def _token_means(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """One row for each of some texts: the mean over its tokens, after the last layer."""
        lengths = np.array([len(text) for text in texts])
        owner = np.repeat(np.arange(len(texts)), lengths)
        tokens = self._words.rows(np.concatenate([np.asarray(text, np.int64) for text in texts]))
        tokens += np.concatenate([self._positions[:length] for length in lengths])
        visible = np.where(owner[:, None] == owner, np.float32(0), np.float32(_FAR))
        (last,) = self._session.run(None, {TOKENS: tokens, VISIBLE: visible})
        first = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        sums: Vectors = np.add.reduceat(np.asarray(last, np.float32), first)
        sums /= lengths[:, None]
        return sums


def unit_length(vectors: Vectors) -> Vectors:
    """Return the rows with length 1. A row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return scaled


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of texts that fit into one batch, short ones together."""
    batch: list[int] = []
    tokens = 0
    for number in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and tokens + lengths[number] > _BATCH_TOKENS:
            yield batch
            batch, tokens = [], 0
        batch.append(number)
        tokens += lengths[number]
    if batch:
        yield batch
