"""Single changes of typing, each with several seeds: the typing head is trained anew on a pack's frozen encoders, with one thing changed at a time.

    python training ablate --data DIR [--pack models/dynamicner-en-small] [--joined training/runs/joined] [--seeds 3] [--only hidden prior]

Prints the share of gold spans whose fine type is right (mean over the seeds, and its range), the difference to "as it is" in the mean of the sets, and
p of a paired bootstrap over sentences. The encoders learned from all of the data: what a change would do to them is not seen, so the figures say
what the head needs, and bound from below what the data gives.
"""
import argparse
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import sources
from bootstrap import ROUNDS, SEED, paired_p
from data import FINE, align, by_bare_name, read_rows
from encoding import TorchEngine, features
from evaluate import TAXONOMY_SETS, read_set
from load_pack import PackError, load_pack
from losses import exact_product, level_loss
from model import HIDDEN, MLP, SPAN_PARTS, TYPE, mlp, span_inputs
from names import names_of
from targets import COARSE_OF, MEDIUM_OF

ROOT = Path(__file__).parent
PARTS = ["first", "last", "mean", "sentence", "left", "right"]  # of the typing head's input, in its order
SETTINGS = {"without": [], "hidden": MLP, "smoothing": 0.04, "levels": 0.4, "prior": 0.0, "free": False, "share": 1.0, "sets": ""}  # share: of the mentions; sets: what the names of the drawn sets begin with
CHANGES = {
    "as it is": {},
    "without the sentence's mean": {"without": ["sentence"]},
    "without the words left and right": {"without": ["left", "right"]},
    "without first and last word": {"without": ["first", "last"]},
    "the span's mean alone": {"without": ["first", "last", "sentence", "left", "right"]},
    "without the losses of the coarser levels": {"levels": 0.0},
    "without label smoothing": {"smoothing": 0.0},
    "hidden layer of 256": {"hidden": 256},
    "hidden layer of 1,024": {"hidden": 1024},
    "logits moved by the types' frequency": {"prior": 0.5},
    "label vectors learned freely": {"free": True},
    "half of the mentions": {"share": 0.5},
    "a quarter of the mentions": {"share": 0.25},
    "written lines alone": {"sets": "dynamicner-written"},
    "encyclopedia sentences alone": {"sets": "encyclopedia"},
}
EPOCHS, BATCH, RATE, WARM = 3, 512, 1e-3, 50


class Mentions:
    """Gold spans of sentences as the typing head sees them: `x` [N, SPAN_PARTS*HIDDEN] in bf16, `fine` [N], `sentence` [N]."""

    def __init__(self, engine, sentences):
        rows, fine, where = [], [], []
        for k in range(0, len(sentences), 2000):  # the features of all sentences together would take gigabytes
            part = sentences[k : k + 2000]
            for i, (s, (_, words)) in enumerate(zip(part, features(engine, part))):
                kept = [e for e in s.entities if e[1] < words.shape[1]]
                if kept:
                    first, last = (torch.tensor([e[j] for e in kept]) for j in (0, 1))
                    rows.append(span_inputs(words, torch.tensor([words.shape[1]]), torch.zeros(len(kept), dtype=torch.long), first, last).to(torch.bfloat16))
                    fine += [FINE.index(e[3]) for e in kept]
                    where += [k + i] * len(kept)
        self.x, self.fine, self.sentence = torch.cat(rows), torch.tensor(fine), np.array(where)


def keep_parts(x, without):
    """The input with the named parts set to zero."""
    x = x.clone()
    for part in without:
        at = PARTS.index(part) * HIDDEN
        x[:, at : at + HIDDEN] = 0
    return x


def choose(of_set, rng, share, sets):
    """Row numbers of the mentions that are trained on: of_set [N] names of their sets."""
    rows = np.flatnonzero([n.startswith(sets) for n in of_set])
    return torch.from_numpy(rng.permutation(rows)[: int(share * len(rows))])


def train_head(train, of_set, labels, seed, change):
    """A typing head with one change, trained for `EPOCHS`; a function from inputs to logits [N, fine types]."""
    c = {**SETTINGS, **change}
    torch.manual_seed(seed)
    head, labels = mlp(SPAN_PARTS * HIDDEN, c["hidden"], TYPE), nn.Parameter(labels.clone(), requires_grad=c["free"])
    rows = choose(of_set, np.random.default_rng(seed), c["share"], c["sets"])
    counts = torch.bincount(train.fine[rows], minlength=len(FINE)).float() + 20
    prior = c["prior"] * (counts / counts.sum()).log()
    optimiser = torch.optim.AdamW([*head.parameters(), *([labels] if c["free"] else [])], lr=RATE, weight_decay=0.01)
    steps = EPOCHS * len(train.fine) // BATCH  # as many for less data
    medium, coarse = torch.as_tensor(MEDIUM_OF), torch.as_tensor(COARSE_OF)

    def logits(x):
        with torch.autocast("cpu", torch.bfloat16):
            v = head(x)
        return exact_product(F.normalize(v.float(), dim=-1), labels)

    for n in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, (n + 1) / WARM) * (1 - n / steps)
        some = rows[torch.randint(len(rows), (BATCH,))]
        gold = train.fine[some]
        x = logits(F.dropout(keep_parts(train.x[some], c["without"]).float(), 0.1)) + prior
        loss = F.cross_entropy(x, gold, label_smoothing=c["smoothing"])
        if c["levels"]:
            logp = F.log_softmax(x, -1)
            loss = loss + c["levels"] * sum(level_loss(logp, of, of[gold], int(of.max()) + 1) for of in (medium, coarse))
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
    return torch.no_grad()(lambda x: logits(keep_parts(x, c["without"]).float()))


