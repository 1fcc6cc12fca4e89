"""Strict and span F1 on the development sets, with the PyTorch model or the exported graphs.

    python evaluate.py --data ../../data/dev --checkpoint runs/v1/last.pt        (or --pack ../models/dynamicner-en-small)
"""
import argparse
import json
from pathlib import Path

import numpy as np
import torch

from data import COARSE, FINE, MEDIUM, align, by_bare_name, read_rows
from encoding import features, finding_logits, probabilities, span_vectors
from decode import MAX_SPAN, decode_spans, f1, join, log_softmax, sigmoid
from gazetteer import raised
from names import MENTION, SPAN, names_of
from words import split_words
from targets import COARSE_OF, MEDIUM_OF

TAXONOMY_SETS = ["dynamicner-en-dev", "dynamicner-written-en-dev", "dynamicner-written-en-2-dev"]
FLAT_SETS = ["stackoverflow-ner-test", "harveyner-test", "wnut17-test", "sec-filings-test", "open-written-en-dev"]
LEAST, MOST, OWN = 0.01, 64, 64  # candidates: least probability, at most so many a sentence, lists whose own labels propose spans


def any_of(logits):
    """Logits of "any of the labels" by noisy-or: [..., L] -> [...]."""
    return np.log(np.expm1(np.clip(np.logaddexp(0, logits).sum(-1), 1e-300, 700)))


LIMIT = float(np.log((1 - 1e-6) / 1e-6))


def least(logits, a, b):
    """The least of start, every inside, end of the words a..b, given the logits [W,3] of one label; cut as CONTRACT.md says."""
    return float(np.clip(min(logits[a, 0], logits[a : b + 1, 1].min(), logits[b, 2]), -LIMIT, LIMIT))


def log_odds(log_p):
    return np.clip(log_p - np.log(-np.expm1(np.minimum(log_p, -1e-6))), -LIMIT, LIMIT)


def weigh(x, weights, bias):
    """Probabilities of features [..., K]; older packs weigh only the first ones."""
    return sigmoid(x[..., : len(weights)] @ np.array(weights) + bias)


def greedy(scored):
    """scored: (score, first, last, …) -> those that stand together, by falling score; ties: smaller first, then smaller last word."""
    taken, kept = set(), []
    for row in sorted(scored, key=lambda r: (-r[0], r[1], r[2])):
        words = set(range(row[1], row[2] + 1))
        if not taken & words:
            taken |= words
            kept.append(row)
    return kept


class TaxonomyRun:
    """Features, joined probabilities and typing scores of one set, so that settings can be tried cheaply. `rows` and `predict` are CONTRACT.md's scoring."""

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

    def candidates(self, threshold=LEAST, most=MOST):
        """Per sentence (spans, finding features [n,3], typing logits [n,fine types and none], the same with what is known of names); computed once."""
        if getattr(self, "kept", None) is None or self.kept[0] != (threshold, most):
            c, m = len(COARSE), len(COARSE) + len(MEDIUM)
            joined = [(any_of(z[..., :c]), z[..., c], z[..., c + 1]) for f, _ in self.feats for z in [finding_logits(self.engine, f, np.concatenate([self.find[:c], self.find[-2:]]))]]
            spans = [candidates(sigmoid(j), threshold, most) for j, _, _ in joined]
            found = [np.array([[least(z, a, b) for z in three] for a, b, _ in s]).reshape(-1, 3) for s, three in zip(spans, joined)]
            types = [np.concatenate([v[:, :-1] @ self.type[m:-2].T, v[:, -1:]], -1).astype(np.float64) if len(v) else np.zeros((0, len(FINE) + 1)) for v in span_vectors(self.engine, self.feats, spans)]
            named = [raised(self.engine, x, s, own) for x, s, own in zip(types, self.sentences, spans)]
            self.kept = (threshold, most), list(zip([[s[:2] for s in ss] for ss in spans], found, types, named))
        return self.kept[1]

    def rows(self, temperature=1.0, threshold=LEAST, most=MOST):
        """Per sentence (spans, features [n,4] of P(span), q [n,fine types] without none)."""
        for spans, found, x, named in self.candidates(threshold, most):
            yield spans, np.concatenate([found, -log_odds(log_softmax(x)[:, -1:])], -1), np.exp(log_softmax(named[:, :-1] / temperature))

    def predict(self, settings, temperature=1.0, threshold=LEAST, most=MOST):
        """Per sentence (first, last, best fine type, P(span), (q of its coarse, medium and fine type)), greedy; settings: weights, bias, threshold."""
        out = []
        for spans, x, q in self.rows(temperature, threshold, most):
            p = weigh(x, settings["weights"], settings["bias"])
            kept = greedy((float(p[k]), a, b, k) for k, (a, b) in enumerate(spans) if p[k] >= settings["threshold"])
            row = []
            for score, a, b, k in kept:
                best = int(q[k].argmax())
                levels = [float(q[k, of == of[best]].sum()) for of in (COARSE_OF, MEDIUM_OF)] + [float(q[k, best])]
                row.append((a, b, best, score, tuple(levels)))
            out.append(sorted(row))
        return out

    def predicted_scores(self, predicted):
        """(strict F1, span F1) of what `predict` gives."""
        return self.scores([[(a, b, p) for a, b, _, p, _ in row] for row in predicted], [[t for _, _, t, _, _ in row] for row in predicted])

    def typing_accuracy(self):
        """Percent of gold spans whose best type is right: fine, and medium and coarse by sums of the fine probabilities."""
        golds = [[(e[0], e[1]) for e in s.entities] for s in self.sentences]
        leaves = self.type[len(COARSE) + len(MEDIUM) : -2].T
        logits = np.concatenate([raised(self.engine, v[:, :-1] @ leaves, s, own) for v, s, own in zip(span_vectors(self.engine, self.feats, golds), self.sentences, golds) if v.shape[1] > 1])
        fine = np.array([FINE.index(e[3]) for s in self.sentences for e in s.entities])
        p = np.exp(log_softmax(logits))
        out = {"fine": 100 * float((p.argmax(-1) == fine).mean())}
        for name, of, n in (("medium", MEDIUM_OF, len(MEDIUM)), ("coarse", COARSE_OF, len(COARSE))):
            sums = np.stack([p[:, of == k].sum(-1) for k in range(n)], -1)
            out[name] = 100 * float((sums.argmax(-1) == of[fine]).mean())
        return out

    def candidate_recall(self, threshold=LEAST):
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


