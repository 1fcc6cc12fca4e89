"""Annotations without text, joined with their sentences: lower-cased ones get the letter case that the mentions know."""
import unittest

from standoff import cased


class Cased(unittest.TestCase):
    def test_mentions_and_the_start_get_their_capitals(self):
        entities = [{"start": 14, "end": 17, "text": "BAE"}, {"start": 21, "end": 26}]
        self.assertEqual(cased("they used one bae in paris .", entities), "They used one BAE in paris .")

    def test_a_sentence_without_cased_mentions_stays(self):
        self.assertEqual(cased("the deanery .", [{"start": 4, "end": 11}]), "the deanery .")

    def test_other_letters_are_refused(self):
        with self.assertRaisesRegex(ValueError, "'Rome' is not 'bern'"):
            cased("in bern", [{"start": 3, "end": 7, "text": "Rome"}])

    def test_another_length_is_refused(self):
        with self.assertRaisesRegex(ValueError, "another letter case"):
            cased("in i\u0307zmir", [{"start": 3, "end": 9, "text": "\u0130zmir"}])


if __name__ == "__main__":
    unittest.main()
