"""Words, word shapes and word pieces: what the TypeScript pipeline has to reproduce (see CONTRACT.md)."""
import unicodedata

import regex
from tokenizers import Tokenizer

# JavaScript's \s, spelled out: Python's differs in a few control characters.
SPACE = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
CJK = r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]"
WORD = regex.compile(rf"{CJK}|(?:(?!{CJK})[\p{{L}}\p{{N}}\p{{M}}])+|[^{SPACE}]")
# The same pattern for JavaScript, flags "gu".
WORD_JS = rf"{CJK}|(?:(?!{CJK})[\p{{L}}\p{{N}}\p{{M}}])+|\S"
MAX_PIECES = 8
WINDOW = 256
SHAPES = ["special", "digits", "mixed", "punctuation", "lower", "upper", "single capital", "capitalised", "camel", "caseless"]
CLS, SEP, UNK = 101, 102, 100


def split_words(text):
    """Words of `text` as (start, end) in code points, end exclusive."""
    return [m.span() for m in WORD.finditer(text)]


def shape_of(word):
    """Index into SHAPES of a word's shape, by the Unicode categories of its characters (marks are ignored)."""
    letters = digits = upper = lower = 0
    first_upper = False
    for ch in word:
        cat = unicodedata.category(ch)
        if cat[0] == "L":
            if cat in ("Lu", "Lt"):
                first_upper = first_upper or letters == 0
                upper += 1
            elif cat == "Ll":
                lower += 1
            letters += 1
        elif cat[0] == "N":
            digits += 1
    if digits:
        return 2 if letters else 1
    if not letters:
        return 3
    if not upper:
        return 4 if lower else 9
    if upper == letters:
        return 6 if letters == 1 else 5
    return 7 if first_upper and upper == 1 else 8


class WordPieces:
    """Tokenises words one by one, with a cache; labels as whole texts."""

    def __init__(self, path):
        self.tokenizer = Tokenizer.from_file(str(path))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.cache = {}

    def word(self, word):
        """(piece ids, shape) of one word: 1 to MAX_PIECES pieces, [UNK] where the tokenizer gives none."""
        hit = self.cache.get(word)
        if hit is None:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids[:MAX_PIECES] or [UNK]
            hit = self.cache[word] = (ids, shape_of(word))
        return hit

    def label(self, text, limit=64):
        """Piece ids of a label text with [CLS] and [SEP], cut to `limit`."""
        ids = self.tokenizer.encode(text, add_special_tokens=False).ids[: limit - 2]
        return [CLS] + ids + [SEP]

    def window(self, words):
        """One sequence of as many words as fit: (ids, shapes, first, last), the last two a word's piece indices."""
        ids, shapes, first, last = [CLS], [0], [], []
        for w in words:
            pieces, shape = self.word(w)
            if len(ids) + len(pieces) + 1 > WINDOW:
                break
            first.append(len(ids))
            ids += pieces
            shapes += [shape] * len(pieces)
            last.append(len(ids) - 1)
        return ids + [SEP], shapes + [0], first, last
