"""Trains a pack on a data set of one's own, from a pack that is finished.

    python training train --config training/configs/own.json --data runs/mine/data --out runs/mine        (the data as `prepare` wrote it)

A share of every step comes from the written sets (`corpus/`), so that the pack keeps what it knew. A run that was stopped goes on from `last.pt`
with the same command.
"""
import argparse
import copy
import json
import random
import time
from pathlib import Path

import numpy as np
import torch

import sources
from encoding import TorchEngine
from evaluate import TaxonomyRun, flat_report, read_set
from kinds import read_config
from load_pack import PackError, load_pack
from mixture import MICRO, Labels, Mixture
from train import CORPUS, Average, freeze, groups, rate_at, save, step

NAMES = {"own": "own-train"}


def read_about(data):
    """`set.json` of a prepared set. Raises ValueError."""
    path = Path(data) / "set.json"
    if not path.exists():
        raise ValueError(f"{data} is no prepared set: it has no set.json. Run: python training prepare FILES --out {data}")
    return json.loads(path.read_text(encoding="utf-8"))


def make_mixture(data, about, c, rng, split):
    """The user's sentences and the written ones, by the config's shares."""
    own, shares = c["shares"]["own"], {k: v for k, v in c["shares"].items() if k != "own" and v > 0}
    written = {k: sources.WRITTEN[k] for k in ("written", "pairs")} if "written" in shares else {}
    free = sources.OPEN if "open" in shares else {}
    if about["kind"] == "taxonomy":
        total = sum(w for _, w in written.values())
        tables = ({"own": ([NAMES["own"]], own), **{k: (f, w / total * shares["written"]) for k, (f, w) in written.items()}}, free, {})
        shares["written"] = own + shares.get("written", 0)
    else:
        tables = (written, free, {"own": ([NAMES["own"]], 1.0, {}, about["partial"])})
        shares["foreign"] = own
    mixture = Mixture([Path(data), CORPUS / "train"], rng, shares, tables, split)
    used = next(s for kind in mixture.sources.values() for s in kind if s.name == "own")
    used.partial = about["partial"]
    if not used.sentences:
        raise ValueError(f"{data}: no sentence of the training part can be read (at most 150 words).")
    return mixture, used


def own_report(engine, dev, about, n, tell):
    """Scores of the development part during training."""
    if about["kind"] == "taxonomy":
        run = TaxonomyRun(engine, dev)
        spans = run.spans("noisy-or", 0.45)
        strict, borders = run.scores(spans, run.types(spans, 0, 0))
        tell(step=n, dev="own-dev", strict=round(strict, 1), spans=round(borders, 1))
    else:
        tell(step=n, dev="own-dev", **flat_report(engine, dev))


def engine_of(model, weights, pieces, label_pieces, bf16=True):
    shown = copy.deepcopy(model).cpu()
    shown.load_state_dict({k: v.cpu() for k, v in weights.items()})
    return TorchEngine(shown, pieces, bf16=bf16, label_pieces=label_pieces)


def train(c, data, out, device, threads, until=None):
    about = read_about(data)
    torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    last = out / "last.pt"
    state = torch.load(last, map_location=device, weights_only=False) if last.exists() else None
    n, spent = (state["step"], state["seconds"]) if state else (0, 0.0)
    torch.manual_seed(c["seed"] * 1000003 + n)
    rng = random.Random(c["seed"] * 1000003 + n)
    model, pieces, label_pieces, _ = load_pack(c["base"])
    freeze(model)
    model.to(device)
    labels = Labels(model, label_pieces, device)
    mixture, own = make_mixture(data, about, c, rng, pieces.split)
    labels.fill(mixture.names)  # similarities before this training
    if state:
        model.load_state_dict(state["live"])
    optimiser = torch.optim.AdamW(groups(model, c["rates"]), weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    average = Average(model, c["average"])
    if state:
        optimiser.load_state_dict(state["optimiser"])
        average.kept = {k: state["model"][k].clone() for k in average.kept}
    peaks = [c["rates"][k] for k in ("text", "label", "heads", "heads")]
    dev = read_set(data, "own-dev", about["kind"] == "taxonomy", pieces.split)
    log = (out / "log.jsonl").open("a", encoding="utf-8")
    tell = lambda **v: (print(json.dumps(v, ensure_ascii=False), flush=True), log.write(json.dumps(v, ensure_ascii=False) + "\n"), log.flush())
    unreached = {"train": sum(s.missed for s in own.sentences), "dev": sum(s.missed for s in dev)}
    tell(step=n, device=str(device), sets={k: {s.name: len(s.sentences) for s in v} for k, v in mixture.sources.items()}, missing=mixture.missing, unreached=unreached, data=str(data), config=c)
    start, began, logs, end = time.time(), n, [], min(c["steps"], until or c["steps"])
    if n == 0:
        own_report(engine_of(model, model.state_dict(), pieces, label_pieces), dev, about, 0, tell)
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
        if n % 10 == 0 or n == end:
            means = {k: np.mean([l[k] for l in logs if k in l], 0).round(3).tolist() for k in sorted({k for l in logs for k in l})}
            seconds = time.time() - start
            tell(step=n, minutes=round((spent + seconds) / 60, 1), per_second=round((n - began) * c["micros"] * MICRO / seconds), rate=round(rate_at(n, c), 3), norm=round(float(norm), 2), loss=means)
            logs = []
        if n % 200 == 0 or n == end:
            save(last, {"model": average.state(model), "live": model.state_dict(), "optimiser": optimiser.state_dict(), "step": n, "seconds": spent + time.time() - start, "config": c, "data": str(Path(data).resolve())})
        if n % c["report"] == 0 or n == end:
            own_report(engine_of(model, average.state(model), pieces, label_pieces), dev, about, n, tell)


def main():
    p = argparse.ArgumentParser(prog="python training train", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--config", type=Path, required=True)
    p.add_argument("--data", type=Path, required=True, help="folder that prepare wrote")
    p.add_argument("--out", type=Path, required=True, help="folder of the run")
    p.add_argument("--base", type=Path, help="folder of the pack to start from, in place of the config's")
    p.add_argument("--until", type=int, help="stop after this step; the schedule stays")
    p.add_argument("--set", nargs="*", default=[], help="key=value pairs that replace the config's")
    p.add_argument("--threads", type=int, default=torch.get_num_threads())
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    a = p.parse_args()
    try:
        c = read_config(a.config, a.set)
        c["base"] = str((a.base or a.config.parent / c["base"]).resolve())
        train(c, a.data, a.out, a.device, a.threads, a.until)
    except (ValueError, PackError) as e:
        raise SystemExit(str(e)) from e


if __name__ == "__main__":
    main()
