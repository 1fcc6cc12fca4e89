"""Lists put in place of mentions, and the false spans that two entities make together."""
import random
import unittest

from data import FINE, LAST, MentionBank, align, enumerate_mentions, hide, replace_mentions, set_apart
from targets import false_spans, misjoined_spans

CITY = next(p for p in FINE if p[2] == "city")
NAMES = ["Oslo", "Cape Town", "Stoke and Bath", "Lima"]


def sentence(text, *mentions):
    spans = [{"start": text.index(m), "end": text.index(m) + len(m), "label": CITY[2], "medium": CITY[1], "coarse": CITY[0]} for m in mentions]
    return align({"text": text, "entities": spans}, {})


def mentions(s, spans):
    return [s.text[s.words[a][0] : s.words[z][1]] for a, z, *_ in spans]


class Lists(unittest.TestCase):
    def test_offsets_point_at_the_mentions(self):
        for seed in range(40):
            text, at = enumerate_mentions(NAMES, seed % 2 == 0, random.Random(seed))
            self.assertEqual([text[a : a + len(n)] for a, n in zip(at, NAMES)], NAMES)
            self.assertEqual(" , " in text, seed % 2 == 0)

    def test_lists_are_written_as_in_their_language(self):
        for language in LAST:
            text, at = enumerate_mentions(["A", "B", "C"], False, random.Random(3), language)
            self.assertEqual([text[a] for a in at], ["A", "B", "C"])
            self.assertEqual("、" in text, language in ("zh", "ja"))

    def test_a_mention_becomes_several_each_marked(self):
        bank = MentionBank([], {CITY: NAMES})
        for seed in range(40):
            s = replace_mentions(sentence("She left Rome in May.", "Rome"), bank, random.Random(seed), p=0.0, p_list=1.0)
            found = mentions(s, s.entities)
            self.assertIn("Rome", found)
            self.assertLessEqual(set(found), {"Rome", *NAMES})
            self.assertEqual(len(found), len(set(found)))
            self.assertTrue(s.text.startswith("She left ") and s.text.endswith(" in May."))
        self.assertGreater(len(found), 1)

    def test_none_without_the_change(self):
        s = sentence("She left Rome in May.", "Rome")
        self.assertEqual(replace_mentions(s, MentionBank([], {CITY: NAMES}), random.Random(1), p=0.0).text, s.text)


class Compounds(unittest.TestCase):
    def test_names_with_small_words_come_in(self):
        bank = MentionBank([], {CITY: NAMES})
        for text, mention in (("She left Rome in May.", "Rome"), ("She left Rome in May .", "Rome")):
            s = replace_mentions(sentence(text, mention), bank, random.Random(2), p=0.0, p_compound=1.0)
            self.assertEqual(mentions(s, s.entities), ["Stoke and Bath"])

    def test_common_nouns_and_persons_stay(self):
        bank = MentionBank([], {CITY: NAMES})
        s = sentence("She left town in May.", "town")
        self.assertEqual(replace_mentions(s, bank, random.Random(2), p=0.0, p_compound=1.0).text, s.text)
        person = next(p for p in FINE if p[0] == "person")
        self.assertIsNone(MentionBank([], {person: ["Helen of Troy"]}).draw_compound(person, random.Random(2)))

    def test_punctuation_stands_apart_as_in_tokenised_text(self):
        for name, expected in (("People's Bank", "People 's Bank"), ("(New) Town, Ohio", "( New ) Town , Ohio"), ("AC/DC", "AC/DC")):
            self.assertEqual(set_apart(name), expected)


class NeutralWords(unittest.TestCase):
    def test_unmarked_words_become_unknown_and_are_never_false_spans(self):
        s = hide(sentence("In Oslo the swimming pool and the pool are full.", "Oslo"), {"swimming pool", "pool", "oslo"})
        self.assertEqual([s.text[s.words[i][0] : s.words[i][1]] for i in s.unknown], ["swimming", "pool", "pool"])
        for seed in range(60):
            self.assertFalse(any("pool" in m for m in mentions(s, false_spans(s, 99, [(3, 4)], random.Random(seed), misjoined=True))))

    def test_a_sentence_without_them_is_as_it_was(self):
        s = sentence("In Oslo it rains.", "Oslo")
        self.assertIs(hide(s, {"oslo", "pool"}), s)


class FalseSpans(unittest.TestCase):
    def test_neighbours_and_parts_are_false(self):
        s = sentence("From New York City and Oslo she went home.", "New York City", "Oslo")
        seen = {m for seed in range(60) for m in mentions(s, misjoined_spans(s, random.Random(seed)))}
        self.assertEqual(seen, {"New York City and Oslo", "New", "New York", "York City", "City"})

    def test_no_entity_is_false(self):
        s = sentence("From New York City and Oslo she went home.", "New York City", "Oslo", "York")
        for seed in range(60):
            self.assertNotIn("York", mentions(s, false_spans(s, 99, [], random.Random(seed), misjoined=True)))

    def test_distant_entities_are_not_joined(self):
        s = sentence("Oslo is farther to the north than Lima.", "Oslo", "Lima")
        self.assertEqual(misjoined_spans(s, random.Random(1)), [])


if __name__ == "__main__":
    unittest.main()
