"""What may count as a positive and a negative: label lists and targets of the finding head, lists of the typing head. See README.md."""

import numpy as np

from data import COARSE, FINE, MEDIUM, NODES
from names import MENTION, SPAN, definition_of, names_of

FINE_BELOW = {n: {i for i, p in enumerate(FINE) if p[: len(n)] == n} for n in NODES}
FINE_AT = {p: i for i, p in enumerate(FINE)}
COARSE_OF = np.array([COARSE.index(p[:1]) for p in FINE])
MEDIUM_OF = np.array([MEDIUM.index(p[:2]) for p in FINE])
CHILDREN = {n: [c for c in NODES if len(c) == len(n) + 1 and c[: len(n)] == n] for n in COARSE + MEDIUM}
ALL = set(range(len(FINE)))
UNMARKED = 0.3  # weight of unmarked words for the label SPAN: somebody may have a type for some of them


def draw_names(rng, p_main=0.6, p_definition=0.07):
    """One text for every node of the taxonomy: the main name, a paraphrase, or name and description."""
    out = {}
    for n in NODES:
        r = rng.random()
        out[n] = names_of(n)[0] if r < p_main else (definition_of(n) if r < p_main + p_definition else None) or rng.choice(names_of(n))
    return out


def dynamic_version(rng, names, p_drop=0.12):
    """A random cut through the taxonomy with types dropped: (texts, position of each fine type or -1). The idea is DynamicNER's."""
    nodes = []
    for c in COARSE:
        if rng.random() < 0.2:
            nodes.append(c)
            continue
        for m in CHILDREN[c]:
            nodes += [m] if rng.random() < 0.35 else CHILDREN[m]
    nodes = [n for n in nodes if rng.random() >= p_drop] or nodes
    of = np.full(len(FINE), -1)
    for k, n in enumerate(nodes):
        of[list(FINE_BELOW[n])] = k
    return [names[n] for n in nodes], of


def allowed_types(source, entity):
    """The fine types (indices) among which a foreign entity's must lie; None: its label says nothing of them."""
    return {FINE_AT[entity[3]]} if entity[3] else source.allowed.get(entity[2])


def relation(allowed, node):
    """1 where a span with these allowed fine types must be of `node` (or MENTION), -1 where it cannot be, else 0."""
    if node == SPAN:
        return 1
    if allowed is None:
        return 0
    below = ALL if node == MENTION else FINE_BELOW[node]
    return -1 if not allowed & below else 1 if allowed <= below else 0


class FindingTargets:
    """`labels`: texts; `y` [B,W,3,L] and weights `known` [B,W,L], float32."""

    def __init__(self, sentences, width, labels, full, relate):
        """full(b): weight [L] of the unmarked words of sentence b as negatives. relate(b, entity): int array [L]."""
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
    """Everything is marked, so every label is known everywhere: coarse names, mention, span, fourteen others."""
    present = list({e[3][:k] for s in sentences for e in s.entities for k in (2, 3)})
    nodes = COARSE + [MENTION, SPAN] + rng.sample(present, min(7, len(present))) + rng.sample(FINE + MEDIUM, 7)
    nodes = list(dict.fromkeys(nodes))
    weights = np.array([UNMARKED if n == SPAN else 1.0 for n in nodes], np.float32)
    table = {}

    def relate(_, e):
        if e[3] not in table:
            table[e[3]] = np.array([1 if n in (MENTION, SPAN) or e[3][: len(n)] == n else -1 for n in nodes])
        return table[e[3]]

    texts = [n if n in (MENTION, SPAN) else names[n] for n in nodes]
    return FindingTargets(sentences, width, texts, lambda _: weights, relate)


def foreign_targets(source, sentences, width, names, rng, strangers, limit=24):
    """The set's own labels are known everywhere (unless it is partly marked); nodes of the taxonomy and strange names only at gold spans."""
    own = source.labels
    if len(own) > limit:
        present = {e[2] for s in sentences for e in s.entities}
        rest = [l for l in own if l not in present]
        own = sorted(present)[:limit]
        own += rng.sample(rest, min(len(rest), limit - len(own)))
    nodes = [n for n in [SPAN, MENTION] + (rng.sample(COARSE, 4) + rng.sample(FINE + MEDIUM, 6) if source.allowed else []) if n in (MENTION, SPAN) or names[n] not in own]
    strange = strangers(6)
    weight = 0.0 if source.partial else 1.0
    full = np.array([weight] * len(own) + [0.1 * weight if n == SPAN else 0.0 for n in nodes] + [0.0] * len(strange), np.float32)
    table = {}

    def relate(_, e):
        if e[2:] not in table:
            allowed = allowed_types(source, e)
            table[e[2:]] = np.array([1 if l == e[2] else -1 for l in own] + [relation(allowed, n) for n in nodes] + [-1] * len(strange))
        return table[e[2:]]

    return own, strange, FindingTargets(sentences, width, own + [n if n in (MENTION, SPAN) else names[n] for n in nodes] + strange, lambda _: full, relate)


def open_targets(sentences, width, similarity, rng, strangers, limit=56):
    """A line knows its own names everywhere; another line's name is a negative at gold spans of an unlike name only."""
    of_line = [sorted({e[2] for e in s.entities}) for s in sentences]
    own = list(dict.fromkeys(l for ls in of_line for l in ls))
    if len(own) > limit:
        own = rng.sample(own, limit)
    strange = strangers(6)
    full = [np.array([1.0 if l in ls else 0.0 for l in own] + [UNMARKED] + [0.0] * len(strange), np.float32) for ls in of_line]

    def relate(i, e):
        return np.array([1 if l == e[2] else -1 if l in of_line[i] or similarity(l, e[2]) < 0.5 else 0 for l in own] + [1] + [-1] * len(strange))

    return own, strange, FindingTargets(sentences, width, own + [SPAN] + strange, lambda i: full[i], relate)


def misjoined_spans(s, rng):
    """A span over two neighbouring entities ("A and B"), and a part of an entity of three words or more."""
    out, ordered = [], sorted(s.entities)
    pairs = [(x[0], y[1]) for x, y in zip(ordered, ordered[1:]) if 1 <= y[0] - x[1] <= 3]
    if pairs:
        out.append(rng.choice(pairs))
    long = [e for e in ordered if e[1] - e[0] >= 2]
    if long:
        a, z, *_ = rng.choice(long)
        cut = rng.randrange(a, z)
        out.append(rng.choice([(a, cut), (cut + 1, z)]))
    return out


def false_spans(s, width, guesses, rng, most=4, misjoined=False):
    """Spans that are no entity of a fully marked sentence: the finder's wrong guesses, gold spans with a wrong border, others at random;
    with `misjoined` also two entities taken for one, and parts of entities."""
    gold = {(e[0], e[1]) for e in s.entities}
    blocked = set(s.unknown)
    n = min(len(s.words), width)
    out = [g for g in guesses if g not in gold]
    rng.shuffle(out)
    out = out[:2]
    if misjoined:
        out += misjoined_spans(s, rng)
        most += 2
    for e in rng.sample(s.entities, min(2, len(s.entities))):
        a, z = e[0] + rng.choice((-1, 0, 1)), e[1] + rng.choice((-1, 0, 1))
        out.append((a, z))
    if n:
        a = rng.randrange(n)
        out.append((a, min(n - 1, a + rng.choice((0, 0, 1, 2)))))
    fine = [x for x in dict.fromkeys(out) if 0 <= x[0] <= x[1] < n and x not in gold and not blocked & set(range(x[0], x[1] + 1))]
    return fine[:most]
