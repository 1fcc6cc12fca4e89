"""Fits what turns probabilities into scores: P(span), temperature, the flat list's score, thresholds. See CONTRACT.md.

    python calibrate.py --data DIR/dev --checkpoint runs/v2/last.pt --out runs/v2/settings.json [--multilingual runs/vocabulary]

Fitted on half of the sentences of the development sets (by a hash of the id), measured on the other half, the taxonomy's also the other way round: expected
calibration error over 15 bins of equal mass, and the area under the ROC curve of right against wrong entities.
"""
import argparse
import json
import zlib
from pathlib import Path

import numpy as np
import torch

from data import COARSE, FINE
from decode import f1, join, log_softmax, sigmoid
from encoding import features, probabilities, span_vectors
from evaluate import LEAST, MOST, OWN, candidates, read_set
from gazetteer import Gazetteer, KnownNames, raised
from names import MENTION, SPAN, names_of

TAXONOMY = ["dynamicner-en-dev", "dynamicner-written-en-dev", "dynamicner-written-en-2-dev"]
FLAT = ["open-written-en-dev", "stackoverflow-ner-test", "sec-filings-test", "harveyner-test", "wnut17-test", "bc5cdr-test", "re-docred-test", "multiconer2-en-dev", "multiconer1-en-dev", "uner-english-ewt-test", "btc-test"]

UNSEEN = set(FLAT[:5])  # no part of them trains a pack (of open-written-en-dev no line), so they are as new as a user's list


def logit(p):
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(p) - np.log1p(-p)


def least(p, a, b):
    """p [W,3] -> the least of start at a, inside a..b, end at b."""
    return float(min(p[a, 0], p[a : b + 1, 1].min(), p[b, 2]))


