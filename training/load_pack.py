"""Reads an exported pack back into the PyTorch model, so that training can go on from a pack alone.

The graphs are ours (`graph.py`), so a weight is known by the operators around it: products in the order of the layers, norms and biases at the fused
operators. 8-bit weights come back as the numbers that the graph computes with; exporting them again gives the same graph.
"""
import json
import math
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from engines import file_of
from model import FIND, LAYERS, BiEncoder
from words import WordPieces


class PackError(Exception):
    """A pack that cannot be read back; the message names the file and the mend."""


def from_four_bits(packed, scales):
    """An embedding [V,H] from packed codes [V,H/2] (low half first) and scales [V,H/32] (`graph.four_bits`)."""
    codes = np.stack([packed & 15, packed >> 4], -1).reshape(*scales.shape, -1).astype(np.float32) - 8
    return (codes * scales[..., None]).reshape(len(packed), -1)


class Weights:
    """The weights of one graph, dequantised, in the order in which the graph uses them."""

    def __init__(self, path):
        self.path = path
        try:
            graph = onnx.load(path).graph
        except Exception as e:
            raise PackError(f"{path}: it cannot be read as a graph ({e}). Install the pack again, or choose another one.") from e
        self.constants = {w.name: numpy_helper.to_array(w) for w in graph.initializer}
        self.maker = {o: n for n in graph.node for o in n.output}
        self.nodes = graph.node
        self.inputs = {i.name for i in graph.input}
        self.outputs = {o.name for o in graph.output}

    def value(self, name):
        """A constant, computed through Cast, Mul, Reshape, Transpose where needed; None where it depends on an input."""
        if name in self.constants:
            return self.constants[name]
        node = self.maker.get(name)
        if node is None or node.op_type not in ("Cast", "Mul", "Reshape", "Transpose"):
            return None
        parts = [self.value(i) for i in node.input]
        if any(p is None for p in parts):
            return None
        if node.op_type == "Cast":
            return parts[0].astype(np.float32)
        if node.op_type == "Mul":
            return parts[0] * parts[1]
        return parts[0].reshape(parts[1]) if node.op_type == "Reshape" else parts[0].T

    def products(self):
        """Weights [N,K] of the linear layers."""
        out = []
        for node in self.nodes:
            if node.op_type == "MatMul":
                w = self.value(node.input[1])
                if w is not None:
                    out.append(w.T)
            elif node.op_type == "MatMulNBits":
                a = {x.name: x.i for x in node.attribute}
                codes = self.constants[node.input[1]].astype(np.float32) - 128
                scale = self.constants[node.input[2]].reshape(a["N"], -1, 1)
                out.append((codes.reshape(a["N"], -1, a["block_size"]) * scale).reshape(a["N"], a["K"]))
        return out

    def of(self, kind, *places):
        """Constants at the input places of all nodes of a kind."""
        return [[self.constants[n.input[p]] for p in places] for n in self.nodes if n.op_type == kind]

    def biases(self):
        """Biases of the linear layers that end an MLP: constants added to a product."""
        found = []
        for node in self.nodes:
            if node.op_type == "Add" and node.input[1] in self.constants and self.constants[node.input[1]].ndim == 1:
                if self.maker.get(node.input[0]) is not None and self.maker[node.input[0]].op_type in ("MatMul", "MatMulNBits"):
                    found.append(self.constants[node.input[1]])
        return found

    def tables(self):
        """Embedding tables in the order of their first use."""
        gathers = [n for n in self.nodes if n.op_type in ("Gather", "GatherBlockQuantized") and n.input[0] in self.constants]
        out, seen = [], set()
        for k, node in enumerate(gathers):
            table = self.constants[node.input[0]]
            if id(table) in seen or table.shape[-1] == 1:
                continue
            seen.add(id(table))
            if node.op_type == "GatherBlockQuantized":
                out.append(from_four_bits(table, self.constants[node.input[2]]))
            else:
                out.append(table.astype(np.float32) * self.constants[gathers[k + 1].input[0]] if table.dtype == np.int8 else table)
        return out

    def positions(self):
        return next(self.constants[n.input[0]] for n in self.nodes if n.op_type == "Slice" and n.input[0] in self.constants)


def bert_state(w, prefix):
    """State of one encoder (`Bert`), and the products after its layers."""
    tables, products = w.tables(), w.products()
    state = {"words.weight": tables[0], "norm.weight": None, "norm.bias": None}
    if len(tables) > 1:
        state["shapes.weight"] = tables[1]
    (state["norm.weight"], state["norm.bias"]), *norms = w.of("LayerNormalization", 1, 2)
    # English packs up to 4.0.0 and multilingual ones up to 3.0.0 hold the fused operator.
    skips = w.of("SkipLayerNormalization", 2, 3, 4) or [[*norm, *bias] for norm, bias in zip(norms, w.of("Sum", 1))]
    attention, ups = w.of("MultiHeadAttention", 3), w.of("BiasGelu", 1)
    for i in range(LAYERS):
        of = f"layers.{i}."
        for name, weight in zip(("qkv", "out", "up", "down"), products[4 * i : 4 * i + 4]):
            state[f"{of}{name}.weight"] = weight
        state[of + "qkv.bias"], state[of + "up.bias"] = attention[i][0], ups[i][0]
        for name, norm, (scale, shift, bias) in (("out", "norm1", skips[2 * i]), ("down", "norm2", skips[2 * i + 1])):
            state[f"{of}{name}.bias"], state[f"{of}{norm}.weight"], state[f"{of}{norm}.bias"] = bias, scale, shift
    return {prefix + k: v for k, v in state.items()}, products[4 * LAYERS :], [u[0] for u in ups[LAYERS:]]


