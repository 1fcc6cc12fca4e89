"""Scores one, two or more runs or packs on development sets: strict and span F1 with 95 % intervals, and a paired test over all sets together.

    python training evaluate --data DIR/dev models/dynamicner-en-small
    python training compare --data DIR/dev runs/v1 runs/v2 [--sets dynamicner-en-dev open-written-en-dev …]
    python training compare --data runs/mine/data models/dynamicner-en-small models/mine          (a prepared set: its development part)

Intervals and p come from resampling sentences within each set (2,000 times, fixed seed); over all sets together the mean of the sets' F1 counts.
"""
import argparse
import json
import sys
from pathlib import Path

import numpy as np

from bootstrap import interval, paired_p, resampled
from evaluate import FLAT_SETS, TAXONOMY_SETS, read_set
from load_pack import PackError
from own import read_about
from predictions import Contestant, counts_of, f1_of, gold_of, set_threads


def sets_of(data, names):
    """[(name of the file, whether its types are the taxonomy's)]. Raises ValueError where a file is missing."""
    if (data / "set.json").exists():
        return [("own-dev", read_about(data)["kind"] == "taxonomy")]
    chosen = names or [n for n in TAXONOMY_SETS + FLAT_SETS if (data / f"{n}.jsonl.gz").exists()]
    missing = [n for n in chosen if not (data / f"{n}.jsonl.gz").exists()]
    if missing or not chosen:
        raise ValueError(f"{data} has no {', '.join(missing) or 'development set'}. Name the folder that holds the *.jsonl.gz files.")
    return [(n, n.startswith("dynamicner")) for n in chosen]


def measure(contestants, data, names, limit=None):
    """set -> {"entities", "unreached", "counts": per contestant [N,3], "spans": per contestant [N,3]}"""
    out = {}
    for name, taxonomy in sets_of(data, names):
        row = {"counts": [], "spans": []}
        for c in contestants:
            sentences = read_set(data, name, taxonomy, c.split)[:limit]
            gold, predicted = gold_of(sentences, taxonomy), c.predict(sentences, taxonomy)
            row["counts"].append(counts_of(gold, predicted))
            row["spans"].append(counts_of(gold, predicted, spans=True))
            row |= {"entities": int(sum(map(len, gold))), "unreached": sum(s.missed for s in sentences)}
        out[name] = row
        print(f"{name}: done", file=sys.stderr, flush=True)
    return out


def table(contestants, measured):
    """Rows of the comparison, as JSON values."""
    rows, samples = [], [[] for _ in contestants]
    for name, m in measured.items():
        row = {"set": name, "entities": m["entities"], "unreached": m["unreached"], "scores": []}
        for k, c in enumerate(contestants):
            values = resampled(m["counts"][k], name)
            samples[k].append(values)
            row["scores"].append({"name": c.name, "strict": float(f1_of(m["counts"][k].sum(0))), "interval": interval(values), "spans": float(f1_of(m["spans"][k].sum(0)))})
        rows.append(row)
    together = {"set": "all, mean", "entities": sum(m["entities"] for m in measured.values()), "unreached": sum(m["unreached"] for m in measured.values()), "scores": []}
    means = [np.mean(s, 0) for s in samples]
    for k, c in enumerate(contestants):
        score = {"name": c.name, "strict": float(np.mean([r["scores"][k]["strict"] for r in rows])), "interval": interval(means[k]), "spans": float(np.mean([r["scores"][k]["spans"] for r in rows]))}
        if k:
            score["p"] = paired_p(means[0], means[k], score["strict"] - together["scores"][0]["strict"])
        together["scores"].append(score)
    return [*rows, together]


def markdown(contestants, rows):
    lines = ["| set | entities (unreached) | " + " | ".join(f"{c.name}: strict [95 %] / spans" for c in contestants) + (" | p |" if len(contestants) > 1 else " |")]
    lines.append("|---" * (len(contestants) + 2 + (len(contestants) > 1)) + "|")
    for r in rows:
        cells = [f"{s['strict']:.1f} [{s['interval'][0]:.1f}, {s['interval'][1]:.1f}] / {s['spans']:.1f}" for s in r["scores"]]
        p = [", ".join(f"{s['p']:.3f}" for s in r["scores"] if "p" in s)] if len(contestants) > 1 else []
        lines.append("| " + " | ".join([r["set"], f"{r['entities']} ({r['unreached']})", *cells, *p]) + " |")
    return "\n".join(lines)


def main():
    p = argparse.ArgumentParser(prog="python training compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("places", nargs="+", type=Path, help="folders of runs or packs; p compares each with the first")
    p.add_argument("--data", type=Path, required=True, help="folder with the sets' files, or a prepared set")
    p.add_argument("--sets", nargs="*", help="names of sets; all known ones when absent")
    p.add_argument("--limit", type=int, help="sentences of each set")
    p.add_argument("--vocabulary", type=Path, help="vocabulary of multilingual runs")
    p.add_argument("--json", action="store_true")
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    set_threads(a.threads)
    try:
        contestants = [Contestant(place, a.vocabulary, a.threads) for place in a.places]
        rows = table(contestants, measure(contestants, a.data, a.sets, a.limit))
    except (ValueError, PackError) as e:
        raise SystemExit(str(e)) from e
    print(json.dumps(rows, indent=1) if a.json else markdown(contestants, rows))


if __name__ == "__main__":
    main()
