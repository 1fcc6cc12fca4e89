"""Builds what training reads, and says with file and line what is wrong.

    python training prepare notes.jsonl more.json --out runs/mine/data                 (a data set of one's own)
    python training prepare --config training/configs/english.json --data DIR          (the bundled packs: checks DIR, joins corpus/standoff)

From one's own files it writes `own-train.jsonl.gz`, `own-dev.jsonl.gz` (one sentence a line, the format of corpus/README.md), `set.json` and `types.txt`,
the list of types for `--labels`. Passages are cut into sentences; without --dev a share of the passages, drawn by --seed, becomes the development part.
"""
import argparse
import collections
import hashlib
import json
import random
import sys
from pathlib import Path

from reading import Problem, read_passages
from sentences import cut

SHOWN = 20  # problems that are printed one by one
REVIEWED = {"accepted", "corrected", "added"}


def taxonomy_paths():
    """Lower-case path or unique fine name -> (coarse, medium, fine) of DynamicNER's taxonomy."""
    from names import load_nodes

    fine, _, _ = load_nodes()
    times = collections.Counter(p[-1].lower() for p in fine)
    return {tuple(n.lower() for n in p): p for p in fine} | {p[-1].lower(): p for p in fine if times[p[-1].lower()] == 1}


def typed(entity, paths, field):
    """The entity as a set holds it; with `paths` its type is a fine type of the taxonomy. Raises ValueError."""
    path = entity.get("path")
    if paths is None:
        return {k: entity[k] for k in ("start", "end", "label")}
    found = paths.get(tuple(n.lower() for n in path)) if path else paths.get(entity["label"].lower())
    if found is None:
        name = " > ".join(path) if path else entity["label"]
        raise ValueError(f"{field}: “{name}” is no single fine type of DynamicNER's taxonomy. Write its path, or prepare the set with --types list.")
    return {"start": entity["start"], "end": entity["end"], "label": found[2], "medium": found[1], "coarse": found[0]}


def sentences_of(passages, file, paths, reviewed, problems):
    """Sentences of the passages with their entities typed; adds to `problems`."""
    out = []
    for p in passages:
        try:
            entities = []
            for k, e in enumerate(p["entities"]):
                if e["state"] == "rejected" or reviewed and e["state"] not in REVIEWED:
                    continue
                surface = p["text"][e["start"] : e["end"]]
                if not surface.strip():
                    raise ValueError(f"entities[{k}] marks nothing but blanks. Remove it.")
                e = {**e, "start": e["start"] + len(surface) - len(surface.lstrip()), "end": e["end"] - len(surface) + len(surface.rstrip())}
                item = typed(e, paths, f"entities[{k}]")
                if item not in entities:
                    entities.append(item)
            if reviewed and not entities:
                continue
            out += [{**s, "passage": p["text"]} for s in cut({**p, "entities": sorted(entities, key=lambda e: (e["start"], -e["end"]))})]
        except ValueError as e:
            problems.append(Problem(file, p["line"], str(e)))
    return out


def read_files(files, a, paths):
    """(sentences, problems) of files; a file that cannot be opened is a problem."""
    found, problems = [], []
    for file in files:
        try:
            passages, wrong = read_passages(file, a.offsets)
        except (ValueError, OSError) as e:
            problems.append(Problem(str(file), 1, str(e)))
            continue
        problems += wrong
        found += sentences_of(passages, str(file), paths, a.reviewed, problems)
    return found, problems


def split_passages(sentences, share, seed):
    """(train, dev): whole passages, passages of the same text on one side. Raises ValueError where there is too little to split."""
    groups = {}
    for s in sentences:
        groups.setdefault(s["passage"], []).append(s)
    groups = list(groups.values())
    if len(groups) < 2:
        raise ValueError("there is only one passage, so no development part can be split off. Name a file with --dev, or write a passage a line.")
    random.Random(seed).shuffle(groups)
    wanted, dev = max(1, round(share * len(sentences))), []
    while len(groups) > 1 and len(dev) < wanted:
        dev += groups.pop()
    return [s for g in groups for s in g], dev


def write_part(path, sentences, name, split):
    """Writes a part; returns its rows."""
    from corpus_rows import write_rows

    rows = [{"id": f"{split}-{k}-{s['id']}", "lang": s["lang"] or "und", "set": name, "split": split, "text": s["text"], "entities": s["entities"]} for k, s in enumerate(sentences, 1)]
    write_rows(path, rows)
    return rows


