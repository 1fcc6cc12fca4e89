"""Reads the sets, aligns entities with words, draws length-sorted micro-batches with augmentation."""
import gzip
import json
import random
import re
from dataclasses import dataclass, field, replace

import torch

from names import load_nodes
from words import split_words

FINE, MEDIUM, COARSE = load_nodes()
NODES = FINE + MEDIUM + COARSE
FINE_INDEX = {p: i for i, p in enumerate(FINE)}


def nodes_to_fine(names):
    """Fine-type indices below the named nodes (a bare name stands for every node of that name)."""
    return {FINE_INDEX[p] for n in names for p in FINE if n in p}


@dataclass
class Sentence:
    text: str
    words: list  # (start, end) in code points
    entities: list  # (first word, last word, label, path or None)
    unknown: list = field(default_factory=list)  # words of entities that no words cover exactly
    missed: int = 0
    id: str = ""
    pair: str = ""  # id of the English line that this one translates


def path_of(entity, by_bare):
    if "coarse" in entity:
        return (entity["coarse"], entity["medium"], entity["label"])
    paths = by_bare.get(entity["label"], [])
    return paths[0] if len(paths) == 1 else None


def align(row, by_bare=None, split=split_words):
    """Row of a set -> Sentence; entities whose borders are no word borders are counted in `missed`."""
    words = split(row["text"])
    starts, ends = {s: i for i, (s, _) in enumerate(words)}, {e: i for i, (_, e) in enumerate(words)}
    out = Sentence(row["text"], words, [], id=row.get("id", ""), pair=row.get("pair", ""))
    for e in row["entities"]:
        a, b = starts.get(e["start"]), ends.get(e["end"])
        if e["label"] is None and a is not None and b is not None:  # a label that training drops
            out.unknown += range(a, b + 1)
        elif a is None or b is None or b < a:
            out.missed += 1
            out.unknown += [i for i, (s, t) in enumerate(words) if s < e["end"] and t > e["start"]]
        else:
            out.entities.append((a, b, e["label"], path_of(e, by_bare) if by_bare is not None else None))
    return out


def by_bare_name():
    out = {}
    for p in FINE:
        out.setdefault(p[-1], []).append(p)
    return out


def read_rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f]


class Source:
    """One set: sentences in chunks of like length, cut into micro-batches, endlessly, seeded."""

    def __init__(self, name, rows, taxonomy, labels=None, partial=False, mapping=None, lowered=False, size=32, split=split_words):
        bare = by_bare_name() if taxonomy else None
        self.name, self.taxonomy, self.partial, self.lowered, self.size = name, taxonomy, partial, lowered, size
        self.sentences = [s for s in (align(r, bare, split) for r in rows) if 0 < len(s.words) <= 150]
        self.labels = sorted({e[2] for s in self.sentences for e in s.entities})
        self.allowed = {l: nodes_to_fine(n) for l, n in (mapping or {}).items()}
        self.random = random.Random(name)
        self.queue = []

    def next(self, length=None):
        """The next micro-batch; of the waiting ones the one whose longest sentence comes nearest to `length` words."""
        if not self.queue:
            order = list(range(len(self.sentences)))
            self.random.shuffle(order)
            for i in range(0, len(order), self.size * 20):
                chunk = sorted(order[i : i + self.size * 20], key=lambda j: len(self.sentences[j].words))
                self.queue += [chunk[k : k + self.size] for k in range(0, len(chunk), self.size)]
            self.random.shuffle(self.queue)
        longest = lambda batch: len(self.sentences[batch[-1]].words)
        last = len(self.queue) - 1
        best = last if length is None else min(range(max(0, last - 11), last + 1), key=lambda i: abs(longest(self.queue[i]) - length))
        return [self.sentences[j] for j in self.queue.pop(best)]


# Words inside names of several parts ("University of Texas at Austin"): where such a name ends is harder to see than where others do.
LINKS = re.compile(r"\s(?:of|for|and|in|at|on|to|the|with|from|by|&)\s", re.I)


class MentionBank:
    """Mentions of each fine type: half of the draws from those of the sources, half from a list of names (corpus/names)."""

    def __init__(self, sources, names=()):
        """names: path -> list of names."""
        self.mentions, self.names = {}, dict(names)
        for s in (s for source in sources for s in source.sentences):
            for a, b, _, path in s.entities:
                self.mentions.setdefault(path, []).append(s.text[s.words[a][0] : s.words[b][1]])
        self.compounds = {}
        for known in (self.mentions, self.names):
            for path, mentions in known.items():
                self.compounds.setdefault(path, []).extend(sorted({m for m in mentions if path[0] != "person" and m[:1].isupper() and LINKS.search(m)}))

    def draw_compound(self, path, rng):
        """A name of the type with "of", "for", "and", … inside, or None where none is known; never of a person, whose "of" mostly tells their country."""
        known = self.compounds.get(path)
        return rng.choice(known) if known else None

    def draw(self, path, rng):
        """A mention of the type, or None where none is known."""
        lists = [l for l in (self.mentions.get(path), self.names.get(path)) if l]
        return rng.choice(rng.choice(lists)) if lists else None


def read_names(path):
    """A list of names, lines `medium/fine<TAB>name | name`: path of the fine type -> names; a file that is not there holds none."""
    at = {"/".join(p[1:]): p for p in FINE}
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = [line.split("\t") for line in lines]
    return {at[node]: names.split(" | ") for node, names in rows}


