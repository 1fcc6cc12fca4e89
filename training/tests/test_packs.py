"""A pack read back into PyTorch gives what ONNX Runtime gives; the statistics of comparisons."""
import os
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from bootstrap import interval, paired_p, resampled
from evaluate import read_set
from graph import Graph, four_bits
from load_pack import PackError, Weights, largest_differences, load_pack
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


class FourBits(unittest.TestCase):
    """Embeddings of 4 bits."""

    table = np.random.default_rng(3).normal(size=(50, 96)).astype(np.float32)

    def written(self):
        """(rows that ONNX Runtime reads, the table that is read back)"""
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime as ort

        table = np.concatenate([self.table, np.zeros((1, 96), np.float32)])
        g = Graph("rows", 32, None, 4)
        g.output(g.rows(g.table(table), g.input("ids", ["N"])), "rows", ["N", 96])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rows.onnx"
            g.save(path)
            rows = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, {"ids": np.arange(51)})[0]
            return rows, Weights(path).tables()[0]

    def test_what_is_read_back_is_what_the_runtime_computes_with(self):
        rows, back = self.written()
        np.testing.assert_array_equal(rows, back)
        np.testing.assert_array_equal(rows[-1], 0)

    def test_the_error_is_small_and_a_second_time_nothing_changes(self):
        rows, _ = self.written()
        error = np.linalg.norm(rows[:-1] - self.table) / np.linalg.norm(self.table)
        self.assertLess(error, 0.12)
        codes, scales = four_bits(rows)
        again = ((codes.reshape(51, 3, 32).astype(np.float32) - 8) * scales[..., None]).reshape(51, 96)
        np.testing.assert_allclose(again, rows, rtol=1e-6)


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
