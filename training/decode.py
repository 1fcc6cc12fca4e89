"""Decoding in numpy: finding vectors -> spans -> types. The TypeScript pipeline does the same (CONTRACT.md)."""
import numpy as np

MAX_SPAN = 25


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def join(probabilities, how):
    """[W,3,L] -> [W,3]: noisy-or or maximum over the labels."""
    return 1 - np.prod(1 - probabilities, -1) if how == "noisy-or" else probabilities.max(-1)


def decode_spans(p, threshold):
    """p [W,3] (start, inside, end). Flat spans (first, last, score), score = min(start, every inside, end) >= threshold,
    taken greedily by falling score; ties: smaller first word, then smaller last word."""
    found = []
    for i in np.flatnonzero(p[:, 0] >= threshold):
        score = p[i, 0]
        for j in range(i, min(len(p), i + MAX_SPAN)):
            score = min(score, p[j, 1])
            if score < threshold:
                break
            if p[j, 2] >= threshold:
                found.append((int(i), j, float(min(score, p[j, 2]))))
    found.sort(key=lambda s: (-s[2], s[0], s[1]))
    taken, out = np.zeros(len(p), bool), []
    for a, b, score in found:
        if not taken[a : b + 1].any():
            taken[a : b + 1] = True
            out.append((a, b, score))
    return sorted(out)


def log_softmax(x):
    x = x - x.max(-1, keepdims=True)
    return x - np.log(np.exp(x).sum(-1, keepdims=True))


def f1(gold, predicted):
    """Micro F1 in percent over two lists of sets."""
    hit = sum(len(g & p) for g, p in zip(gold, predicted))
    total = sum(map(len, gold)) + sum(map(len, predicted))
    return 200 * hit / total if total else 0.0