def candidates(p, threshold, most=64):
    """All spans of at most MAX_SPAN words whose start, inside and end reach the threshold: p [W,3] -> the best (first, last, score)."""
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
    """Candidates of one set with the features of their scores, so that weights and thresholds can be tried cheaply: CONTRACT.md's flat lists.
    Sets of more than a hundred names are extracted with each line's own names."""

    def __init__(self, engine, sentences, threshold=LEAST, most=MOST, own_labels=OWN):
        self.sentences = sentences
        self.labels = sorted({e[2] for s in sentences for e in s.entities})
        own_list = len(self.labels) > 100
        find, typ = engine.labels(self.labels + [SPAN, MENTION])
        feats = features(engine, sentences)
        self.lists = [[self.labels.index(l) for l in sorted({e[2] for e in s.entities})] if own_list else list(range(len(self.labels))) for s in sentences]
        self.spans, joined = [], []
        for (f, _), l in zip(feats, self.lists):
            z = finding_logits(engine, f, find[l + [-2, -1]])
            joined.append(z)
            self.spans.append(candidates(sigmoid(z[..., :-1].max(-1) if len(l) <= own_labels else z[..., -2]), threshold, most) if l else [])
        self.rows = []  # per sentence a list of (first, last, label, features)
        for spans, v, l, z in zip(self.spans, span_vectors(engine, feats, self.spans), self.lists, joined):
            out = []
            if spans:
                log_q = log_softmax(np.concatenate([v[:, :-1] @ typ[l].T, v[:, -1:]], -1).astype(np.float64))
            for k, (a, b, _) in enumerate(spans):
                best = int(log_q[k, :-1].argmax())
                x = [least(z[..., best], a, b), least(z[..., -2], a, b), log_odds(log_q[k, best]), log_q[k, best] - log_q[k, -1], least(z[..., -1], a, b)]
                out.append((a, b, l[best], np.array(x)))
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
        scored = lambda rows: ((float(weigh(x, weights, bias)), a, b, l) for a, b, l, x in rows)
        return [[(a, b, l, s) for s, a, b, l in greedy(scored(rows))] for rows in self.rows]

    def scores(self, predicted, threshold):
        pred = [{(a, b, l) for a, b, l, s in rows if s >= threshold} for rows in predicted]
        cut = lambda sets: [{x[:2] for x in s} for s in sets]
        gold = self.gold()
        return f1(gold, pred), f1(cut(gold), cut(pred))


FLAT_WEIGHTS, FLAT_BIAS = (0.4, 0.1, 0.3, 0.3, 0.0), 0.0


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
    args.add_argument("--vocabulary", help="of a multilingual checkpoint")
    args.add_argument("--pack")
    args.add_argument("--settings", type=Path, help="scores and temperature; the pack's when absent")
    args.add_argument("--sets", nargs="*", default=TAXONOMY_SETS + FLAT_SETS)
    a = args.parse_args()
    torch.set_num_threads(2)
    from engines import load_engine  # the only import of onnxruntime
    from export import SETTINGS

    engine = load_engine(a.checkpoint, a.pack, a.vocabulary)
    s = dict(SETTINGS)
    if a.pack:
        s |= {**engine.pack["scores"], "temperature": engine.pack["typing"]["temperature"], "candidates": engine.pack["candidates"]}
    if a.settings:
        s |= json.loads(a.settings.read_text())
    c = s["candidates"]
    for name in a.sets:
        sentences = read_set(a.data, name, name.startswith("dynamicner"), engine.pieces.split)
        if name.startswith("dynamicner"):
            run = TaxonomyRun(engine, sentences)
            predicted = run.predict(s["taxonomy"], s["temperature"], c["threshold"], c["most"])
            strict, spans = run.predicted_scores(predicted)
            typing = {k: round(v, 1) for k, v in run.typing_accuracy().items()}
            print(f"{name}: strict {strict:.1f} spans {spans:.1f} candidates {run.candidate_recall(c['threshold']):.1f} typing {typing}", flush=True)
        else:
            run = FlatRun(engine, sentences, c["threshold"], c["most"], c["ownLabels"])
            strict, spans = run.scores(run.predict(s["flat"]["weights"], s["flat"]["bias"]), s["flat"]["threshold"])
            print(f"{name}: strict {strict:.1f} spans {spans:.1f} candidates {run.recall():.1f}", flush=True)


if __name__ == "__main__":
    main()
