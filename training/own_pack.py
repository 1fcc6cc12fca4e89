"""Calibrates and exports a run of one's own data.

    python training calibrate --run runs/mine
    python training export --run runs/mine --out models/mine

The pack is the one that the run started from with the run's weights and scores, an own label graph, and `types.txt`, the list for `--labels`.
"""
import argparse
import datetime
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import torch

from calibrate import best_threshold, calibrate_flat, calibrate_taxonomy, flat_rows, greedy, half, taxonomy_rows
from engines import file_of, known_names
from encoding import TorchEngine
from evaluate import read_set, weigh
from export import label_graph, text_graph, typing_graph, write_json
from kinds import config_of_run, kind_of
from load_pack import PackError, load_pack
from own import read_about

FITTED, CHOSEN = 200, 30  # entities of the development part that a fit of all weights needs, and that a choice of the threshold needs


def load_run(run):
    """(model, pieces, label pieces, base's pack.json, checkpoint) of a run. Raises ValueError, PackError."""
    config = config_of_run(run)
    if kind_of(config) != "own":
        raise ValueError(f"{run} is a run of the kind {kind_of(config)}: name its checkpoint with --checkpoint instead of --run.")
    path = Path(run) / "last.pt"
    if not path.exists():
        raise ValueError(f"{run} has no checkpoint yet (last.pt).")
    state = torch.load(path, map_location="cpu", weights_only=False)
    model, pieces, label_pieces, manifest = load_pack(config["base"])
    model.load_state_dict(state["model"])
    return model.eval(), pieces, label_pieces, manifest, state


def settings_of(manifest):
    """What `calibrate` fits, as a pack.json has it."""
    return {"taxonomy": manifest["scores"]["taxonomy"], "flat": manifest["scores"]["flat"], "temperature": manifest["typing"]["temperature"], "candidates": manifest["candidates"]}


