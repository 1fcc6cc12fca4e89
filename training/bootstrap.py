"""Intervals and a paired test by resampling sentences; the same seed gives the same numbers."""
import zlib

import numpy as np

from predictions import f1_of

ROUNDS, SEED = 2000, 20


def resampled(counts, name, rounds=ROUNDS, seed=SEED):
    """F1 of `rounds` resamples of the set `name`: counts [N,3] -> [rounds]. One set is drawn alike for all contestants, which keeps them paired."""
    rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
    weights = rng.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=rounds)
    return f1_of(weights @ counts)


def interval(values):
    """The middle 95 % of resampled values."""
    return tuple(np.percentile(values, (2.5, 97.5)))


def paired_p(first, second, observed):
    """Two-sided p that the difference second - first is none: first, second [rounds] of the same resamples, `observed` the difference itself.
    The resampled differences are moved to mean zero (Efron and Tibshirani 1993, chapter 16)."""
    difference = second - first
    centred = difference - difference.mean()
    return float((1 + (np.abs(centred) >= abs(observed) - 1e-12).sum()) / (1 + len(difference)))
