"""Strict and span F1 on the development sets, with the PyTorch model or the exported graphs.

    python evaluate.py --data ../../data/dev --checkpoint runs/v1/last.pt        (or --pack ../models/dynamicner-en-small)
"""
import argparse
import json
from pathlib import Path

import numpy as np
import torch

from data import COARSE, FINE, MEDIUM, align, by_bare_name, collate, read_rows
from decode import MAX_SPAN, decode_spans, f1, join, log_softmax, sigmoid
from model import span_inputs
from names import MENTION, SPAN, names_of
from words import split_words
from targets import COARSE_OF, MEDIUM_OF

TAXONOMY_SETS = ["dynamicner-en-dev", "dynamicner-written-en-dev", "dynamicner-written-en-2-dev"]
FLAT_SETS = ["stackoverflow-ner-test", "harveyner-test", "wnut17-test", "sec-filings-test", "open-written-en-dev"]


class TorchEngine:
    def __init__(self, model, pieces, bf16=False, label_pieces=None):
        self.model, self.pieces, self.bf16, self.label_pieces = model.eval(), pieces, bf16, label_pieces or pieces
        self.bias = model.find_bias.detach().numpy()

    @torch.no_grad()
    def text(self, batch):
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            f, w = self.model.encode_text(*(batch[k] for k in ("ids", "mask", "shapes", "first", "last")), lexicon=batch.get("lexicon"))
        return f.float(), w.float()

    @torch.no_grad()
    def labels(self, texts):
        finds, types = [], []
        for i in range(0, len(texts), 256):
            ids, mask = pad_labels([self.label_pieces.label(t) for t in texts[i : i + 256]])
            with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
                f, t = self.model.label_upper(self.model.label_lower(ids, mask), mask)
            finds.append(f.float())
            types.append(t.float())
        return torch.cat(finds).numpy(), torch.cat(types).numpy()

    @torch.no_grad()
    def spans(self, x):
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            v, none = self.model.encode_spans(x)
        return torch.cat([v, none[:, None]], -1).float().numpy()


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
    """spans: per sentence (first, last, …) -> per sentence [n,TYPE+1]: a unit vector and the logit of "none"."""
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
        self.find, self.type = engine.labels([names_of(n)[0] for n in nodes] + [MENTION, SPAN])

    def joined(self, finder):
        for f, _ in self.feats:
            if finder == "mention":
                yield probabilities(self.engine, f, self.find[-2:-1])[..., 0]
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
            x = v[:, :-1] @ self.type[:-2].T
            score = log_softmax(x[:, m:]) + medium * log_softmax(x[:, c:m])[:, MEDIUM_OF] + coarse * log_softmax(x[:, :c])[:, COARSE_OF]
            out.append(score.argmax(-1).tolist())
        return out

    def typing_accuracy(self):
        """Percent of gold spans whose best type is right: fine, and medium and coarse by sums of the fine probabilities."""
        golds = [[(e[0], e[1]) for e in s.entities] for s in self.sentences]
        vectors = np.concatenate([v for v in span_vectors(self.engine, self.feats, golds) if v.shape[1] > 1])
        fine = np.array([FINE.index(e[3]) for s in self.sentences for e in s.entities])
        p = np.exp(log_softmax(vectors[:, :-1] @ self.type[len(COARSE) + len(MEDIUM) : -2].T))
        out = {"fine": 100 * (p.argmax(-1) == fine).mean()}
        for name, of, n in (("medium", MEDIUM_OF, len(MEDIUM)), ("coarse", COARSE_OF, len(COARSE))):
            sums = np.stack([p[:, of == k].sum(-1) for k in range(n)], -1)
            out[name] = 100 * (sums.argmax(-1) == of[fine]).mean()
        return out

    def candidate_recall(self, threshold=0.05):
        """Percent of gold spans whose least probability of start, inside, end reaches the threshold, by the label SPAN."""
        hit = total = 0
        for (f, _), s in zip(self.feats, self.sentences):
            p = probabilities(self.engine, f, self.find[-1:])[..., 0]
            total += len(s.entities) + s.missed
            hit += sum(e[1] < len(p) and min(p[e[0], 0], p[e[0] : e[1] + 1, 1].min(), p[e[1], 2]) >= threshold for e in s.entities)
        return 100 * hit / max(1, total)

    def scores(self, spans, types):
        """(strict F1, span F1); gold entities that words cannot reach count as misses."""
        gold = [{(e[0], e[1], FINE.index(e[3])) for e in s.entities} | {("missed", i, 0) for i in range(s.missed)} for s in self.sentences]
        pred = [{(a, b, t) for (a, b, _), t in zip(ss, tt)} for ss, tt in zip(spans, types)]
        cut = lambda sets: [{x[:2] for x in s} for s in sets]
        return f1(gold, pred), f1(cut(gold), cut(pred))


