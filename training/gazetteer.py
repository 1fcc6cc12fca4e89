"""Names and what they usually are: read, asked and written. The TypeScript side is `src/core/decoding/gazetteer.ts`; the format is in CONTRACT.md.

`names.py` of this folder is about label names; this file is about the names of things in texts.
"""
import json
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np

from data import FINE

SHORTEST, ALL = 2, 255
SHARPNESS = 30.0
PATHS = [" > ".join(p) for p in FINE]
OTHER = "-"  # a sense without a type
AT = {"/".join(p[1:]): i for i, p in enumerate(FINE)}


def name_key(name):
    """What of a name counts: letters, digits and marks in lower case, without accents, without "the" at its start."""
    decomposed = re.sub(r"^the\s+", "", unicodedata.normalize("NFD", name.lower()))
    return "".join(c for c in decomposed if unicodedata.category(c)[0] in "LNM" and not "\u0300" <= c <= "\u036f")


ENDINGS = "иями ами ями ого его ому ему ыми ими ов ев еи ам ям ах ях ом ем ои ою ею их ых ыи ии ая яя ое ее ые ие ию ия а я о е и ы у ю ь".split()
ENDING = re.compile(f"(?<=...)(?:{'|'.join(ENDINGS)})$")  # as name_key writes them: й is и
CYRILLIC = re.compile("[а-я]")


def stem_key(name):
    """The key that the inflected forms of a Russian name share: of each word what its ending leaves, three characters at least."""
    words = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in name.lower()).split()
    return "~" + "".join(ENDING.sub("", name_key(w)) for w in words)


LATIN_ENDINGS = {"s": 2, "en": 5, "n": 5, "er": 5, "e": 5, "es": 5}  # of plurals and cases, above all German ones, and how much of the key must be left


def without_ending(key):
    """What a key may be without the ending of a plural or case, in the order in which they are tried."""
    return [key[: -len(end)] for end, left in LATIN_ENDINGS.items() if key.endswith(end) and len(key) - len(end) >= left]


ADDED = {"s": 4, "e": 5, "n": 5, "en": 5, "es": 5, "er": 5}  # and how long the key must be
LATIN_END = re.compile("[a-z]$")


def with_ending(key):
    """What a key may be with such an ending, where a list has the plural only; in the order in which they are tried."""
    return [key + end for end, least in ADDED.items() if len(key) >= least and LATIN_END.search(key)]


def hash_of(key):
    """FNV-1a over the UTF-16 units, then the finaliser of MurmurHash3: 32 bits."""
    h = 0x811C9DC5
    for unit in np.frombuffer(key.encode("utf-16-le"), "<u2").tolist():
        h = (h ^ unit) * 0x01000193 & 0xFFFFFFFF
    h = (h ^ h >> 16) * 0x85EBCA6B & 0xFFFFFFFF
    h = (h ^ h >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
    return h ^ h >> 16


class Gazetteer:
    """hashes [N] ascending, types [N] (index of the fine type), shares [N] of 255."""

    def __init__(self, hashes, types, shares):
        self.hashes, self.types, self.shares = hashes, types, shares
        self.known = {}

    @classmethod
    def read(cls, path):
        head, _, body = Path(path).read_bytes().partition(b"\n")
        places = {p.lower(): i for i, p in enumerate(PATHS)}
        order = np.array([places[t] for t in json.loads(head)["types"]])
        n = len(body) // 6
        return cls(np.frombuffer(body, "<u4", n), order[np.frombuffer(body, np.uint8, n, 4 * n)], np.frombuffer(body, np.uint8, n, 5 * n))

    def write(self, path):
        head = json.dumps({"types": [p.lower() for p in PATHS]}).encode()
        head += b" " * (-(len(head) + 1) % 4) + b"\n"  # so that the numbers begin at a multiple of their size
        tmp = Path(path).with_suffix(".tmp")
        tmp.write_bytes(head + self.hashes.astype("<u4").tobytes() + self.types.astype(np.uint8).tobytes() + self.shares.astype(np.uint8).tobytes())
        tmp.rename(path)

    def _at(self, key):
        a, b = np.searchsorted(self.hashes, [hash_of(key), hash_of(key) + 1])
        return slice(a, b) if b > a else None

    def senses(self, name):
        """(types, shares as 32-bit fractions) of a name as it stands in a text; empty where it is not known."""
        key = name_key(name)
        if key not in self.known:
            keys = [key, *without_ending(key), *with_ending(key), *([stem_key(name)] if CYRILLIC.search(key) else [])]
            places = (self._at(k) for k in keys) if len(key) >= SHORTEST else ()
            self.known[key] = next((at for at in places if at is not None), slice(0, 0))
        at = self.known[key]
        return self.types[at], self.shares[at] / ALL


def typed_by_names(s, allowed, gazetteer, share=0.8, least=0.1):
    """The sentence of a set with labels of its own, in which entities have a path where their name and their label together leave one fine type: of what a name can be within
    what the label allows, it has `share`, and `least` of all uses of the name. `allowed`: label -> fine types (indices). This is distant supervision (Mintz et al. 2009) by two sources."""
    def path(a, b, label):
        among = allowed.get(label)
        if not among:
            return None
        types, shares = gazetteer.senses(s.text[s.words[a][0] : s.words[b][1]])
        of = {int(t): float(x) for t, x in zip(types, shares) if t in among}
        best = max(of, key=of.get, default=None)
        return FINE[best] if best is not None and of[best] >= max(least, share * sum(of.values())) else None

    return replace(s, entities=[(a, b, label, path(a, b, label)) for a, b, label, _ in s.entities])


class KnownNames:
    """A gazetteer and how much it says: raises a span's logit of a type by weight * log(1 + sharpness * share)."""

    def __init__(self, gazetteer, weight, sharpness=SHARPNESS):
        self.gazetteer, self.weight, self.sharpness = gazetteer, weight, sharpness

    def raised(self, logits, sentence, spans):
        """logits [n, fine types and none] of word spans (first, last, …) of a sentence."""
        out = np.array(logits, np.float64)
        for row, (a, b, *_) in enumerate(spans):
            types, shares = self.gazetteer.senses(sentence.text[sentence.words[a][0] : sentence.words[b][1]])
            out[row, types] += self.weight * np.log1p(self.sharpness * shares)
        return out


def raised(engine, logits, sentence, spans):
    """The logits of an engine's spans, with what its names say where it has any."""
    return logits if engine.known is None else engine.known.raised(logits, sentence, spans)


class Senses:
    """Collects the senses of names: key -> weights of types (OTHER: of none)."""

    def __init__(self):
        self.of, self.count = defaultdict(Counter), Counter()

    def add(self, name, node, weight=1.0, source=""):
        """node: `medium/fine`, or OTHER."""
        key = name_key(name)
        if len(key) >= SHORTEST:
            for k in (key, stem_key(name)) if CYRILLIC.search(key) else (key,):
                self.of[k][node if node == OTHER else AT[node]] += weight
            self.count[source] += 1

    def gazetteer(self, least=0.04):
        """Types with less than `least` of a name's weight are left out."""
        rows = {}
        for key, weights in self.of.items():
            total = sum(weights.values())
            for t, w in weights.items():
                if t != OTHER and w / total >= least:
                    at = (hash_of(key), t)
                    rows[at] = max(rows.get(at, 0), round(ALL * w / total))
        order = sorted(rows)
        return Gazetteer(np.array([h for h, _ in order], np.uint32), np.array([t for _, t in order], np.int64), np.array([rows[r] for r in order], np.uint8))
