"""Writes a checkpoint with the mean of the weights of several: checkpoints (*.pt) or folders of packs of the same kind and vocabulary.

    python training mean models/dynamicner-multilingual-small runs/m5/last.pt --out runs/m5/mean.pt [--shares 0.5 0.5]

Weights that one training went on from others lie in the same valley, where means are often better than each (Wortsman et al. 2022, "Model soups").
"""
import argparse
from pathlib import Path

import torch

from load_pack import PackError, load_pack


def weights_of(place):
    """State of a checkpoint or a pack. Raises ValueError, PackError."""
    if place.is_dir():
        return load_pack(place)[0].state_dict()
    if not place.exists():
        raise ValueError(f"{place} is neither a checkpoint nor the folder of a pack.")
    return torch.load(place, map_location="cpu", weights_only=False)["model"]


def mean_of(states, shares):
    """The weighted mean of states. Raises ValueError where their weights have other names or shapes."""
    first = states[0]
    for k, state in enumerate(states[1:], 2):
        other = sorted(n for n in first.keys() | state.keys() if n not in first or n not in state or first[n].shape != state[n].shape)
        if other:
            raise ValueError(f"Model {k} is laid out differently from the first: {', '.join(other[:3])}. Only models of one kind and vocabulary have a mean.")
    total = sum(shares)
    return {n: sum(share / total * s[n].float() for share, s in zip(shares, states)) for n in first}


def main():
    p = argparse.ArgumentParser(prog="python training mean", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("places", nargs="+", type=Path, help="checkpoints or folders of packs")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--shares", nargs="*", type=float, help="one for each; equal when absent")
    a = p.parse_args()
    shares = a.shares or [1.0] * len(a.places)
    if len(shares) != len(a.places) or min(shares) < 0 or sum(shares) == 0:
        raise SystemExit(f"--shares needs {len(a.places)} numbers from 0 up, not all of them 0.")
    try:
        mean = mean_of([weights_of(place) for place in a.places], shares)
    except PackError as e:
        raise SystemExit(str(e)) from e
    tmp = a.out.with_suffix(".tmp")
    torch.save({"model": mean}, tmp)
    tmp.rename(a.out)


if __name__ == "__main__":
    main()
