"""Reading of users' files. Needs no PyTorch: PYTHONPATH=training python -m unittest discover -s training/tests"""
import gzip
import json
import tempfile
import unittest
from pathlib import Path

from reading import place_mentions, read_passages
from sentences import cut


class Reading(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def test_offsets_are_code_points_or_utf16(self):
        line = lambda a, b: json.dumps({"text": "😀 Blue Tern", "entities": [{"start": a, "end": b, "label": "ship"}]})
        for offsets, (a, b) in (("code-points", (2, 11)), ("utf16", (3, 12))):
            [passage], problems = read_passages(self.file("a.jsonl", line(a, b)), offsets)
            self.assertEqual(problems, [])
            self.assertEqual([(e["start"], e["end"]) for e in passage["entities"]], [(2, 11)])
        _, [problem] = read_passages(self.file("a.jsonl", line(3, 12)))
        self.assertIn("--offsets utf16", str(problem))
        _, [problem] = read_passages(self.file("a.jsonl", line(1, 12)), "utf16")
        self.assertIn("inside a surrogate pair", str(problem))

    def test_problems_name_file_and_line(self):
        path = self.file("a.jsonl", '{"text": "a"}\n\n{"text": 3}\n{"text": "b", "entities": [{"start": 1, "end": 1, "label": "x"}]}\nno\n')
        passages, problems = read_passages(path)
        self.assertEqual([p["text"] for p in passages], ["a"])
        self.assertEqual([(p.file, p.line) for p in problems], [(str(path), n) for n in (3, 4, 5)])

    def test_dynamicner_json_packed_or_not(self):
        content = json.dumps({"s1": {"sentence": "No ship.", "entity": [], "category": []}, "s2": {"sentence": "a", "entity": ["b"], "category": ["x"]}}, indent=4)
        for data in (content.encode(), gzip.compress(content.encode())):
            passages, [problem] = read_passages(self.file("a.json", data))
            self.assertEqual([p["text"] for p in passages], ["No ship."])
            self.assertEqual(problem.line, content[: content.index('"s2"')].count("\n") + 1)

    def test_mentions_are_placed_in_order_at_word_borders(self):
        text = "Oaks: the Oak met the Oak Line at oak  bay."
        self.assertEqual(place_mentions(text, ["Oak", "Oak Line", "Oak Bay", "Elm"], ["t"] * 4, [None] * 4), [(10, 13), (22, 30), (34, 42), None])
        self.assertEqual(place_mentions("Oak Oak", ["Oak"], ["t"], [[4, 7]]), [(4, 7)])

    def test_sentences_keep_entities_whole(self):
        text = "Dr. Ma sailed. St. Ives Ltd. Boats\nlay there! 船が来た。終わり。"
        start = text.index("St.")
        passage = {"id": "p", "text": text, "entities": [{"start": start, "end": text.index("\n"), "label": "company"}]}
        parts = cut(passage)
        self.assertEqual([p["text"] for p in parts], ["Dr. Ma sailed.", "St. Ives Ltd. Boats", "lay there!", "船が来た。", "終わり。"])
        [e] = parts[1]["entities"]
        self.assertEqual(parts[1]["text"][e["start"] : e["end"]], "St. Ives Ltd. Boats")


if __name__ == "__main__":
    unittest.main()
