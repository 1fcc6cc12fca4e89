"""Strict and span F1 on the development sets, with the PyTorch model or the exported graphs.

    python evaluate.py --data ../../data/dev --checkpoint runs/v1/last.pt        (or --pack ../models/dynamicner-en-small)
"""
import argparse
import json
from pathlib import Path

import numpy as np
import torch

from data import COARSE, FINE, MEDIUM, align, by_bare_name, collate, read_rows
from decode import decode_spans, f1, join, log_softmax, sigmoid
from model import span_inputs
from names import MENTION, names_of
from targets import COARSE_OF, MEDIUM_OF

TAXONOMY_SETS = ["dynamicner-en-dev", "dynamicner-written-en-dev", "dynamicner-written-en-2-dev"]
FLAT_SETS = ["stackoverflow-ner-test", "harveyner-test", "wnut17-test", "sec-filings-test", "open-written-en-dev"]


class TorchEngine:
    def __init__(self, model, pieces, bf16=False):
        self.model, self.pieces, self.bf16 = model.eval(), pieces, bf16
        self.bias = model.find_bias.detach().numpy()

    @torch.no_grad()
    def text(self, batch):
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            f, w = self.model.encode_text(*(batch[k] for k in ("ids", "mask", "shapes", "first", "last")))
        return f.float(), w.float()

    @torch.no_grad()
    def labels(self, texts):
        finds, types = [], []
        for i in range(0, len(texts), 256):
            ids, mask = pad_labels([self.pieces.label(t) for t in texts[i : i + 256]])
            with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
                f, t = self.model.label_upper(self.model.label_lower(ids, mask), mask)
            finds.append(f.float())
            types.append(t.float())
        return torch.cat(finds).numpy(), torch.cat(types).numpy()

    @torch.no_grad()
    def spans(self, x):
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            return self.model.encode_spans(x).float().numpy()


def pad_labels(rows):
    t = max(map(len, rows))
    ids = torch.tensor([r + [0] * (t - len(r)) for r in rows])
    return ids, (torch.arange(t)[None] < torch.tensor([[len(r)] for r in rows])).long()


