"""Checks a list of names by type, lines `medium/fine<TAB>name | name`, and writes it for training (`corpus/names/LANG.tsv`).

    python check_names.py FILE --lang en --dev DIR [--dev corpus/dev] --out corpus/names/en.tsv [--left-out corpus/names/left-out/en.tsv]

Refused: types that are not `medium/fine` of the taxonomy. Left out, and counted: names that a development set has as a mention,
repeated names, and names under more than two types, since they teach nothing about a type. `--left-out`: adds the names that
development sets have to that list, which no training reads; `gazetteer.py --also` reads it, to measure what texts have of lists that nobody pruned.
"""
import argparse
import collections
import sys
from pathlib import Path

from check_corpus import DevSets
from data import FINE


def read_lists(path):
    """(type -> names in the file's order, without repetition; problems)."""
    known, lists, problems = {"/".join(p[1:]) for p in FINE}, {}, []
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        node, tab, names = line.partition("\t")
        if not line.strip():
            continue
        if not tab or node not in known:
            problems.append(f"{path}:{n}: {node!r} is no `medium/fine` of the taxonomy, followed by a tabulator")
            continue
        names = [" ".join(x.split()) for x in names.split("|")]
        lists[node] = list(dict.fromkeys([*lists.get(node, []), *filter(None, names)]))
    return lists, problems


def main():
    p = argparse.ArgumentParser()
    p.add_argument("file", type=Path)
    p.add_argument("--lang", default="en")
    p.add_argument("--dev", type=Path, action="append", default=[])
    p.add_argument("--out", type=Path)
    p.add_argument("--left-out", type=Path)
    a = p.parse_args()
    lists, problems = read_lists(a.file)
    if problems:
        sys.exit("\n".join(problems))
    held_out = {m for folder in a.dev for m in DevSets(folder, a.lang).mentions}
    types = collections.Counter(name.lower() for names in lists.values() for name in names)
    kept = {node: [x for x in names if x.lower() not in held_out and types[x.lower()] <= 2] for node, names in lists.items()}
    print(f"{sum(map(len, kept.values()))} names of {len(kept)} types; left out: {sum(x.lower() in held_out for n in lists.values() for x in n)} of development sets, "
          f"{sum(types[x.lower()] > 2 for n in lists.values() for x in n)} of more than two types")
    print("types without names:", ", ".join(sorted({"/".join(x[1:]) for x in FINE} - kept.keys())) or "none")
    if a.out:
        write_lists(a.out, kept)
    if a.left_out:
        before = read_lists(a.left_out)[0] if a.left_out.exists() else {}
        left = {node: list(dict.fromkeys([*before.get(node, []), *(x for x in lists.get(node, []) if x.lower() in held_out)])) for node in {*before, *lists}}
        write_lists(a.left_out, {node: names for node, names in left.items() if names})


def write_lists(path, lists):
    """Writes type -> names, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tmp = path.with_suffix(".tmp")
    tmp.write_text("".join(f"{node}\t{' | '.join(names)}\n" for node, names in sorted(lists.items())), encoding="utf-8")
    tmp.rename(path)


if __name__ == "__main__":
    main()
