"""Types that a foreign label and a known name give together, and what they teach."""
import random
import unittest

from data import FINE, MentionBank, Sentence, align, nodes_to_fine, replace_mentions
from gazetteer import AT, OTHER, Senses, typed_by_names
from targets import allowed_types

CITY, RIVER, MUSICIAN, ACTOR = (FINE[AT[n]] for n in ("geo-political entity/city", "geographical entity/water body", "real person/musician", "real person/actor"))
PERSON = {"person": nodes_to_fine(["person"])}


def row(text, *entities):
    return align({"text": text, "entities": [{"start": text.index(m), "end": text.index(m) + len(m), "label": label} for m, label in entities]})


def names(*rows):
    out = Senses()
    for name, path, weight in rows:
        out.add(name, OTHER if path is None else "/".join(path[1:]), weight)
    return out.gazetteer()


class Known(unittest.TestCase):
    def test_a_name_and_its_label_leave_one_type(self):
        s = typed_by_names(row("ana river sings", ("ana river", "person")), PERSON, names(("Ana River", MUSICIAN, 3), ("Ana River", RIVER, 5)))
        self.assertEqual(s.entities, [(0, 1, "person", MUSICIAN)])

    def test_what_is_open_stays_open(self):
        known = names(("Ana", MUSICIAN, 3), ("Ana", ACTOR, 2), ("Bo", RIVER, 1), ("Cy", ACTOR, 1), ("Cy", None, 15), ("Di", ACTOR, 1))
        s = row("Ana, Bo, Cy, Di and Ed", ("Ana", "person"), ("Bo", "person"), ("Cy", "person"), ("Di", "thing"), ("Ed", "person"))
        self.assertEqual([e[3] for e in typed_by_names(s, PERSON, known).entities], [None] * 5, "several types, none of the label's, seldom a name, no label of the map, not known")

    def test_a_type_narrows_what_the_label_allows(self):
        class source:
            allowed = PERSON
        self.assertEqual(allowed_types(source, (0, 0, "person", ACTOR)), {FINE.index(ACTOR)})
        self.assertEqual(allowed_types(source, (0, 0, "person", None)), PERSON["person"])
        self.assertIsNone(allowed_types(source, (0, 0, "thing", None)))

    def test_other_names_keep_the_label_and_the_type(self):
        s = Sentence(**vars(row("ana sang in oslo", ("ana", "person"), ("oslo", "place"))))
        s.entities = [(*s.entities[0][:3], MUSICIAN), s.entities[1]]
        for seed in range(20):
            out = replace_mentions(s, MentionBank([], {MUSICIAN: ["Bo Diddley"]}), random.Random(seed), p=1.0, p_list=1.0, p_compound=1.0)
            self.assertTrue(out.text.endswith(" sang in oslo"))
            self.assertTrue(out.text.startswith("bo diddley") or "bo diddley" in out.text)
            self.assertEqual(out.entities[-1][2:], ("place", None))
            self.assertTrue(all(e[2:] in (("person", MUSICIAN), ("musician", MUSICIAN)) for e in out.entities[:-1]))

    def test_sentences_with_unknown_words_stay(self):
        s = row("ana sang", ("ana", "person"))
        s.entities, s.unknown = [(0, 0, "person", MUSICIAN)], [1]
        self.assertIs(replace_mentions(s, MentionBank([], {MUSICIAN: ["Bo"]}), random.Random(1), p=1.0), s)


if __name__ == "__main__":
    unittest.main()
