"""Gazetteers: what of a name counts, what is written comes back, what WordNet's format says."""
import tempfile
import unittest
from pathlib import Path

import numpy as np

from data import FINE, align
from gather_names import WordNet
from gazetteer import AT, OTHER, Gazetteer, KnownNames, Senses, hash_of, name_key

CITY, RIVER = "geo-political entity/city", "geographical entity/water body"


def senses(*rows):
    out = Senses()
    for row in rows:
        out.add(*row)
    return out


class Gazetteers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_spelling_case_and_accents_do_not_count(self):
        for a, b in (("São  Paulo", "sao paulo"), ("The Hague", "hague"), ("O’Brien", "O' Brien"), ("Жёлтая", "желтая")):
            self.assertEqual(name_key(a), name_key(b))
        self.assertNotEqual(name_key("ガーナ"), name_key("カーナ"))
        self.assertEqual(name_key("Theodore"), "theodore")
        self.assertEqual(hash_of("bern"), hash_of(name_key("Bern")))

    def test_what_is_written_comes_back(self):
        names = senses(("Main", RIVER, 3), ("main", OTHER, 1), ("Bern", CITY), ("elk", "biological/species"), ("Solarmodul", RIVER)).gazetteer()
        names.write(self.folder / "names.bin")
        back = Gazetteer.read(self.folder / "names.bin")
        for name, expected in (("the MAIN", {AT[RIVER]: 0.75}), ("Elks", {AT["biological/species"]: 1.0}), ("Solarmodulen", {AT[RIVER]: 1.0}), ("Berne", {}), ("", {}), ("s", {})):
            types, shares = back.senses(name)
            self.assertEqual({int(t): round(float(s), 2) for t, s in zip(types, shares)}, expected, name)

    def test_a_list_s_plural_is_known_in_the_singular(self):
        names = senses(("Elks", CITY), ("plates", RIVER), ("Solarmodule", RIVER), ("Funke", RIVER), ("北京大学s", CITY)).gazetteer()
        for name, known in (("plate", True), ("Solarmodul", True), ("elk", False), ("Funk", False), ("北京大学", False)):
            self.assertEqual(bool(len(names.senses(name)[0])), known, name)

    def test_known_types_are_raised_and_none_stays(self):
        known = KnownNames(senses(("Bern", CITY)).gazetteer(), 0.5, 30)
        s = align({"text": "In New Bern , snow", "entities": []}, {})
        x = known.raised(np.zeros((2, len(FINE) + 1)), s, [(1, 2, 0.9), (2, 2, 0.8)])
        self.assertEqual(np.flatnonzero(x[1]).tolist(), [AT[CITY]])
        self.assertAlmostEqual(x[1, AT[CITY]], 0.5 * np.log(31))
        self.assertFalse(x[0].any())

    def test_a_noun_has_the_type_of_its_nearest_listed_ancestor(self):
        line = lambda at, file, lemma, *above: f"{at:08d} {file:02d} n 01 {lemma} 0 {len(above):03d} {''.join(f'{kind} {to:08d} n 0000 ' for kind, to in above)}| gloss\n"
        (self.folder / "data.noun").write_text("  1 licence\n" + line(1, 15, "city") + line(2, 15, "Bern", ("@i", 1)) + line(3, 5, "animal") + line(4, 5, "elk", ("@", 3)) + line(5, 9, "thought"))
        index = lambda lemma, *at: f"{lemma} n {len(at)} 0 {len(at)} 0 {' '.join(f'{a:08d}' for a in at)}\n"
        (self.folder / "index.noun").write_text("  1 licence\n" + index("bern", 2, 5) + index("elk", 4) + index("city", 1))
        found = Senses()
        WordNet(self.folder).add_to(found)
        self.assertEqual({k: dict(v) for k, v in found.of.items()}, {"bern": {AT[CITY]: 1.0, OTHER: 0.5}, "elk": {AT["biological/species"]: 1.0}, "city": {OTHER: 1.0}})


if __name__ == "__main__":
    unittest.main()
