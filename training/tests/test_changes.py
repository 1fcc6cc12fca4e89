"""The single changes of a training (changes.py)."""
import random
import unittest

from changes import CHANGES, changes_of, pruned, standard
from data import align
from sources import FOREIGN, STANDARD


def row(*labels):
    words = [f"w{k}" for k in range(len(labels))]
    return {"text": " ".join(words), "entities": [{"start": 3 * k, "end": 3 * k + 2, "label": l} for k, l in enumerate(labels)]}


class Changes(unittest.TestCase):
    def test_unknown_changes_are_named(self):
        self.assertEqual(changes_of({}), frozenset())
        self.assertEqual(changes_of({"changes": list(CHANGES)}), frozenset(CHANGES))
        with self.assertRaisesRegex(ValueError, "no shape.*no word shapes"):
            changes_of({"changes": ["no shape"]})

    def test_dropped_labels_are_no_entities_and_no_negatives(self):
        s = align(standard([row("place", "miscellaneous")], {"place": "place or building", "miscellaneous": None})[0])
        self.assertEqual([(e[0], e[1], e[2]) for e in s.entities], [(0, 0, "place or building")])
        self.assertEqual((s.unknown, s.missed), ([1], 0))

    def test_standard_names_are_of_sets_that_are_drawn(self):
        self.assertEqual(set(STANDARD) - set(FOREIGN), set())

    def test_a_pruned_set_keeps_rare_labels_and_few_empty_lines(self):
        rows = [row("often") for _ in range(50)] + [row("often", "seldom")] + [row() for _ in range(50)]
        kept = pruned(rows, random.Random(1), most=10)
        self.assertIn(rows[50], kept)
        self.assertIn(sum(bool(r["entities"]) for r in kept), (10, 11))
        self.assertEqual(sum(not r["entities"] for r in kept), 1)


if __name__ == "__main__":
    unittest.main()
