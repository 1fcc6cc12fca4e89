"""Turns micro-batches into label lists and loss targets. See README.md for what may count as a negative."""
import random

import numpy as np

from data import COARSE, FINE, MEDIUM, NODES
from names import MENTION, names_of

FINE_BELOW = {n: {i for i, p in enumerate(FINE) if p[: len(n)] == n} for n in NODES}
COARSE_OF = np.array([COARSE.index(p[:1]) for p in FINE])
MEDIUM_OF = np.array([MEDIUM.index(p[:2]) for p in FINE])
ALL = set(range(len(FINE)))


def draw_names(rng, p_main=0.7):
    """One text for every node of the taxonomy: the main name, or a paraphrase."""
    return {n: names_of(n)[0] if rng.random() < p_main else rng.choice(names_of(n)) for n in NODES}


def relation(allowed, node):
    """1 where a span with these allowed fine types must be of `node` (or MENTION), -1 where it cannot be, else 0."""
    if allowed is None:
        return 0
    below = ALL if node == MENTION else FINE_BELOW[node]
    return -1 if not allowed & below else 1 if allowed <= below else 0


class FindingTargets:
    """`labels`: texts; `y` [B,W,3,L] and `known` [B,W,L], float32."""

    def __init__(self, sentences, width, labels, full, relate):
        """full(b, l): are the unmarked words of sentence b negatives for label l? relate(b, entity): int array [L]."""
        b = len(sentences)
        self.labels = labels
        self.y = np.zeros((b, width, 3, len(labels)), np.float32)
        self.known = np.zeros((b, width, len(labels)), np.float32)
        for i, s in enumerate(sentences):
            n = min(len(s.words), width)
            self.known[i, :n] = full(i)
            for e in s.entities:
                a, z = e[0], e[1]
                if z >= width:
                    continue
                r = relate(i, e)
                self.known[i, a : z + 1, r != 0] = 1
                on = np.flatnonzero(r > 0)
                self.y[i, a, 0, on] = 1
                self.y[i, a : z + 1, 1, on[:, None]] = 1
                self.y[i, z, 2, on] = 1
            for w in s.unknown:
                if w < width:
                    self.known[i, w] = 0


def written_targets(sentences, width, names, rng):
    """Everything is marked, so every label is known everywhere: coarse names, the mention label, twelve others."""
    present = list({e[3][:k] for s in sentences for e in s.entities for k in (2, 3)})
    nodes = COARSE + [MENTION] + rng.sample(present, min(7, len(present))) + rng.sample(FINE + MEDIUM, 7)
    nodes = list(dict.fromkeys(nodes))
    table = {}

    def relate(_, e):
        if e[3] not in table:
            table[e[3]] = np.array([1 if n == MENTION or e[3][: len(n)] == n else -1 for n in nodes])
        return table[e[3]]

    texts = [n if n == MENTION else names[n] for n in nodes]
    return FindingTargets(sentences, width, texts, lambda _: np.ones(len(nodes), np.float32), relate)


def foreign_targets(source, sentences, width, names, rng, limit=24):
    """The set's own labels are known everywhere (unless it is partly marked); nodes of the taxonomy only at gold spans."""
    own = source.labels
    if len(own) > limit:
        present = {e[2] for s in sentences for e in s.entities}
        rest = [l for l in own if l not in present]
        own = sorted(present)[:limit]
        own += rng.sample(rest, min(len(rest), limit - len(own)))
    nodes = [n for n in [MENTION] + rng.sample(COARSE, 4) + rng.sample(FINE + MEDIUM, 6) if n == MENTION or names[n] not in own] if source.allowed else []
    full = np.array([0.0 if source.partial else 1.0] * len(own) + [0.0] * len(nodes), np.float32)
    table = {}

    def relate(_, e):
        if e[2] not in table:
            allowed = source.allowed.get(e[2])
            table[e[2]] = np.array([1 if l == e[2] else -1 for l in own] + [relation(allowed, n) for n in nodes])
        return table[e[2]]

    return own, FindingTargets(sentences, width, own + [n if n == MENTION else names[n] for n in nodes], lambda _: full, relate)


def open_targets(sentences, width, similarity, rng, limit=48):
    """A line knows its own names everywhere; another line's name is a negative at gold spans of an unlike name only."""
    of_line = [sorted({e[2] for e in s.entities}) for s in sentences]
    own = list(dict.fromkeys(l for ls in of_line for l in ls))
    if len(own) > limit:
        own = rng.sample(own, limit)
    full = [np.array([1.0 if l in ls else 0.0 for l in own], np.float32) for ls in of_line]

    def relate(i, e):
        return np.array([1 if l == e[2] else -1 if l in of_line[i] or similarity(l, e[2]) < 0.5 else 0 for l in own])

    return own, FindingTargets(sentences, width, own, lambda i: full[i], relate)