def calibrate_run(run, data=None):
    """Fits the scores on the development part; with few entities only the threshold, with very few nothing. -> settings with "measured"."""
    model, pieces, label_pieces, manifest, state = load_run(run)
    data = Path(data or state["data"])
    about = read_about(data)
    kind = "taxonomy" if about["kind"] == "taxonomy" else "flat"
    dev = read_set(data, "own-dev", kind == "taxonomy", pieces.split)
    engine = TorchEngine(model, pieces, label_pieces=label_pieces)
    engine.known = known_names(config_of_run(run)["base"])
    settings, n = settings_of(manifest), sum(len(s.entities) for s in dev)
    halves = {half(s) for s in dev if s.entities}
    if n >= FITTED and len(halves) == 2:
        if kind == "taxonomy":
            settings["taxonomy"], temperature, measured = calibrate_taxonomy(engine, {about["name"]: dev})
            settings["temperature"] = round(temperature, 3)
        else:
            settings["flat"], measured = calibrate_flat(engine, {about["name"]: dev})
        how = "weights and threshold fitted on half of the development part"
    elif n >= CHOSEN:
        w = settings[kind]
        rows = (taxonomy_rows if kind == "taxonomy" else flat_rows)(engine, dev)
        item = (lambda r: (r[0], r[1])) if kind == "taxonomy" else (lambda r: (r[0], r[1], r[3]))
        kept = [greedy([(float(weigh(r[2], w["weights"], w["bias"])), r[0], r[1], r) for r in rs]) for rs in rows]
        scored = [{item(k[3]): k[0] for k in ks} for ks in kept]
        gold = lambda s: {(e[0], e[1]) if kind == "taxonomy" else (e[0], e[1], e[2]) for e in s.entities} | {("missed", i) for i in range(s.missed)}
        settings[kind] = {**w, "threshold": round(best_threshold({"dev": dev}, {"dev": scored}, gold), 3)}
        how, measured = "the base's weights, threshold chosen on the development part", {}
    else:
        how, measured = "the base's weights and threshold: the development part is too small to choose by", {}
    settings["measured"] = {"how": how, "entities": n, **measured}
    (Path(run) / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    return settings


def card(name, about, config, state, settings, base):
    counts = "\n".join(f"| {t} | {about['entities']['train'].get(t, 0)} | {about['entities']['dev'].get(t, 0)} |" for t in about["types"])
    return (f"# {name}\n\nThe pack {base['name']} {base['version']}, trained further on the data set “{about['name']}”.\n\n"
            f"- Data: {about['sentences']['train']} sentences to train on, {about['sentences']['dev']} to develop with; files {', '.join(f['name'] for f in about['files'])}.\n"
            f"- Training: {state['step']} steps, seed {config['seed']}, {state['seconds'] / 60:.1f} minutes.\n"
            f"- Scores: {settings['measured']['how'] if 'measured' in settings else 'those of the base'}.\n"
            f"- The licence of the base is {base['licence']}; whether the trained pack may be passed on depends on the data set too.\n\n"
            f"| type | entities in training | in development |\n|---|---|---|\n{counts}\n")


def export_run(run, out, name=None, version="1.0.0", fp32=False):
    """Writes the pack of a run; returns its folder. Files appear beside an older pack's only when all are written."""
    model, _, _, base, state = load_run(run)
    config, about = state["config"], read_about(state["data"])
    path = Path(run) / "settings.json"
    settings = json.loads(path.read_text()) if path.exists() else settings_of(base)
    out, origin = Path(out), Path(config["base"])
    out.mkdir(parents=True, exist_ok=True)
    block = None if fp32 else 128
    text_graph(model, block, None, "lexicon" in base).save(out / "text.onnx")
    label_graph(model, block, None).save(out / "label.onnx")
    typing_graph(model, block, None).save(out / "typing.onnx")
    files = ["text.onnx", "label.onnx", "typing.onnx", "tokenizer.json", base["labels"], *([base["labelTokenizer"]] if "labelTokenizer" in base else []), *([base["gazetteer"]["file"]] if "gazetteer" in base else [])]
    for f in files[3:]:
        shutil.copyfile(file_of(origin, f), out / f)
    (out / "types.txt").write_text("".join(t + "\n" for t in about["types"]), encoding="utf-8")
    name = name or out.resolve().name
    (out / "CARD.md").write_text(card(name, about, config, state, settings, base), encoding="utf-8")
    manifest = {**{k: v for k, v in base.items() if k != "base"}, "name": name, "version": version, "precision": "fp32" if fp32 else "int8", "card": "CARD.md",
                "trained": {"from": {"name": base["name"], "version": base["version"]}, "set": about["name"], "types": about["types"], "steps": state["step"], "on": datetime.date.today().isoformat()},
                "candidates": settings["candidates"], "scores": {"taxonomy": settings["taxonomy"], "flat": settings["flat"]}}
    manifest["finding"] = {**base["finding"], "bias": [round(float(x), 6) for x in model.find_bias.detach()]}
    manifest["typing"] = {**base["typing"], "temperature": settings["temperature"]}
    manifest["files"] = {f: {"sha256": hashlib.sha256((out / f).read_bytes()).hexdigest(), "bytes": (out / f).stat().st_size} for f in files}
    write_json(out / "pack.json", manifest)
    return out


def main(command):
    p = argparse.ArgumentParser(prog=f"python training {command}", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", type=Path, required=True)
    if command == "calibrate":
        p.add_argument("--data", type=Path, help="the prepared set, where it is no longer where training read it")
    else:
        p.add_argument("--out", type=Path, required=True)
        p.add_argument("--name", help="of the pack; the folder's when absent")
        p.add_argument("--version", default="1.0.0")
        p.add_argument("--fp32", action="store_true")
    a = p.parse_args()
    try:
        if command == "calibrate":
            print(json.dumps(calibrate_run(a.run, a.data), indent=1))
        else:
            out = export_run(a.run, a.out, a.name, a.version, a.fp32)
            print(f"{out}: {sum(f.stat().st_size for f in out.iterdir()) / 1e6:.1f} MB. Try it: node dist/cli.js extract --model {out} --labels {out / 'types.txt'} FILE")
    except (ValueError, PackError) as e:
        raise SystemExit(str(e)) from e
