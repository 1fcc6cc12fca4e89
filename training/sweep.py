"""Tries settings on the development sets with features computed once: finder, threshold, mixing weights; flat join and threshold.

    python sweep.py --data DIR/dev --checkpoint runs/v1/last.pt        (or --pack DIR)
"""
import argparse

import torch

from engines import load_engine
from evaluate import FLAT_SETS, TAXONOMY_SETS, TaxonomyRun, flat_scores, read_set

MIXES = [(0, 0), (0.5, 0.5), (0.5, 0), (0, 0.5), (1, 1), (0.25, 0.25), (1, 0.5), (0.5, 1)]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--checkpoint")
    p.add_argument("--pack")
    p.add_argument("--flat", action="store_true")
    a = p.parse_args()
    torch.set_num_threads(2)
    engine = load_engine(a.checkpoint, a.pack)
    total = {}
    for name in TAXONOMY_SETS:
        run = TaxonomyRun(engine, read_set(a.data, name, True))
        for finder in ("noisy-or", "max", "mention"):
            for th in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
                spans = run.spans(finder, th)
                for mix in MIXES:
                    total.setdefault((finder, th, mix), []).append(run.scores(spans, run.types(spans, *mix)))
    print("strict / spans on", TAXONOMY_SETS)
    for key, r in sorted(total.items(), key=lambda x: -sum(s for s, _ in x[1])):
        if key[2] == (0.5, 0.5) or key in sorted(total, key=lambda k: -sum(s for s, _ in total[k]))[:25]:
            print(*key, " ".join(f"{s:.1f}/{b:.1f}" for s, b in r), flush=True)
    if a.flat:
        for how in ("max", "noisy-or"):
            for name in FLAT_SETS:
                r = flat_scores(engine, read_set(a.data, name, False), how, (0.1, 0.15, 0.2, 0.25, 0.3, 0.4), 400)
                print(how, name, {t: f"{s:.1f}/{b:.1f}" for t, (s, b) in r.items()}, flush=True)


if __name__ == "__main__":
    main()
