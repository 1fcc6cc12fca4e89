"""A pack read back into PyTorch gives what ONNX Runtime gives; the statistics of comparisons."""
import unittest
from pathlib import Path

import numpy as np
import torch

from bootstrap import interval, paired_p, resampled
from evaluate import read_set
from load_pack import PackError, largest_differences, load_pack
from mean import mean_of
from predictions import f1_of

ROOT = Path(__file__).parents[2]


class Packs(unittest.TestCase):
    def test_weights_come_back(self):
        sentences = read_set(ROOT / "training/corpus/dev", "dynamicner-written-en-dev", True)[:40]
        far = largest_differences(ROOT / "models/dynamicner-en-small", sentences, ["person", "work of art", "name of a ship"])
        self.assertLess(max(far.values()), 1e-3, far)

    def test_what_is_no_pack_is_named(self):
        with self.assertRaisesRegex(PackError, "pack.json"):
            load_pack(ROOT / "training")


class Means(unittest.TestCase):
    def test_the_mean_weighs_by_the_shares(self):
        states = [{"w": torch.tensor([1.0, 2.0])}, {"w": torch.tensor([5.0, 10.0])}]
        self.assertEqual(mean_of(states, [3, 1])["w"].tolist(), [2.0, 4.0])

    def test_models_of_other_shapes_have_none(self):
        with self.assertRaisesRegex(ValueError, "Model 2.*w"):
            mean_of([{"w": torch.zeros(2)}, {"w": torch.zeros(3)}], [1, 1])


class Statistics(unittest.TestCase):
    def test_intervals_hold_the_value_and_repeat(self):
        counts = np.random.default_rng(1).integers(0, 4, (200, 3)).astype(float)
        counts[:, 0] = counts.min(1)
        values = resampled(counts, "a")
        low, high = interval(values)
        self.assertTrue(low < f1_of(counts.sum(0)) < high)
        self.assertTrue((values == resampled(counts, "a")).all())
        self.assertFalse((values == resampled(counts, "b")).all())

    def test_p_tells_chance_from_difference(self):
        rng = np.random.default_rng(2)
        right = rng.random(400) < 0.6
        better = right | (rng.random(400) < 0.5)
        of = lambda r: np.stack([r, np.ones(400), np.ones(400)], -1).astype(float)
        p = lambda a, b: paired_p(resampled(of(a), "a"), resampled(of(b), "a"), f1_of(of(b).sum(0)) - f1_of(of(a).sum(0)))
        self.assertLess(p(right, better), 0.01)
        self.assertEqual(p(right, right), 1.0)
        self.assertGreater(p(right, rng.permutation(right)), 0.05)


if __name__ == "__main__":
    unittest.main()