def candidates(p, threshold, most=400):
    """All spans of at most MAX_SPAN words whose start, inside and end reach the threshold: p [W,3] -> list of (first, last, score)."""
    found = []
    for i in np.flatnonzero(p[:, 0] >= threshold):
        score = p[i, 0]
        for j in range(i, min(len(p), i + MAX_SPAN)):
            score = min(score, p[j, 1])
            if score < threshold:
                break
            if p[j, 2] >= threshold:
                found.append((int(i), j, float(min(score, p[j, 2]))))
    return sorted(found, key=lambda s: -s[2])[:most]


class FlatRun:
    """Candidates of one set with the features of their scores, so that weights and thresholds can be tried cheaply."""

    def __init__(self, engine, sentences, threshold=0.05):
        self.sentences = sentences
        self.labels = sorted({e[2] for s in sentences for e in s.entities})
        own_list = len(self.labels) > 100
        find, typ = engine.labels(self.labels + [SPAN])
        feats = features(engine, sentences)
        self.lists = [[self.labels.index(l) for l in sorted({e[2] for e in s.entities})] if own_list else list(range(len(self.labels))) for s in sentences]
        self.spans, self.span_p = [], []
        joined = []
        for (f, _), l in zip(feats, self.lists):
            span = probabilities(engine, f, find[-1:])[..., 0]
            own = probabilities(engine, f, find[l]) if l else np.zeros((len(f), 3, 1))
            joined.append((span, own))
            self.spans.append(candidates(np.maximum(span, own.max(-1)), threshold) if l else [])
        self.rows = []  # per sentence a list of (first, last, label, features)
        for spans, v, l, (span, own) in zip(self.spans, span_vectors(engine, feats, self.spans), self.lists, joined):
            out = []
            if spans:
                x = np.concatenate([v[:, :-1] @ typ[l].T, v[:, -1:]], -1)
                logp = log_softmax(x)
            for k, (a, b, _) in enumerate(spans):
                best = int(logp[k, :-1].argmax())
                least = lambda p: float(min(p[a, 0], p[a : b + 1, 1].min(), p[b, 2]))
                logit = lambda p: float(np.log(max(p, 1e-6) / max(1 - p, 1e-6)))
                rest = -np.expm1(min(logp[k, best], -1e-6))
                out.append((a, b, l[best], (logit(least(own[..., best])), logit(least(span)), float(logp[k, best] - np.log(rest)), float(logp[k, best] - logp[k, -1]))))
            self.rows.append(out)

    def gold(self):
        return [{(e[0], e[1], self.labels.index(e[2])) for e in s.entities} | {("missed", i, 0) for i in range(s.missed)} for s in self.sentences]

    def recall(self):
        """Percent of gold spans among the candidates."""
        golds = [{g[:2] for g in gs} for gs in self.gold()]
        hit = sum(len(g & {s[:2] for s in c}) for g, c in zip(golds, self.spans))
        return 100 * hit / max(1, sum(map(len, golds)))

    def predict(self, weights, bias):
        """Per sentence (first, last, label, probability), greedy and flat, of all candidates."""
        out = []
        for rows in self.rows:
            scored = sorted(((float(sigmoid(np.dot(weights, x) + bias)), a, b, l) for a, b, l, x in rows), key=lambda r: (-r[0], r[1], r[2]))
            taken, kept = set(), []
            for s, a, b, l in scored:
                if not taken & set(range(a, b + 1)):
                    taken |= set(range(a, b + 1))
                    kept.append((a, b, l, s))
            out.append(kept)
        return out

    def scores(self, predicted, threshold):
        pred = [{(a, b, l) for a, b, l, s in rows if s >= threshold} for rows in predicted]
        cut = lambda sets: [{x[:2] for x in s} for s in sets]
        gold = self.gold()
        return f1(gold, pred), f1(cut(gold), cut(pred))


FLAT_WEIGHTS, FLAT_BIAS = (0.4, 0.1, 0.3, 0.3), 0.0


def flat_report(engine, sentences):
    """Best strict F1 over thresholds, for a look during training."""
    run = FlatRun(engine, sentences)
    predicted = run.predict(FLAT_WEIGHTS, FLAT_BIAS)
    best = max((run.scores(predicted, t), t) for t in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8))
    return {"strict": round(best[0][0], 1), "spans": round(best[0][1], 1), "at": best[1], "recall": round(run.recall(), 1)}


def read_set(folder, name, taxonomy, split=split_words):
    return [align(r, by_bare_name() if taxonomy else None, split) for r in read_rows(Path(folder) / f"{name}.jsonl.gz")]


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