def mlp_state(name, first, hidden_bias, last, bias):
    return {f"{name}.0.weight": first, f"{name}.0.bias": hidden_bias, f"{name}.2.weight": last, f"{name}.2.bias": bias}


def pack_state(pack, manifest):
    """The model's weights by their names in `BiEncoder`, and how many pieces and shapes the text encoder has."""
    text, label, typing = (Weights(file_of(pack, f"{n}.onnx")) for n in ("text", "label", "typing"))
    state, products, hidden = bert_state(text, "text.")
    factor = 3 / math.sqrt(FIND)  # the graph holds the finding vectors' factor in their last layer
    state |= mlp_state("find_word", products[0], hidden[0], products[1] / factor, text.biases()[0] / factor)
    more, products, hidden = bert_state(label, "label.")
    biases = label.biases()
    state |= more | mlp_state("find_label", products[0], hidden[0], products[1], biases[0]) | mlp_state("type_label", products[2], hidden[1], products[3], biases[1])
    products, biases = typing.products(), typing.biases()
    state |= mlp_state("type_span", products[0], typing.of("BiasGelu", 1)[0][0], products[1], biases[0])
    if "none" in typing.outputs:
        state |= {"type_none.weight": products[2], "type_none.bias": biases[1]}
    scale = next(label.constants[n.input[1]] for n in label.nodes if n.op_type == "Mul" and n.output[0] == label.maker["typing"].input[0])
    state |= {"type_scale": np.log(scale), "find_bias": np.array(manifest["finding"]["bias"], np.float32)}
    for name, w in (("text", text), ("label", label)):  # stored with the segment's vector added, as far as the window reaches
        fixed = np.zeros((512, w.positions().shape[1]), np.float32)
        fixed[: len(w.positions())] = w.positions()
        state |= {f"{name}.positions.weight": fixed, f"{name}.kind": np.zeros(fixed.shape[1], np.float32)}
    return state


def read_manifest(pack):
    path = Path(pack) / "pack.json"
    if not path.exists():
        raise PackError(f"{pack} is no pack: it has no pack.json. Name a folder such as models/dynamicner-en-small.")
    manifest = json.loads(path.read_text(encoding="utf-8"))
    if manifest.get("kind") != "bi-encoder" or manifest.get("format") != 2:
        raise PackError(f"{path}: training goes on from bi-encoder packs of format 2 only; this one is {manifest.get('kind')}, format {manifest.get('format', 1)}.")
    return manifest


def load_pack(pack):
    """(model, word pieces, pieces of labels, pack.json) of a pack's folder. Raises PackError."""
    manifest = read_manifest(pack)
    state = {k: torch.from_numpy(np.array(v, np.float32)) for k, v in pack_state(pack, manifest).items()}
    model = BiEncoder(shapes=len(state["text.shapes.weight"]), pieces=len(state["text.words.weight"]))
    result = model.load_state_dict(state, strict=False)
    if result.unexpected_keys or result.missing_keys:
        raise PackError(f"{pack}: its graphs are not laid out as those that this version writes (missing {result.missing_keys}, unknown {result.unexpected_keys}).")
    pieces = WordPieces(file_of(pack, "tokenizer.json"), "lexicon" in manifest)
    labels = WordPieces(file_of(pack, manifest["labelTokenizer"])) if "labelTokenizer" in manifest else pieces
    return model.eval(), pieces, labels, manifest


def largest_differences(pack, sentences, names):
    """How far PyTorch with the weights read back and ONNX Runtime with the pack lie apart, by output."""
    from engines import OnnxEngine
    from encoding import TorchEngine, features, span_vectors

    model, pieces, label_pieces, _ = load_pack(pack)
    engines = [TorchEngine(model, pieces, label_pieces=label_pieces), OnnxEngine(pack, threads=1)]
    labels = [e.labels(names) for e in engines]
    feats = [features(e, sentences) for e in engines]
    spans = [[(0, 0), (0, min(2, len(s.words) - 1))] for s in sentences]
    vectors = [np.concatenate(span_vectors(e, f, spans)) for e, f in zip(engines, feats)]
    logits = [np.concatenate([(f @ l[0].T).reshape(-1) for f, _ in fs]) for fs, l in zip(feats, labels)]
    types = [v[:, :-1] @ l[1].T for v, l in zip(vectors, labels)]
    far = lambda pair: float(np.abs(pair[0] - pair[1]).max())
    return {"finding logits": far(logits), "typing logits": far(types), "none logits": far([v[:, -1] for v in vectors])}


if __name__ == "__main__":
    import sys

    from evaluate import read_set

    sentences = read_set(Path(__file__).parent / "corpus/dev", "dynamicner-written-en-dev", True)[:100]
    print(largest_differences(sys.argv[1], sentences, ["person", "work of art", "name of a ship", "any span of any type"]))