# What stands between the mentions of a list, and before the last one; the first of the latter is the usual one.
COMMAS = {"zh": "、", "ja": "、"}
LAST = {"en": (" and ", " or ", " & "), "de": (" und ", " oder "), "fr": (" et ", " ou "), "es": (" y ", " o "), "ru": (" и ", " или "), "zh": ("和", "与", "及"), "ja": ("と", "や", "、"), "ko": (", ", " 및 ", "와 ")}


def enumerate_mentions(mentions, spaced, rng, language="en"):
    """A list of mentions as text ("A, B and C") and the offset of each. `spaced`: commas stand apart, as in tokenised text."""
    comma = " , " if spaced else COMMAS.get(language, ", ")
    usual, *others = LAST[language]
    last = rng.choice([usual] * 7 + others + [comma] + [comma + "and "] * (2 if len(mentions) > 2 and language == "en" else 0))
    text, at = mentions[0], [0]
    for k, mention in enumerate(mentions[1:], 2):
        text += last if k == len(mentions) else comma
        at.append(len(text))
        text += mention
    return text, at


def companions(mention, path, bank, rng):
    """The mention among one to three others that are written like it, mostly of its type, else of its coarse type."""
    out = []
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
        of = path if rng.random() < 0.9 else rng.choice([p for p in FINE if p[0] == path[0]])
        other = bank.draw(of, rng)
        if other and other[:1].isupper() == mention[:1].isupper() and not any(other == m for m, _ in [(mention, path), *out]):
            out.append((other, of))
    out.insert(rng.randrange(len(out) + 1), (mention, path))
    return out


def set_apart(name):
    """A name as tokenised text has it: "People 's Commissariat", "Paris , Texas"."""
    name = re.sub(r"(?<=\w)(['’]s)\b", r" \1", name)
    return re.sub(r"\s+", " ", re.sub(r"\s*([,:;()])\s*", r" \1 ", name)).strip()


def replace_mentions(s, bank, rng, p=0.3, split=split_words, p_list=0.0, p_compound=0.0, language="en"):
    """Puts other mentions of the same fine type in place of some mentions, with `p_compound` names like "Bank of England", with `p_list` lists of mentions ("A, B and C"); only for sentences without nesting, misses or unknown words.
    Entities without a path stay as they are."""
    ents = sorted(s.entities)
    if s.missed or s.unknown or any(x[1] >= y[0] for x, y in zip(ents, ents[1:])):
        return s
    text, at, spans, paths, lower = "", 0, [], [], s.text.islower()
    for a, b, label, path in ents:
        start, end = s.words[a][0], s.words[b][1]
        mention = s.text[start:end]
        if rng.random() < p and (new := bank.draw(path, rng)):
            new = new.lower() if lower else new
            mention = new if start == 0 or mention[:1].isupper() == new[:1].isupper() else mention
        if path and p_compound and mention[:1].isupper() and rng.random() < p_compound and (new := bank.draw_compound(path, rng)):
            mention = set_apart(new) if " , " in s.text or s.text.endswith(" .") else new
        text += s.text[at:start]
        listed = companions(mention, path, bank, rng) if path and rng.random() < p_list else [(mention, path)]
        more, offsets = enumerate_mentions([m for m, _ in listed], " , " in s.text, rng, language)
        for (m, of), offset in zip(listed, offsets):
            spans.append({"start": len(text) + offset, "end": len(text) + offset + len(m), "label": label if of is path else of[2]})
            paths.append(of)
        text, at = text + more, end
    out = align({"text": text + s.text[at:], "entities": spans}, None, split)
    if out.missed:
        return s
    return replace(out, entities=[(*e[:3], path) for e, path in zip(out.entities, paths)])


def hide(s, kept_out):
    """The sentence with unmarked occurrences of the mentions `kept_out` (lower case) unknown: what is never shown as a mention is not shown as none either."""
    taken = {i for a, b, *_ in s.entities for i in range(a, b + 1)}
    text, found, n = s.text.lower(), set(), len(s.words)
    for i in range(n if len(text) == len(s.text) else 0):
        for k in range(i, min(i + 6, n)):
            if k in taken:
                break
            if text[s.words[i][0] : s.words[k][1]] in kept_out:
                found.update(range(i, k + 1))
    return replace(s, unknown=sorted(found.union(s.unknown))) if found else s


def collate(sentences, pieces, hide_shapes=()):
    """-> dict of tensors: ids, mask, shapes [B,T]; first, last [B,W]; lengths [B]; words beyond the window are cut."""
    rows = [pieces.window(s.text, s.words) for s in sentences]
    # Few different shapes: the CPU's matrix library compiles a kernel for each.
    t, w = (-(-max(len(r[k]) for r in rows) // 8) * 8 for k in (0, 2))
    pad = lambda values, n: values + [0] * (n - len(values))
    ids = torch.tensor([pad(r[0], t) for r in rows])
    shapes = torch.tensor([[0] * t if i in hide_shapes else pad(r[1], t) for i, r in enumerate(rows)])
    return {"ids": ids, "mask": (torch.arange(t)[None] < torch.tensor([[len(r[0])] for r in rows])).long(), "shapes": shapes,
            "first": torch.tensor([pad(r[2], w) for r in rows]), "last": torch.tensor([pad(r[3], w) for r in rows]),
            **({"lexicon": torch.tensor([pad(r[4], t) for r in rows])} if pieces.multilingual else {}), "lengths": torch.tensor([len(r[2]) for r in rows])}
