"""Checks written lines with inline markup, `[surface](type)`, and turns them into a training set.

    python check_corpus.py FILE... --dev corpus/dev [--open] [--pairs corpus/parallel.jsonl.gz --lang de] [--out corpus/train/NAME.jsonl.gz]

Refused: unknown types, broken markup, blank edges, repeated lines; with `--dev` every line that shares a mention, eight words in a row
or a near neighbour (more than half of its words) with a development set of the same language. `--open`: free type names, at least
`--types` different ones a line. `--pairs`: every line is `ID<TAB>markup`, a translation of the line of that id, with as many mentions of each type.
"""
import argparse
import collections
import gzip
import json
import re
import sys
from pathlib import Path

from names import load_nodes
from words import split_words

MARK = re.compile(r"\[([^\[\]]+)\]\(([^()]+)\)")
NEAR = 0.5


def parse(line):
    """Markup -> text and entities (start, end, type), offsets in code points."""
    text, entities, at = "", [], 0
    for m in MARK.finditer(line):
        text += line[at : m.start()]
        entities.append((len(text), len(text) + len(m[1]), m[2]))
        text += m[1]
        at = m.end()
    return text + line[at:], entities


def words_of(text):
    return [text[a:b].lower() for a, b in split_words(text) if text[a:b].isalnum()]


class DevSets:
    """What written lines must not share with the development sets: mentions, 8-grams, most of a line's words."""

    def __init__(self, folder, lang):
        self.mentions, self.grams, self.lines, self.by_word = {}, {}, [], collections.defaultdict(set)
        for path in sorted(Path(folder).glob("*.jsonl.gz")):
            for row in map(json.loads, gzip.open(path, "rt", encoding="utf-8")):
                if row["lang"] != lang or "written" not in row["set"] and "dynamicner" not in row["set"]:
                    continue
                for e in row["entities"]:
                    self.mentions[row["text"][e["start"] : e["end"]].lower()] = row["id"]
                words = words_of(row["text"])
                for i in range(len(words) - 7):
                    self.grams[tuple(words[i : i + 8])] = row["id"]
                for w in set(words):
                    self.by_word[w].add(len(self.lines))
                self.lines.append((set(words), row["id"]))
        self.common = {w for w, at in self.by_word.items() if len(at) > 0.05 * len(self.lines)}

    def shared(self, text, entities, mentions=True):
        for a, b, _ in entities if mentions else ():
            if text[a:b].lower() in self.mentions:
                return f"mention {text[a:b]!r} is in {self.mentions[text[a:b].lower()]}"
        words = words_of(text)
        for i in range(len(words) - 7):
            if tuple(words[i : i + 8]) in self.grams:
                return f"eight words are in {self.grams[tuple(words[i : i + 8])]}"
        rare = set(words) - self.common
        near = collections.Counter(n for w in rare for n in self.by_word.get(w, ()))
        for n, count in near.most_common(3):
            other = self.lines[n][0] - self.common
            if len(rare) >= 4 and count / len(rare | other) > NEAR:
                return f"nearly the same words as {self.lines[n][1]}"
        return None


def main():
    p = argparse.ArgumentParser()
    p.add_argument("files", nargs="+", type=Path)
    p.add_argument("--dev", type=Path)
    p.add_argument("--open", action="store_true")
    p.add_argument("--types", type=int, default=3)
    p.add_argument("--lang", default="en")
    p.add_argument("--pairs", type=Path)
    p.add_argument("--set")
    p.add_argument("--out", type=Path)
    p.add_argument("--drop", action="store_true", help="leave refused lines out instead of failing")
    a = p.parse_args()
    paths = {n[2]: n for n in load_nodes()[0]} if not a.open else {}
    dev = DevSets(a.dev, a.lang) if a.dev else None
    pairs = {r["id"]: r for r in map(json.loads, gzip.open(a.pairs, "rt", encoding="utf-8"))} if a.pairs else {}
    rows, faults, seen, types, surfaces = [], 0, {}, collections.Counter(), collections.Counter()
    for file in a.files:
        for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            pair, _, markup = line.partition("\t") if a.pairs else (None, None, line)
            text, entities = parse(markup.strip())
            found = []
            if re.search(r"\]\(|\[[^\]]*$", text):
                found.append(f"broken markup: {text[:80]}")
            for x, y, t in entities:
                if not a.open and t not in paths:
                    found.append(f"unknown type {t!r}")
                if text[x:y] != text[x:y].strip():
                    found.append(f"blank at the edge of {text[x:y]!r}")
                if a.open and (t != t.strip() or len(t.split()) > 5):
                    found.append(f"type {t!r}: 1 to 5 words")
            if a.open and len({t for *_, t in entities}) < a.types:
                found.append(f"{len({t for *_, t in entities})} types, at least {a.types}")
            if text in seen:
                found.append(f"the same line as {seen[text]}")
            if a.pairs and pair not in pairs:
                found.append(f"no line {pair!r} to be the translation of")
            elif a.pairs:
                theirs = collections.Counter(e["label"] for e in pairs[pair]["entities"])
                if theirs != collections.Counter(t for *_, t in entities):
                    found.append(f"types differ from {pair}: {sorted(theirs.elements())}")
            if dev and (s := dev.shared(text, entities, not a.pairs)):
                found.append(s)
            seen[text] = f"{file}:{n}"
            for f in found:
                print(f"{file}:{n}: {f}")
            faults += bool(found)
            if found:
                continue
            types.update(t for *_, t in entities)
            surfaces.update(text[x:y] for x, y, _ in entities)
            labels = [{"start": x, "end": y, "label": t, **({} if a.open else {"medium": paths[t][1], "coarse": paths[t][0]})} for x, y, t in entities]
            rows.append({"id": f"{a.set}-{len(rows) + 1}", "lang": a.lang, "set": a.set, "split": "train", "text": text, "entities": labels, **({"pair": pairs[pair].get("source", pair)} if pair else {})})
    print(f"{len(rows)} lines, {sum(types.values())} entities, {len(types)} types, {faults} refused")
    print("types:", ", ".join(f"{t} {c}" for t, c in types.most_common(60)))
    print("most used surfaces:", ", ".join(f"{s} {c}" for s, c in surfaces.most_common(15)))
    if faults and not a.drop:
        sys.exit(1)
    if a.out:
        tmp = a.out.with_suffix(".tmp")
        with gzip.GzipFile(tmp, "wb", mtime=0) as f:
            f.write("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows).encode())
        tmp.rename(a.out)


if __name__ == "__main__":
    main()
