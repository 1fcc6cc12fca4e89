"""The checker of lists of names: what it refuses, leaves out and keeps apart."""
import gzip
import json
import sys
import tempfile
import unittest
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import check_names
from gather_names import arguments, gather

CITY, RIVER = "geo-political entity/city", "geographical entity/water body"


class ListsOfNames(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        row = {"id": "1", "lang": "en", "set": "dynamicner-en", "text": "He left Ghent.", "entities": [{"start": 8, "end": 13, "label": "city"}]}
        with gzip.open(self.folder / "dev.jsonl.gz", "wt") as f:
            f.write(json.dumps(row) + "\n")

    def check(self, text):
        (self.folder / "new.tsv").write_text(text)
        argv = ["check_names", str(self.folder / "new.tsv"), "--dev", str(self.folder), "--out", str(self.folder / "lists/en.tsv"), "--left-out", str(self.folder / "left/en.tsv")]
        with patch.object(sys, "argv", argv), redirect_stdout(StringIO()):
            check_names.main()
        return [(self.folder / f"{name}/en.tsv").read_text() for name in ("lists", "left")]

    def test_mentions_of_development_sets_are_kept_apart(self):
        kept, left = self.check(f"{CITY}\tGhent | Bruges | Bruges\n{RIVER}\tScheldt\n")
        self.assertEqual(kept, f"{CITY}\tBruges\n{RIVER}\tScheldt\n")
        self.assertEqual(left, f"{CITY}\tGhent\n")
        _, left = self.check(f"{RIVER}\tGHENT\n")
        self.assertEqual(left, f"{CITY}\tGhent\n{RIVER}\tGHENT\n", "those of before stay")

    def test_unknown_types_are_refused(self):
        with self.assertRaises(SystemExit) as refused:
            self.check("city\tGhent\n")
        self.assertIn("new.tsv:1: 'city' is no `medium/fine`", str(refused.exception))

    def test_a_gazetteer_reads_them_where_it_is_told_to(self):
        self.check(f"{CITY}\tGhent | Bruges\n")
        none = [str(self.folder / "none")]
        options = [x for name in ("--geonames", "--wordnet", "--iso") for x in (name, *none)]
        for also, known in (([], 0), (["--also", str(self.folder / "left")], 1)):
            senses, _ = gather(arguments().parse_args([*options, "--lists", str(self.folder / "lists"), *also, "--out", str(self.folder / "names.bin")]))
            names = senses.gazetteer()
            self.assertEqual([len(names.senses(n)[0]) for n in ("Bruges", "Ghent")], [1, known])


if __name__ == "__main__":
    unittest.main()
