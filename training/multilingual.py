"""Trains the multilingual pack's text encoder against the English pack's label encoder, which stays as it is.

    python multilingual.py --config configs/multilingual.json --data DIR --english runs/v2/last.pt --vocabulary runs/vocabulary --out runs/m1

The layers start from the English pack's, the pieces from `vocabulary.py`. First `masked` steps guess masked pieces on all training text; then both heads
learn on all languages' sets, and the span vectors of parallel lines are pulled to those that the English pack gives the English line's mentions.
"""
import argparse
import collections
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import sources
from changes import changes_of
from data import collate, read_rows, align
from encoding import TorchEngine, features, span_vectors
from evaluate import read_set
from load_pack import load_pack
from mixture import FixedLabels, Mixture
from model import BiEncoder
from train import CORPUS, NAMES, Average, known_names, load_base, rate_at, report, save, step
from words import WordPieces, split_words_multilingual


def english_weights(place):
    """The weights of the English model: of a checkpoint, or of a pack's folder."""
    if Path(place).is_dir():
        return load_pack(place)[0].state_dict()
    return torch.load(place, map_location="cpu", weights_only=False)["model"]


LABEL_SIDE = ("label.", "find_label.", "type_label.", "type_scale")


def load_multilingual(vocabulary, english=None):
    """(model, its pieces, the label encoder's pieces): the vocabulary's vectors with the English model's layers, heads and label encoder;
    or, when a finished multilingual pack is given as the vocabulary, that pack with the English model's label encoder."""
    if (Path(vocabulary) / "pack.json").exists():
        model, pieces, label_pieces, _ = load_pack(vocabulary)
        if english:
            model.load_state_dict({k: v for k, v in english_weights(english).items() if k.startswith(LABEL_SIDE)}, strict=False)
        return model, pieces, label_pieces
    base, label_pieces = load_base()
    if english:
        base.load_state_dict(english_weights(english))
    vectors = torch.load(Path(vocabulary) / "vectors.pt").float()
    model = BiEncoder(shapes=11, pieces=len(vectors))
    state = {k: v for k, v in base.state_dict().items() if k not in ("text.words.weight", "text.shapes.weight")}
    shapes = base.text.shapes.weight.data
    state |= {"text.words.weight": vectors, "text.shapes.weight": torch.cat([shapes, shapes[9:10]])}
    model.load_state_dict(state)
    return model, WordPieces(Path(vocabulary) / "tokenizer.json", True), label_pieces


class Teacher:
    """Span vectors of the English lines' mentions, by line and type; only types that a line has once are matched."""

    def __init__(self, engine, rows, wanted):
        sentences = [s for s in (align(r, {}) for r in rows if r["id"] in wanted) if s.words]
        vectors = span_vectors(engine, features(engine, sentences), [[(e[0], e[1]) for e in s.entities] for s in sentences])
        self.of = {}
        for s, v in zip(sentences, vectors):
            times = collections.Counter(e[3] for e in s.entities)
            self.of[s.id] = {e[3]: torch.from_numpy(v[k, :-1]) for k, e in enumerate(s.entities) if times[e[3]] == 1}

    def __call__(self, sentences, width):
        spans, vectors = [], []
        for i, s in enumerate(sentences):
            for e in s.entities:
                v = self.of.get(s.pair, {}).get(e[3]) if s.pair else None
                if v is not None and e[1] < width and sum(x[3] == e[3] for x in s.entities) == 1:
                    spans.append((i, e[0], e[1]))
                    vectors.append(v)
        return (spans, torch.stack(vectors)) if spans else None