def features(engine, sentences, size=32):
    """Per sentence (finding [W,3,D], words tensor [1,W,H])."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].words))
    out = [None] * len(sentences)
    for k in range(0, len(order), size):
        batch = collate([sentences[i] for i in order[k : k + size]], engine.pieces)
        f, w = engine.text(batch)
        for row, i in enumerate(order[k : k + size]):
            n = int(batch["lengths"][row])
            out[i] = (f[row, :n].numpy(), w[row : row + 1, :n])
    return out


def span_vectors(engine, feats, spans):
    """spans: per sentence (first, last, …) -> per sentence unit vectors [n,TYPE]."""
    rows = [span_inputs(w, torch.tensor([w.shape[1]]), torch.zeros(len(s), dtype=torch.long), torch.tensor([x[0] for x in s]), torch.tensor([x[1] for x in s]))
            for (_, w), s in zip(feats, spans) if s]
    if not rows:
        return [np.zeros((0, 1))] * len(spans)
    vectors, at, out = engine.spans(torch.cat(rows)), 0, []
    for s in spans:
        out.append(vectors[at : at + len(s)])
        at += len(s)
    return out


def probabilities(engine, finding, label_vectors):
    """finding [W,3,D] x labels [L,D] -> [W,3,L]."""
    return sigmoid(finding @ label_vectors.T + engine.bias[:, None])


class TaxonomyRun:
    """Features, joined probabilities and typing scores of one set, so that settings can be tried cheaply."""

    def __init__(self, engine, sentences):
        self.engine, self.sentences = engine, sentences
        self.feats = features(engine, sentences)
        nodes = COARSE + MEDIUM + FINE
        self.find, self.type = engine.labels([names_of(n)[0] for n in nodes] + [MENTION])

    def joined(self, finder):
        for f, _ in self.feats:
            if finder == "mention":
                yield probabilities(self.engine, f, self.find[-1:])[..., 0]
            else:
                yield join(probabilities(self.engine, f, self.find[: len(COARSE)]), finder)

    def spans(self, finder="noisy-or", threshold=0.5):
        return [decode_spans(p, threshold) for p in self.joined(finder)]

    def types(self, spans, medium=0.5, coarse=0.5):
        """Best fine type (index) of each span by log p(fine) + medium * log p(medium) + coarse * log p(coarse)."""
        c, m = len(COARSE), len(COARSE) + len(MEDIUM)
        out = []
        for v in span_vectors(self.engine, self.feats, spans):
            if not len(v):
                out.append([])
                continue
            x = v @ self.type[:-1].T
            score = log_softmax(x[:, m:]) + medium * log_softmax(x[:, c:m])[:, MEDIUM_OF] + coarse * log_softmax(x[:, :c])[:, COARSE_OF]
            out.append(score.argmax(-1).tolist())
        return out

    def scores(self, spans, types):
        """(strict F1, span F1); gold entities that words cannot reach count as misses."""
        gold = [{(e[0], e[1], FINE.index(e[3])) for e in s.entities} | {("missed", i, 0) for i in range(s.missed)} for s in self.sentences]
        pred = [{(a, b, t) for (a, b, _), t in zip(ss, tt)} for ss, tt in zip(spans, types)]
        cut = lambda sets: [{x[:2] for x in s} for s in sets]
        return f1(gold, pred), f1(cut(gold), cut(pred))


def flat_scores(engine, sentences, how="max", thresholds=(0.2, 0.3), limit=600):
    """Zero-shot with the set's own labels: {threshold: (strict, spans)}. Sets with many labels use each line's own."""
    sentences = sentences[:limit]
    labels = sorted({e[2] for s in sentences for e in s.entities})
    own_list = len(labels) > 100
    find, typ = engine.labels(labels)
    feats = features(engine, sentences)
    lists = [[labels.index(l) for l in sorted({e[2] for e in s.entities})] if own_list else list(range(len(labels))) for s in sentences]
    joined = [join(probabilities(engine, f, find[l]), how) if l else np.zeros((len(f), 3)) for (f, _), l in zip(feats, lists)]
    gold = [{(e[0], e[1], labels.index(e[2])) for e in s.entities} | {("missed", i, 0) for i in range(s.missed)} for s in sentences]
    out = {}
    for th in thresholds:
        spans = [decode_spans(p, th) for p in joined]
        pred = [{(a, b, l[int((v[k] @ typ[l].T).argmax())]) for k, (a, b, _) in enumerate(ss)} for ss, v, l in zip(spans, span_vectors(engine, feats, spans), lists)]
        cut = lambda sets: [{x[:2] for x in s} for s in sets]
        out[th] = (f1(gold, pred), f1(cut(gold), cut(pred)))
    return out


def read_set(folder, name, taxonomy):
    return [align(r, by_bare_name() if taxonomy else None) for r in read_rows(Path(folder) / f"{name}.jsonl.gz")]


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--data", required=True)
    args.add_argument("--checkpoint")
    args.add_argument("--pack")
    args.add_argument("--sets", nargs="*", default=TAXONOMY_SETS + FLAT_SETS)
    args.add_argument("--flat-join", default="max")
    args.add_argument("--sweep", action="store_true")
    a = args.parse_args()
    torch.set_num_threads(2)
    from engines import load_engine  # the only import of onnxruntime

    engine = load_engine(a.checkpoint, a.pack)
    for name in a.sets:
        if name.startswith("dynamicner"):
            run = TaxonomyRun(engine, read_set(a.data, name, True))
            for finder in ("noisy-or", "mention") if a.sweep else ("noisy-or",):
                for th in (0.3, 0.4, 0.5, 0.6, 0.7) if a.sweep else (0.45,):
                    spans = run.spans(finder, th)
                    for mix in ((0, 0), (0.5, 0.5), (0.5, 0), (0, 0.5), (1, 1)) if a.sweep else ((0.5, 0.5),):
                        s, b = run.scores(spans, run.types(spans, *mix))
                        print(f"{name} {finder} {th} {mix}: strict {s:.1f} spans {b:.1f}", flush=True)
        else:
            r = flat_scores(engine, read_set(a.data, name, False), a.flat_join, (0.1, 0.15, 0.2, 0.3, 0.4) if a.sweep else (0.25,))
            print(name, a.flat_join, json.dumps({k: [round(x, 1) for x in v] for k, v in r.items()}), flush=True)


if __name__ == "__main__":
    main()
