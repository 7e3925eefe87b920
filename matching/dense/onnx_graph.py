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
_RUNTIME = "com.microsoft"  # where the runtime's own operations are defined
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
        made,
        opset_imports=[helper.make_opsetid("", _OPERATIONS), helper.make_opsetid(_RUNTIME, 1)],
        ir_version=_LAYOUT,
        producer_name="setu",
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

    def layers(self) -> str:
        self._add("Shape", [TOKENS], "count", end=1)
        self._add(
            "ConstantOfShape",
            ["count"],
            "middles",
            value=helper.make_tensor("", TensorProto.UINT8, [1], [128]),
        )
        held = self._normalised(TOKENS, "emb.ln")
        for number in range(self._weights.shape.layers):
            held = self._layer(held, f"l{number}")
        return held

    def _layer(self, held: str, layer: str) -> str:
        held = self._joined(self._attention(held, layer), held, f"{layer}.ao", f"{layer}.aln")
        inner = self._linear(self._quantised(held), f"{layer}.fi")
        active = self._add("Gelu", [self._with_bias(inner, f"{layer}.fi")], f"{layer}.active")
        outer = self._linear(self._quantised(active), f"{layer}.fo")
        return self._joined(outer, held, f"{layer}.fo", f"{layer}.oln")

    def _attention(self, held: str, layer: str) -> str:
        quantised = self._quantised(held)
        split = {}
        # Heads first; what is looked at has its tokens last, to be multiplied with.
        for part, order in (("q", [1, 0, 2]), ("k", [1, 2, 0]), ("v", [1, 0, 2])):
            name = f"{layer}.{part}"
            linear = self._with_bias(self._linear(quantised, name), name)
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
        scales = self._add("Reshape", [scale, "last axis"], f"{held}.scales")
        return self._add("QuantizeLinear", [held, scales, "middles"], f"{held}.eight", axis=0), scale

    def _linear(self, quantised: tuple[str, str], name: str) -> str:
        numbers, scale = quantised
        rows = self._weights.blocks(f"{name}.w", rows=len(self._weights.floats(f"{name}.b"))).rows()
        steps = np.abs(rows).max(axis=1) / np.float32(_LARGEST)
        self._keep(f"{name}.eight", np.round(rows / steps[:, None]).astype(np.int8).T)
        self._keep(f"{name}.steps", steps)
        inputs = [numbers, f"{name}.eight", "one", f"{name}.steps", "middle"]
        product = self._add("MatMulIntegerToFloat", inputs, f"{name}.product", domain=_RUNTIME)
        return self._add("Mul", [product, scale], f"{name}.scaled")

    def _with_bias(self, product: str, name: str) -> str:
        self._keep(f"{name}.b", self._weights.floats(f"{name}.b"))
        return self._add("Add", [product, f"{name}.b"], f"{name}.sum")

    def _joined(self, product: str, held: str, linear: str, norm: str) -> str:
        """What a part of a layer gives, added to what went into it, normalised."""
        added = self._add("Add", [self._with_bias(product, linear), held], f"{linear}.added")
        return self._normalised(added, norm)

    def _normalised(self, held: str, name: str) -> str:
        self._keep_norm(name)
        return self._add(
            "LayerNormalization",
            [held, f"{name}.w", f"{name}.b"],
            f"{name}.normalised",
            axis=-1,
            epsilon=self._weights.shape.epsilon,
        )

    def _keep_norm(self, name: str) -> None:
        for part in ("w", "b"):
            self._keep(f"{name}.{part}", self._weights.floats(f"{name}.{part}"))

    def _add(self, operation: str, inputs: Sequence[str], output: str, **settings: Any) -> str:
        self.nodes.append(helper.make_node(operation, inputs, [output], **settings))
        return output

    def _keep(self, name: str, values: NDArray[Any] | np.generic) -> None:
        self.constants.append(
            numpy_helper.from_array(np.ascontiguousarray(values).reshape(values.shape), name)
        )