def fit(x, y, ridge=1e-2):
    """Logistic regression by Newton's method: x [N,K], y [N] -> weights [K], bias."""
    x = np.concatenate([x, np.ones((len(x), 1))], 1)
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = sigmoid(x @ w)
        g = x.T @ (p - y) + ridge * w
        h = (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        step = np.linalg.solve(h, g)
        w -= step
        if np.abs(step).max() < 1e-7:
            break
    return w[:-1], w[-1]


def greedy(rows):
    """rows: (score, first, last, …) -> the kept ones: best first, no overlap."""
    taken, kept = set(), []
    for r in sorted(rows, key=lambda r: (-r[0], r[1], r[2])):
        if not taken & set(range(r[1], r[2] + 1)):
            taken |= set(range(r[1], r[2] + 1))
            kept.append(r)
    return kept


def taxonomy_rows(engine, sentences):
    """Per sentence a list of (first, last, features [4], fine logits with none [156])."""
    find, typ = engine.labels([names_of(n)[0] for n in COARSE + FINE] + [MENTION, SPAN])
    feats, c = features(engine, sentences), len(COARSE)
    ps = [(join(probabilities(engine, f, find[:c]), "noisy-or"), *(probabilities(engine, f, find[k][None])[..., 0] for k in (-2, -1))) for f, _ in feats]
    spans = [candidates(j, LEAST, MOST) for j, _, _ in ps]
    out = []
    for (j, m, s), sp, v, sentence in zip(ps, spans, span_vectors(engine, feats, spans), sentences):
        rows = []
        if sp:
            x = np.concatenate([v[:, :-1] @ typ[c : c + len(FINE)].T, v[:, -1:]], -1)
            none = log_softmax(x)[:, -1]
            x = raised(engine, x, sentence, sp)
        for k, (a, b, _) in enumerate(sp):
            rows.append((a, b, np.array([logit(least(j, a, b)), logit(least(m, a, b)), logit(least(s, a, b)), -logit(np.exp(none[k]))]), x[k]))
        out.append(rows)
    return out


def flat_rows(engine, sentences):
    """Per sentence a list of (first, last, features [5], label)."""
    labels = sorted({e[2] for s in sentences for e in s.entities})
    own = len(labels) > 100
    find, typ = engine.labels(labels + [SPAN, MENTION])
    feats = features(engine, sentences)
    lists = [[labels.index(l) for l in sorted({e[2] for e in s.entities})] if own else list(range(len(labels))) for s in sentences]
    ps, spans = [], []
    for (f, _), l in zip(feats, lists):
        s, m = (probabilities(engine, f, find[k][None])[..., 0] for k in (-2, -1))
        o = probabilities(engine, f, find[l]) if l else np.zeros((len(f), 3, 1))
        ps.append((s, m, o))
        spans.append(candidates(np.maximum(s, o.max(-1)) if len(l) <= OWN else s, LEAST, MOST) if l else [])
    out = []
    for (s, m, o), sp, v, l in zip(ps, spans, span_vectors(engine, feats, spans), lists):
        rows = []
        if sp:
            logp = log_softmax(np.concatenate([v[:, :-1] @ typ[l].T, v[:, -1:]], -1))
        for k, (a, b, _) in enumerate(sp):
            best = int(logp[k, :-1].argmax())
            x = [logit(least(o[..., best], a, b)), logit(least(s, a, b)), logit(np.exp(logp[k, best])), logp[k, best] - logp[k, -1], logit(least(m, a, b))]
            rows.append((a, b, np.array(x), labels[l[best]]))
        out.append(rows)
    return out


def calibration_error(p, right, bins=15):
    order = np.argsort(p)
    return float(sum(len(b) * abs(p[b].mean() - right[b].mean()) for b in np.array_split(order, bins) if len(b)) / len(p))


def auroc(p, right):
    ranks = np.empty(len(p))
    ranks[np.argsort(p, kind="stable")] = np.arange(1, len(p) + 1)
    n = right.sum()
    return float((ranks[right].sum() - n * (n + 1) / 2) / max(1, n * (len(p) - n)))


def half(sentence):
    return zlib.crc32(sentence.id.encode()) % 2


def fit_spans(pairs, is_right):
    """Two rounds: on all candidates, then on those that greedy selection keeps. pairs: (rows, sentence)."""
    kept = [(r, s) for rows, s in pairs for r in rows]
    for _ in range(3):
        w, b = fit(np.stack([r[2] for r, _ in kept]), np.array([is_right(r, s) for r, s in kept], float))
        kept = [(r[3], s) for rows, s in pairs for r in greedy([(float(sigmoid(x[2] @ w + b)), x[0], x[1], x) for x in rows])]
    return w, b


def best_threshold(sets, scored, gold, within=0.1, middle=False):
    """The lowest threshold whose mean F1 over sets is at most `within` below the best: what costs no F1 is shown, with its score. `middle`: the mean of these thresholds.
    scored: name -> per sentence {item: score}."""
    grid = np.arange(0.05, 0.95, 0.01)
    mean = [np.mean([f1([gold(s) for s in ss], [{i for i, p in items.items() if p >= t} for items in scored[n]]) for n, ss in sets.items()]) for t in grid]
    good = grid[np.array(mean) >= max(mean) - within]
    return float(good.mean() if middle else good[0])


def fit_names(engine, sets, part):
    """The weight of the engine's names with which that half's gold spans are most probable (over the temperatures that are tried later)."""
    spans = lambda s: [(e[0], e[1]) for e in s.entities]
    sentences = [s for ss in sets.values() for s in ss if half(s) == part and s.entities]
    _, typ = engine.labels([names_of(n)[0] for n in FINE])
    vectors = span_vectors(engine, features(engine, sentences), [spans(s) for s in sentences])
    y = torch.tensor([FINE.index(e[3]) for s in sentences for e in s.entities])

    def loss(weight):
        known = KnownNames(engine.known.gazetteer, weight, engine.known.sharpness)
        x = torch.tensor(np.concatenate([known.raised(v[:, :-1] @ typ.T, s, spans(s)) for v, s in zip(vectors, sentences)]))
        return min(float(torch.nn.functional.cross_entropy(x / t, y)) for t in np.arange(0.7, 1.8, 0.1))

    return min((round(0.1 * k, 1) for k in range(0, 26)), key=loss)


def gold_spans(s):
    return {(e[0], e[1]): FINE.index(e[3]) for e in s.entities}


def strict_gold(s):
    return {(a, z, t) for (a, z), t in gold_spans(s).items()} | {("missed", i, 0) for i in range(s.missed)}


class TaxonomyFit:
    """Weights, bias, temperature and threshold fitted on the sentences of one half."""

    def __init__(self, sets, rows, part):
        own = [(r, s) for n, ss in sets.items() for r, s in zip(rows[n], ss) if half(s) == part]
        self.w, self.b = fit_spans(own, lambda r, s: (r[0], r[1]) in gold_spans(s))
        logits, fine = zip(*[(r[3][3], gold_spans(s)[r[1], r[2]]) for rs, s in own for r in self.chosen(rs) if (r[1], r[2]) in gold_spans(s)])
        x, y = torch.tensor(np.stack(logits))[:, :-1].double(), torch.tensor(fine)
        grid = np.arange(0.5, 4, 0.05)
        self.temperature = float(grid[int(np.argmin([float(torch.nn.functional.cross_entropy(x / t, y)) for t in grid]))])
        fitted = {n: [s for s in ss if half(s) == part] for n, ss in sets.items()}
        spans_of = {n: [{k: v[0] for k, v in self.scored(r).items()} for r, s in zip(rows[n], ss) if half(s) == part] for n, ss in sets.items()}
        self.threshold = best_threshold(fitted, spans_of, strict_gold)

    def chosen(self, rows):
        return greedy([(float(sigmoid(x[2] @ self.w + self.b)), x[0], x[1], x) for x in rows])

    def scored(self, rows):
        """(first, last, type) -> (P(span), score)."""
        out = {}
        for p, a, z, r in self.chosen(rows):
            q = np.exp(log_softmax(r[3][None, :-1] / self.temperature))[0]
            out[a, z, int(q.argmax())] = (p, p * float(q.max()))
        return out

    def shown(self, rows):
        return {k: v for k, v in self.scored(rows).items() if v[0] >= self.threshold}

    def settings(self):
        return {"weights": [round(float(v), 4) for v in self.w], "bias": round(float(self.b), 4), "threshold": round(self.threshold, 2)}


def calibrate_taxonomy(engine, sets, names=False):
    """Settings fitted on the first half, and what they give: F1 on all, the scores' errors on what was not fitted, both ways. names: the weight of the engine's names too."""
    p, right, report, first, weight = [], [], {}, None, None
    for part in (0, 1):
        if names:
            engine.known.weight = fit_names(engine, sets, part)
        rows = {n: taxonomy_rows(engine, ss) for n, ss in sets.items()}
        fit_ = TaxonomyFit(sets, rows, part)
        if part == 0:
            first, weight = fit_, engine.known.weight if names else None
            for n, ss in sets.items():
                gold, pred = [strict_gold(s) for s in ss], [set(fit_.shown(r)) for r in rows[n]]
                cut = lambda sets_: [{x[:2] for x in s} for s in sets_]
                report[n] = {"strict": round(f1(gold, pred), 1), "spans": round(f1(cut(gold), cut(pred)), 1)}
        for n, ss in sets.items():
            for r, s in zip(rows[n], ss):
                if half(s) != part:
                    shown = fit_.shown(r)
                    p += [v[1] for v in shown.values()]
                    right += [k in strict_gold(s) for k in shown]
    if names:
        engine.known.weight = weight
    p, right = np.array(p), np.array(right)
    return first.settings(), first.temperature, {**report, "entities": len(p), "ece": round(calibration_error(p, right), 3), "auroc": round(auroc(p, right), 3)}


def calibrate_flat(engine, sets):
    strict = lambda s: {(e[0], e[1], e[2]) for e in s.entities} | {("missed", i, 0) for i in range(s.missed)}
    rows = {n: flat_rows(engine, ss) for n, ss in sets.items()}
    parts = [(r, s) for n, ss in sets.items() for r, s in zip(rows[n], ss) if half(s) == 0]
    w, b = fit_spans(parts, lambda r, s: (r[0], r[1], r[3]) in strict(s))
    scored = lambda rs: {(a, z, r[3]): p for p, a, z, r in greedy([(float(sigmoid(x[2] @ w + b)), x[0], x[1], x) for x in rs])}
    items = {n: [scored(r) for r in rows[n]] for n in sets}
    # The scores are those of the fitted half; what is shown of them is chosen on all sentences of the unseen sets, the measured half included: halves differ by 0.07.
    unseen = {n: ss for n, ss in sets.items() if n in UNSEEN or not sets.keys() >= UNSEEN}
    threshold = best_threshold(unseen, items, strict, middle=True)
    p, right, report = [], [], {}
    for n, ss in sets.items():
        pred = [{k for k, v in i.items() if v >= threshold} for i in items[n]]
        gold = [strict(s) for s in ss]
        cut = lambda sets_: [{x[:2] for x in s} for s in sets_]
        found = sum(len(g & {k[:2] for k in i}) for g, i in zip(cut(gold), [{(r[0], r[1], 0) for r in rs} for rs in rows[n]]))
        report[n] = {"strict": round(f1(gold, pred), 1), "spans": round(f1(cut(gold), cut(pred)), 1), "candidates": round(100 * found / max(1, sum(map(len, gold))), 1)}
        for i, s in zip(items[n], ss):
            if half(s) == 1:
                p += [v for v in i.values() if v >= threshold]
                right += [k in strict(s) for k, v in i.items() if v >= threshold]
    p, right = np.array(p), np.array(right)
    return {"weights": [round(float(v), 4) for v in w], "bias": round(float(b), 4), "threshold": round(threshold, 2)}, {**report, "entities": len(p), "ece": round(calibration_error(p, right), 3), "auroc": round(auroc(p, right), 3)}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--checkpoint")
    p.add_argument("--out", type=Path)
    p.add_argument("--multilingual", type=Path)
    p.add_argument("--names", type=Path, help="gazetteer of the pack (gather_names.py)")
    p.add_argument("--limit", type=int, default=400)
    a = p.parse_args()
    torch.set_num_threads(2)
    from encoding import TorchEngine
    from words import split_words, split_words_multilingual

    if a.multilingual:
        from multilingual import load_multilingual

        model, pieces, label_pieces = load_multilingual(a.multilingual)
        split, taxonomy = split_words_multilingual, [f"dynamicner-written-{l}-dev" for l in ("de", "fr", "es", "ru", "zh", "ja", "ko", "en")] + ["dynamicner-en-dev"]
        flat = FLAT[:1] + ["uner-chinese-gsdsimp-test", "stockmark-ja-heldout", "factrueval-testset", "germeval14-test", "multiconer1-es-dev", "multiconer1-ko-dev", "multiconer2-zh-dev", "multiconer2-de-dev", "re-docred-test"]
    else:
        from train import load_base

        model, pieces = load_base()
        split, label_pieces, taxonomy, flat = split_words, None, TAXONOMY, FLAT
    model.load_state_dict(torch.load(a.checkpoint, map_location="cpu", weights_only=False)["model"])
    engine = TorchEngine(model, pieces, bf16=False, label_pieces=label_pieces)
    taxonomy_sets = {n: read_set(a.data, n, True, split) for n in taxonomy}
    if a.names:
        engine.known = KnownNames(Gazetteer.read(a.names), 0.0)
    t, temperature, report = calibrate_taxonomy(engine, taxonomy_sets, a.names is not None)
    if a.names:
        print("weight of names", engine.known.weight)
    print(json.dumps(t), temperature, json.dumps(report), flush=True)
    f, flat_report = calibrate_flat(engine, {n: read_set(a.data, n, False, split)[: a.limit] for n in flat})
    print(json.dumps(f), json.dumps(flat_report), flush=True)
    zero = [n for n in FLAT[:5] if n in flat_report]
    print("zero-shot mean over", zero, round(float(np.mean([flat_report[n]["strict"] for n in zero])), 1))
    if a.out:
        a.out.write_text(json.dumps({"taxonomy": t, "flat": f, "temperature": round(temperature, 3), **({"names": {"weight": engine.known.weight, "sharpness": engine.known.sharpness}} if a.names else {}), "candidates": {"threshold": LEAST, "most": MOST, "ownLabels": OWN}, "measured": {"taxonomy": report, "flat": flat_report}}, indent=1))


if __name__ == "__main__":
    main()
