"""The model as a graph of operations that multiply in eight bits: four times as many at once as floats.

Its input is the tokens of any number of texts after one another, and which of them may look at which. So
short texts fill a batch without padding.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from matching.dense.packed_weights import PackedWeights

TOKENS, VISIBLE = "tokens", "visible"
# Seven of the eight bits: two products of eight-bit numbers overflow where a processor adds pairs in 16 bits.
_LARGEST = 63
_OPERATIONS = 20  # the version of the operations' definitions
_LAYOUT = 10  # the version of the file's layout


def graph_of(weights: PackedWeights) -> bytes:
    """Return the layers above the word table, as an ONNX file: tokens × width in, the same out."""
    graph = _Graph(weights)
    last = graph.layers()
    shape: list[str | int | None] = ["tokens", weights.shape.width]
    made = helper.make_graph(
        graph.nodes,
        "multilingual-e5-small",
        [
            helper.make_tensor_value_info(TOKENS, TensorProto.FLOAT, shape),
            helper.make_tensor_value_info(VISIBLE, TensorProto.FLOAT, ["tokens", "tokens"]),
        ],
        [helper.make_tensor_value_info(last, TensorProto.FLOAT, shape)],
        graph.constants,
    )
    model = helper.make_model(
        made, opset_imports=[helper.make_opsetid("", _OPERATIONS)], ir_version=_LAYOUT, producer_name="setu"
    )
    serialized: bytes = model.SerializeToString()
    return serialized


class _Graph:
    """Collects the nodes and constants. Each method adds some and returns the name of what they give."""

    def __init__(self, weights: PackedWeights) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._weights = weights
        shape = weights.shape
        head_width = shape.width // shape.heads
        self._keep("by head", np.array([0, shape.heads, head_width]))
        self._keep("together", np.array([0, shape.width]))
        self._keep("head scale", np.float32(head_width**-0.5))
        self._keep("last axis", np.array([-1]))
        self._keep("step", np.float32(1 / 127))
        self._keep("one", np.float32(1))
        self._keep("middle", np.uint8(128))
        self._keep("zero", np.int8(0))

    def layers(self) -> str:
        held = self._normalised(TOKENS, "emb.ln")
        for number in range(self._weights.shape.layers):
            held = self._layer(held, f"l{number}")
        return held

    def _layer(self, held: str, layer: str) -> str:
        attended = self._attention(held, layer)
        held = self._normalised(self._add("Add", [attended, held], f"{layer}.1"), f"{layer}.aln")
        inner = self._linear(self._quantised(held), f"{layer}.fi")
        active = self._add("Gelu", [inner], f"{layer}.active")
        outer = self._linear(self._quantised(active), f"{layer}.fo")
        return self._normalised(self._add("Add", [outer, held], f"{layer}.2"), f"{layer}.oln")

    def _attention(self, held: str, layer: str) -> str:
        quantised = self._quantised(held)
        split = {}
        # Heads first; what is looked at has its tokens last, to be multiplied with.
        for part, order in (("q", [1, 0, 2]), ("k", [1, 2, 0]), ("v", [1, 0, 2])):
            linear = self._linear(quantised, f"{layer}.{part}")
            heads = self._add("Reshape", [linear, "by head"], f"{linear}.heads")
            split[part] = self._add("Transpose", [heads], f"{linear}.turned", perm=order)
        scaled = self._add("Mul", [split["q"], "head scale"], f"{layer}.scaled")
        alike = self._add("MatMul", [scaled, split["k"]], f"{layer}.alike")
        seen = self._add("Add", [alike, VISIBLE], f"{layer}.seen")
        shares = self._add("Softmax", [seen], f"{layer}.shares", axis=-1)
        mixed = self._add("MatMul", [shares, split["v"]], f"{layer}.mixed")
        turned = self._add("Transpose", [mixed], f"{layer}.back", perm=[1, 0, 2])
        together = self._add("Reshape", [turned, "together"], f"{layer}.together")
        return self._linear(self._quantised(together), f"{layer}.ao")

    def _quantised(self, held: str) -> tuple[str, str]:
        """Each token in eight bits by a scale of its own: the largest of all would leave the others few."""
        absolute = self._add("Abs", [held], f"{held}.absolute")
        largest = self._add("ReduceMax", [absolute, "last axis"], f"{held}.largest", keepdims=1)
        scale = self._add("Mul", [largest, "step"], f"{held}.scale")
        even = self._add("Div", [held, scale], f"{held}.even")
        return self._add("QuantizeLinear", [even, "one", "middle"], f"{held}.eight"), scale

    def _linear(self, quantised: tuple[str, str], name: str) -> str:
        numbers, scale = quantised
        bias = self._weights.floats(f"{name}.b")
        rows = self._weights.blocks(f"{name}.w", rows=len(bias)).rows()
        steps = np.abs(rows).max(axis=1) / np.float32(_LARGEST)
        self._keep(f"{name}.eight", np.round(rows / steps[:, None]).astype(np.int8).T)
        self._keep(f"{name}.steps", steps)
        self._keep(f"{name}.b", bias)
        product = self._add("MatMulInteger", [numbers, f"{name}.eight", "middle", "zero"], f"{name}.product")
        floats = self._add("Cast", [product], f"{name}.floats", to=TensorProto.FLOAT)
        by_column = self._add("Mul", [floats, f"{name}.steps"], f"{name}.by column")
        by_row = self._add("Mul", [by_column, scale], f"{name}.by row")
        return self._add("Add", [by_row, f"{name}.b"], f"{name}.sum")

    def _normalised(self, held: str, name: str) -> str:
        for part in ("w", "b"):
            self._keep(f"{name}.{part}", self._weights.floats(f"{name}.{part}"))
        return self._add(
            "LayerNormalization",
            [held, f"{name}.w", f"{name}.b"],
            f"{name}.normalised",
            axis=-1,
            epsilon=self._weights.shape.epsilon,
        )

    def _add(self, operation: str, inputs: Sequence[str], output: str, **settings: Any) -> str:
        self.nodes.append(helper.make_node(operation, inputs, [output], **settings))
        return output

    def _keep(self, name: str, values: NDArray[Any] | np.generic) -> None:
        self.constants.append(
            numpy_helper.from_array(np.ascontiguousarray(values).reshape(values.shape), name)
        )