def right_by_sentence(head, mentions, sentences):
    """[sentences, 2]: mentions with the right fine type, mentions."""
    right = (head(mentions.x).argmax(-1) == mentions.fine).numpy()
    return np.stack([np.bincount(mentions.sentence, w, minlength=sentences) for w in (right, np.ones(len(right)))], -1)


def resampled_shares(counts, name):
    """Percent right of resamples of a set's sentences, drawn alike for all changes: [ROUNDS]."""
    rng = np.random.default_rng([SEED, len(name)])
    weights = rng.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=ROUNDS)
    right, all_ = (weights @ counts).T
    return 100 * right / all_


def main():
    p = argparse.ArgumentParser(prog="python training ablate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, required=True, help="folder that holds dev/")
    p.add_argument("--pack", type=Path, default=ROOT.parent / "models/dynamicner-en-small")
    p.add_argument("--joined", type=Path, default=ROOT / "runs/joined", help="folder of the joined standoff sets (prepare)")
    p.add_argument("--seeds", type=int, default=3)
    p.add_argument("--sentences", type=int, default=4000, help="of each training set")
    p.add_argument("--only", nargs="*", help="changes whose name holds one of these words")
    a = p.parse_args()
    torch.set_num_threads(2)
    try:
        model, pieces, label_pieces, _ = load_pack(a.pack)
    except PackError as e:
        raise SystemExit(str(e)) from e
    engine = TorchEngine(model, pieces, bf16=True, label_pieces=label_pieces)
    labels = torch.from_numpy(engine.labels([names_of(n)[0] for n in FINE])[1])
    dev = {n: read_set(a.data / "dev", n, True) for n in TAXONOMY_SETS}
    tests = {n: Mentions(engine, s) for n, s in dev.items()}
    sentences, of_sentence, bare = [], [], by_bare_name()
    for name in (n for names, _ in sources.WRITTEN.values() for n in names):
        path = next((f for f in (ROOT / f"corpus/train/{name}.jsonl.gz", a.joined / f"{name}.jsonl.gz") if f.exists()), None)
        if path is None:
            print(f"{name} is left out: it is not in corpus/train, nor joined in {a.joined} (python training prepare)", file=sys.stderr)
            continue
        rows = [s for s in (align(r, bare) for r in read_rows(path)) if 0 < len(s.words) <= 100]
        random.Random(name).shuffle(rows)
        sentences += rows[: a.sentences]
        of_sentence += [name] * len(rows[: a.sentences])
    train = Mentions(engine, sentences)
    of_set = np.array(of_sentence)[train.sentence]
    print(f"{len(sentences)} sentences, {len(train.fine)} mentions, {a.seeds} seeds", file=sys.stderr, flush=True)
    print(f"| change | {' | '.join(dev)} | difference of the mean | p |\n|{'---|' * (len(dev) + 3)}")
    base = None
    for name, change in CHANGES.items():
        if name != "as it is" and a.only and not any(w in name for w in a.only):
            continue
        began = time.time()
        heads = [train_head(train, of_set, labels, seed, change) for seed in range(1, a.seeds + 1)]
        cells, samples, shares = [], [], []
        for n in dev:
            counts = np.stack([right_by_sentence(h, tests[n], len(dev[n])) for h in heads])
            each = 100 * counts[..., 0].sum(1) / counts[..., 1].sum(1)
            cells.append(f"{each.mean():.1f} ({each.min():.1f} to {each.max():.1f})")
            shares.append(each.mean())
            samples.append(resampled_shares(counts.mean(0), n))
        mean, sample = float(np.mean(shares)), np.mean(samples, 0)
        base = base or (mean, sample)
        last = "|  |  |" if mean is base[0] else f"| {mean - base[0]:+.1f} | {paired_p(base[1], sample, mean - base[0]):.3f} |"
        print(f"| {name} | {' | '.join(cells)} {last}", flush=True)
        print(f"{name}: {time.time() - began:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
