"""Entities that a run or a pack finds in a set, with the scores and thresholds of CONTRACT.md, as word spans with types."""
import json
from pathlib import Path

import numpy as np
import torch

from calibrate import flat_rows, greedy, taxonomy_rows
from data import FINE
from evaluate import weigh
from kinds import config_of_run, kind_of


class Contestant:
    """One of what is compared: its name, engine, word splitter and settings."""

    def __init__(self, place, vocabulary=None, threads=2):
        place = Path(place)
        self.name = place.resolve().name
        if (place / "pack.json").exists():
            from engines import OnnxEngine
            from own_pack import settings_of

            self.engine = OnnxEngine(place, threads)
            self.settings = settings_of(self.engine.pack)
        else:
            self.engine, self.settings = open_run(place, vocabulary)
        self.split = self.engine.pieces.split

    def predict(self, sentences, taxonomy):
        """Per sentence a set of (first word, last word, type); a fine index with the taxonomy, else a name of the set's list."""
        c = self.settings["taxonomy" if taxonomy else "flat"]
        rows = (taxonomy_rows if taxonomy else flat_rows)(self.engine, sentences)
        out = []
        for rs in rows:
            kept = greedy([(float(weigh(r[2], c["weights"], c["bias"])), r[0], r[1], r) for r in rs])
            out.append({(a, z, int(np.argmax(r[3][:-1])) if taxonomy else r[3]) for p, a, z, r in kept if p >= c["threshold"]})
        return out


def open_run(run, vocabulary):
    """(engine, settings) of a run's last checkpoint, with its settings.json where it was calibrated."""
    from encoding import TorchEngine
    from export import SETTINGS

    known = None
    if kind_of(config_of_run(run)) == "own":
        from engines import known_names
        from own_pack import load_run, settings_of

        model, pieces, label_pieces, manifest, _ = load_run(run)
        settings, known = settings_of(manifest), known_names(config_of_run(run)["base"])
    else:
        from engines import load_model

        if kind_of(config_of_run(run)) == "multilingual" and vocabulary is None:
            raise ValueError(f"{run} is a multilingual run: name its vocabulary with --vocabulary.")
        model, pieces, label_pieces = load_model(run / "last.pt", vocabulary if kind_of(config_of_run(run)) == "multilingual" else None)
        settings = SETTINGS
    path = run / "settings.json"
    engine = TorchEngine(model, pieces, label_pieces=label_pieces)
    engine.known = known
    return engine, {**settings, **(json.loads(path.read_text()) if path.exists() else {})}


def gold_of(sentences, taxonomy):
    """Per sentence the gold set; entities that words cannot reach are in it, and nothing predicts them."""
    item = lambda e: (e[0], e[1], FINE.index(e[3]) if taxonomy else e[2])
    return [{item(e) for e in s.entities} | {("missed", i, 0) for i in range(s.missed)} for s in sentences]


def counts_of(gold, predicted, spans=False):
    """[N,3] right, predicted, gold of every sentence; `spans` looks at the borders alone."""
    cut = (lambda s: {x[:2] for x in s}) if spans else set
    return np.array([[len(cut(g) & cut(p)), len(cut(p)), len(cut(g))] for g, p in zip(gold, predicted)], float).reshape(-1, 3)


def f1_of(counts):
    """Micro F1 in percent of counts [...,3] (right, predicted, gold)."""
    return 200 * counts[..., 0] / np.maximum(1e-9, counts[..., 1] + counts[..., 2])


def set_threads(n):
    torch.set_num_threads(n)