def prepare_own(a):
    paths = taxonomy_paths() if a.types == "dynamicner" else None
    train, problems = read_files(a.files, a, paths)
    dev, more = read_files(a.dev, a, paths)
    problems += more
    for p in problems[:SHOWN]:
        print(p, file=sys.stderr)
    if len(problems) > SHOWN:
        print(f"… and {len(problems) - SHOWN} more", file=sys.stderr)
    if problems and not a.skip:
        raise ValueError(f"{len(problems)} passages cannot be used. Correct them, or leave them out with --skip.")
    if not train:
        raise ValueError("there are no sentences in the files.")
    if a.dev:
        held = {s["text"] for s in dev}
        leaked = [s for s in train if s["text"] in held]
        train = [s for s in train if s["text"] not in held]
        if leaked:
            print(f"{len(leaked)} sentences of the training files stand in the development files too: they are left out of training.", file=sys.stderr)
    else:
        train, dev = split_passages(train, a.dev_share, a.seed)
    if not any(s["entities"] for s in train) or not any(s["entities"] for s in dev):
        raise ValueError("there is a part without entities. Annotate more, or choose another --seed or --dev-share.")
    a.out.mkdir(parents=True, exist_ok=True)
    name = a.name or a.out.resolve().parent.name
    rows = {part: write_part(a.out / f"own-{part}.jsonl.gz", ss, name, part) for part, ss in (("train", train), ("dev", dev))}
    counts = {part: collections.Counter(e["label"] for r in rs for e in r["entities"]) for part, rs in rows.items()}
    types = sorted(counts["train"] | counts["dev"])
    for t in types:
        if not counts["train"][t]:
            print(f"The type “{t}” occurs in the development part only: nothing can teach it.", file=sys.stderr)
    languages = sorted({r["lang"] for rs in rows.values() for r in rs} - {"und"})
    sources = [{"name": Path(f).name, "sha256": hashlib.sha256(Path(f).read_bytes()).hexdigest()} for f in [*a.files, *a.dev]]
    about = {"name": name, "types": types, "kind": "taxonomy" if paths else "list", "partial": a.partial or a.reviewed, "languages": languages, "seed": a.seed,
             "sentences": {k: len(v) for k, v in rows.items()}, "entities": {k: dict(v) for k, v in counts.items()}, "left out": len(problems), "files": sources}
    (a.out / "set.json").write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (a.out / "types.txt").write_text("".join(t + "\n" for t in types), encoding="utf-8")
    print(f"{a.out}: {len(rows['train'])} sentences to train on, {len(rows['dev'])} to develop with, {len(types)} types, {sum(counts['train'].values())} and {sum(counts['dev'].values())} entities")


def check_bundled(a, kind):
    """Checks a data folder of the bundled packs and joins the annotations that are kept without text."""
    import sources
    from corpus_rows import read_checked
    from standoff import STANDOFF, join

    named = [sources.WRITTEN, sources.OPEN, sources.FOREIGN] if kind == "english" else [sources.WRITTEN_MULTILINGUAL, sources.OPEN, sources.FOREIGN_MULTILINGUAL]
    files = sorted({f for table in named for files, *_ in table.values() for f in files})
    joined = {p.name.removesuffix(".jsonl.gz") for p in STANDOFF.glob("*.jsonl.gz")}
    folders, missing, problems, count = [Path(__file__).parent / "corpus/train", a.data / "train"], [], [], 0
    for f in files:
        path = next((d / f"{f}.jsonl.gz" for d in folders if (d / f"{f}.jsonl.gz").exists()), None)
        if path is None:
            missing += [f] if f not in joined else []
            continue
        rows, wrong = read_checked(path)
        count += len(rows)
        problems += wrong
    for p in problems[:SHOWN]:
        print(p, file=sys.stderr)
    if missing:
        print("No file for these sets, which training then leaves out: " + ", ".join(missing), file=sys.stderr)
    if not (a.data / "dev").is_dir():
        raise ValueError(f"{a.data} has no folder dev, whose sets are scored during training.")
    if problems:
        raise ValueError(f"{len(problems)} lines are not in the format of corpus/README.md.")
    print(f"{a.data}: {len(files) - len(missing) - len(joined & set(files))} sets, {count} sentences")
    join(a.data, a.out / "joined" if a.out else Path(__file__).parent / "runs/joined")
    if kind == "multilingual":
        print("Then build the vocabulary: python training vocabulary --data", a.data, "--out training/runs/vocabulary")


def main():
    p = argparse.ArgumentParser(prog="python training prepare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("files", nargs="*", type=Path, help="your data: JSONL with offsets, DynamicNER JSON, gzip'd or not")
    p.add_argument("--dev", nargs="*", type=Path, default=[], help="files of the development part")
    p.add_argument("--out", type=Path)
    p.add_argument("--name", help="of the set; the name of the run's folder when absent")
    p.add_argument("--dev-share", type=float, default=0.15)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--offsets", choices=["code-points", "utf16"], default="code-points", help="unit of offsets in JSONL")
    p.add_argument("--types", choices=["list", "dynamicner"], default="list", help="whether labels are names of your own or fine types of the taxonomy")
    p.add_argument("--reviewed", action="store_true", help="use only entities that somebody accepted, corrected or added; implies --partial")
    p.add_argument("--partial", action="store_true", help="unmarked words may be entities: they teach nothing")
    p.add_argument("--skip", action="store_true", help="leave out what cannot be read instead of stopping")
    p.add_argument("--config", type=Path, help="config of a bundled pack")
    p.add_argument("--data", type=Path, help="its data folder with train/ and dev/")
    a = p.parse_args()
    try:
        if a.config:
            from kinds import kind_of

            if a.data is None:
                p.error("--config needs --data")
            check_bundled(a, kind_of(json.loads(a.config.read_text())))
        elif a.files and a.out:
            prepare_own(a)
        else:
            p.error("name your files and --out, or --config and --data")
    except (ValueError, OSError, KeyError) as e:
        sys.exit(f"{e}")


if __name__ == "__main__":
    main()