def masked_step(model, project, batch, mask_id, rng):
    """Guesses 15 % of the pieces, tied to the piece vectors."""
    ids = batch["ids"].clone()
    pick = (torch.rand(ids.shape) < 0.15) & (batch["first"].new_ones(ids.shape) == 1) & (batch["mask"] == 1) & (ids > 4)
    gold = ids[pick]
    ids[pick & (torch.rand(ids.shape) < 0.85)] = mask_id
    lexicon = batch["lexicon"].masked_fill(pick, 0)
    with torch.autocast("cpu", torch.bfloat16):
        h = model.text.run(model.text.embed(ids, batch["shapes"], 0.1, lexicon), batch["mask"], model.text.layers, 0.1)[pick]
        loss = F.cross_entropy((project(h) @ model.text.words.weight.T).float(), gold)
    loss.backward()
    return float(loss.detach())


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--config", type=Path, required=True)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--english", type=Path, required=True)
    p.add_argument("--vocabulary", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--names", type=Path, default=NAMES, help="known names, of the change of that name")
    p.add_argument("--until", type=int)
    p.add_argument("--set", nargs="*", default=[])
    p.add_argument("--every", type=int, default=500)
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    c = json.loads(a.config.read_text())
    c.update({k: json.loads(v) for k, v in (x.split("=", 1) for x in a.set)})
    torch.set_num_threads(a.threads)
    a.out.mkdir(parents=True, exist_ok=True)
    last = a.out / "last.pt"
    state = torch.load(last, map_location="cpu", weights_only=False) if last.exists() else None
    n, spent = (state["step"], state["seconds"]) if state else (0, 0.0)
    torch.manual_seed(c["seed"] * 1000003 + n)
    rng = random.Random(c["seed"] * 1000003 + n)
    model, pieces, label_pieces = load_multilingual(a.vocabulary, a.english)
    model.label.requires_grad_(False)
    for part in (model.find_label, model.type_label):
        part.requires_grad_(False)
    model.type_scale.requires_grad_(False)
    folders = [CORPUS / "train", a.out.parent / "joined", a.data / "train"]
    changes = changes_of(c)
    mixture = Mixture(folders, rng, c["shares"], (sources.WRITTEN_MULTILINGUAL, sources.OPEN, sources.FOREIGN_MULTILINGUAL), split_words_multilingual, changes, known=known_names(changes, a.names))
    base, _ = load_base()
    labels = FixedLabels(model, label_pieces)
    labels.compare(mixture.names, base)
    english = TorchEngine(base, label_pieces, bf16=True)
    base.load_state_dict(english_weights(a.english))
    wanted = {s.pair for s in (s for src in mixture.sources["written"] for s in src.sentences) if s.pair}
    rows = [r for name in ("dynamicner-written-en", "dynamicner-written-en-2", "dynamicner-written-en-3", "dynamicner-written-en-pairs") for r in read_rows(CORPUS / "train" / f"{name}.jsonl.gz")]
    teacher = Teacher(english, rows, wanted)
    project = torch.nn.Linear(384, 384)
    torch.nn.init.eye_(project.weight)
    if state:
        model.load_state_dict(state["live"])
    of = lambda parts: [q for m in parts for q in m.parameters() if q.requires_grad]
    table = model.text.words
    rest = [q for name, q in model.text.named_parameters() if name != "words.weight"]
    optimiser = torch.optim.AdamW([{"params": [table.weight], "weight_decay": 0.0}, {"params": rest}, {"params": of([model.find_word, model.type_span, model.type_none]) + [model.find_bias] + list(project.parameters())}],
                                  lr=1e-4, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    average = Average(model, c["average"])
    if state:
        optimiser.load_state_dict(state["optimiser"])
        average.kept = {k: state["model"][k].clone() for k in average.kept}
    peaks = [c["rates"][k] for k in ("pieces", "text", "heads")]
    read = lambda name: read_set(a.data / "dev", name, True, split_words_multilingual)
    dev = {l: read(f"dynamicner-written-{l}-dev") for l in sources.LANGUAGES} | {"en": read("dynamicner-en-dev")}
    out = (a.out / "log.jsonl").open("a")
    tell = lambda **v: (print(json.dumps(v), flush=True), out.write(json.dumps(v) + "\n"), out.flush())
    tell(step=n, sets={k: {s.name: len(s.sentences) for s in v} for k, v in mixture.sources.items()}, missing=mixture.missing, taught=len(teacher.of), config=c)
    start, began, logs, end = time.time(), n, [], min(c["steps"], a.until or c["steps"])
    trained = [q for g in optimiser.param_groups for q in g["params"]]
    model.train()
    while n < end:
        for g, peak in zip(optimiser.param_groups, peaks):
            g["lr"] = peak * rate_at(n, c)
        if n < c["masked"]:
            parts = [mixture.next() for _ in range(2)]
            batch = collate([s for _, _, ss in parts for s in ss], pieces)
            logs.append({"masked": np.array([masked_step(model, project, batch, pieces.vocabulary["[MASK]"], rng), 0.0])})
        else:
            logs.append(step(model, labels, mixture, pieces, rng, c["micros"], c["drop"], "cpu", teacher))
        norm = torch.nn.utils.clip_grad_norm_([q for q in trained if q.grad is not None], 1.0)
        optimiser.step()
        optimiser.zero_grad()
        n += 1
        average.update(n)
        if n % 25 == 0 or n - began in (1, 5):
            means = {k: np.mean([l[k] for l in logs if k in l], 0).round(3).tolist() for k in ["masked", *c["shares"], "distance"] if any(k in l for l in logs)}
            seconds = time.time() - start
            tell(step=n, minutes=round((spent + seconds) / 60, 1), a_step=round(seconds / (n - began), 2), rate=round(rate_at(n, c), 3), norm=round(float(norm), 2), loss=means)
            logs = []
        if n % 200 == 0 or n == end:
            save(last, {"model": average.state(model), "live": model.state_dict(), "optimiser": optimiser.state_dict(), "step": n, "seconds": spent + time.time() - start, "config": c})
        if n > c["masked"] and (n % a.every == 0 or n == end):
            shown, _, _ = load_multilingual(a.vocabulary)
            shown.load_state_dict(average.state(model))
            report(None, pieces, dev, {}, n, tell, TorchEngine(shown, pieces, bf16=True, label_pieces=label_pieces))


if __name__ == "__main__":
    main()
