"""A taught network as int8 ONNX, for onnxruntime on a CPU."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from network import Network, Pieces

INPUTS = ["input_ids", "token_type_ids"]


class Plain(torch.nn.Module):
    """The same network for one text at a time: nothing is padded, so nothing is masked, and the graph is small."""

    def __init__(self, network: Network):
        super().__init__()
        bert = network.encoder
        self.heads = bert.config.num_attention_heads
        self.embeddings, self.head = bert.embeddings, network.head
        self.layers = torch.nn.ModuleList(bert.encoder.layer)
        self.joined = torch.nn.ModuleList(joined(layer.attention.self) for layer in self.layers)

    def forward(self, ids, types):
        parts = self.embeddings
        places = parts.position_embeddings.weight[: ids.shape[1]]
        x = parts.LayerNorm(parts.word_embeddings(ids) + parts.token_type_embeddings(types) + places)
        for layer, joined in zip(self.layers, self.joined):
            x = layer.attention.output.LayerNorm(layer.attention.output.dense(self.attend(joined(x))) + x)
            x = layer.output.LayerNorm(layer.output.dense(torch.nn.functional.gelu(layer.intermediate.dense(x))) + x)
        return self.head(torch.cat([x[:, 0], x.mean(1)], -1))

    def attend(self, x):
        """(batch, pieces, 3 * width) -> (batch, pieces, width)"""
        width = x.shape[-1] // 3
        size = width // self.heads
        query, key, value = x.view(x.shape[0], -1, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(size), -1)
        return (weights @ value).transpose(1, 2).reshape(x.shape[0], -1, width)


def joined(attention) -> torch.nn.Linear:
    """Query, key and value as one layer: one product in place of three."""
    three = [attention.query, attention.key, attention.value]
    one = torch.nn.Linear(three[0].in_features, three[0].out_features * 3)
    one.weight.data = torch.cat([each.weight.data for each in three])
    one.bias.data = torch.cat([each.bias.data for each in three])
    return one


def export(network: Network, base: Path, to: Path) -> None:
    """
    Writes `to`: inputs INPUTS, int64 of shape (1, pieces); output `logits`, float32 of shape (1, TASKS). Weights are int8
    by channel, activations are quantized as they come. @raises RuntimeError when nothing was quantized.
    """
    copy = Network(base)
    copy.load_state_dict({name: value.float().cpu() for name, value in network.state_dict().items()})
    ids = torch.randint(1, 5000, (1, 32))
    with tempfile.TemporaryDirectory() as folder:
        full = f"{folder}/full.onnx"
        torch.onnx.export(
            Plain(copy).eval(), (ids, torch.zeros_like(ids)), full, input_names=INPUTS, output_names=["logits"],
            dynamic_axes={name: {1: "pieces"} for name in INPUTS}, opset_version=17, dynamo=False,
        )
        # Without VNNI a processor adds two products in 16 bits, which the full range of int8 can overflow.
        quantize_dynamic(
            full, str(to), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True},
        )
    model = onnx.load(str(to))
    # Weights that are only stored as int8 are folded back to floats when they are loaded.
    if not any(node.op_type == "MatMulInteger" for node in model.graph.node):
        raise RuntimeError("no product was quantized")
    beside(model, to)


def beside(model: onnx.ModelProto, to: Path) -> None:
    """Writes the graph to `to`, and its weights to a file beside it, which onnxruntime maps in place of copying it."""
    weights = to.with_suffix(".weights")
    weights.unlink(missing_ok=True)
    onnx.save(model, str(to), save_as_external_data=True, location=weights.name, size_threshold=1024)
    weights.chmod(0o644)


class Exported:
    """Asks the exported model as the bot does."""

    def __init__(self, file: Path, pieces: Pieces):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        self.pieces = pieces

    def ask(self, pairs: list[tuple[str, str]]) -> np.ndarray:
        """Logits of (reply, post) pairs; shape (pairs, TASKS)."""
        replies, posts = self.pieces.of([reply for reply, _ in pairs]), self.pieces.of([post for _, post in pairs])
        batches = (self.pieces.batch([pair]) for pair in zip(replies, posts))
        return np.concatenate([self.session.run(None, {name: batch[name].numpy() for name in INPUTS})[0] for batch in batches])
