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
# The multilingual pack takes a Hangul syllable as a word too: particles then never hide the end of an entity.
ONE = r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\p{Script=Hangul}]"
WORD_MULTILINGUAL = regex.compile(rf"{ONE}|(?:(?!{ONE})[\p{{L}}\p{{N}}\p{{M}}])+|[^{SPACE}]")
WORD_MULTILINGUAL_JS = rf"{ONE}|(?:(?!{ONE})[\p{{L}}\p{{N}}\p{{M}}])+|\S"
LEXICON_PREFIX, LEXICON_LONGEST = "\u25a1", 6  # a lexicon word's piece in the vocabulary, its most code points
MAX_PIECES = 8
WINDOW = 256
SHAPES = ["special", "digits", "mixed", "punctuation", "lower", "upper", "single capital", "capitalised", "camel", "caseless"]


def split_words(text):
    """Words of `text` as (start, end) in code points, end exclusive."""
    return [m.span() for m in WORD.finditer(text)]


def split_words_multilingual(text):
    """The same for the multilingual pack."""
    return [m.span() for m in WORD_MULTILINGUAL.finditer(text)]


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
    """Tokenises words one by one, with a cache; labels as whole texts. `multilingual`: byte fall-back, eleven shapes, lexicon pieces."""

    def __init__(self, path, multilingual=False):
        self.tokenizer = Tokenizer.from_file(str(path))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.multilingual, self.cache, self.strings = multilingual, {}, {}
        self.vocabulary = self.tokenizer.get_vocab()
        self.cls, self.sep, self.unk = (self.vocabulary[t] for t in ("[CLS]", "[SEP]", "[UNK]"))
        self.split = split_words_multilingual if multilingual else split_words
        self.lexicon = {p[1:]: i for p, i in self.vocabulary.items() if p[0] == LEXICON_PREFIX and len(p) > 2} if multilingual else {}

    def word(self, word):
        """(piece ids, shape) of one word: 1 to MAX_PIECES pieces, [UNK] where the tokenizer gives none."""
        hit = self.cache.get(word)
        if hit is None:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids
            if self.multilingual and self.unk in ids:
                ids = self.fall_back(word)
            hit = self.cache[word] = (ids[:MAX_PIECES] or [self.unk], shape_of(word))
        return hit

    def fall_back(self, word):
        """Pieces of the code points, bytes where the vocabulary has none."""
        ids = []
        for i, ch in enumerate(unicodedata.normalize("NFC", word.lower())):
            piece = self.vocabulary.get(("##" if i else "") + ch)
            ids += [piece] if piece is not None else [self.vocabulary[f"<0x{b:02X}>"] for b in ch.encode("utf-8", "surrogatepass")]
        return ids

    def label(self, text, limit=64):
        """Piece ids of a label text with [CLS] and [SEP], cut to `limit`."""
        ids = self.tokenizer.encode(text, add_special_tokens=False).ids[: limit - 2]
        return [self.cls] + ids + [self.sep]

    def lexicon_of(self, run):
        """The lexicon piece, or 0, of every code point of a run, cut greedily from the left."""
        out, i = [], 0
        while i < len(run):
            n = next((n for n in range(min(LEXICON_LONGEST, len(run) - i), 1, -1) if run[i : i + n] in self.lexicon), 1)
            out += [self.lexicon[run[i : i + n]] if n > 1 else 0] * n
            i += n
        return out

    def window(self, text, spans):
        """One sequence of as many words as fit: (ids, shapes, first, last, lexicon ids), first and last a word's piece indices."""
        ids, shapes, first, last, owner = [self.cls], [0], [], [], [-1]
        end, kinds = None, []
        for k, (a, b) in enumerate(spans):
            pieces, shape = self.word(text[a:b])
            if self.multilingual and shape == 9 and not (end == a and kinds and kinds[-1] in (9, 10)):
                shape = 10
            if len(ids) + len(pieces) + 1 > WINDOW:
                break
            end = b
            kinds.append(shape)
            first.append(len(ids))
            ids += pieces
            owner += [k] * len(pieces)
            shapes += [shape] * len(pieces)
            last.append(len(ids) - 1)
        lexicon = [0] * (len(ids) + 1)
        if self.multilingual and 10 in kinds:
            of_word = self.runs(text, spans, kinds)
            lexicon = [of_word[k] if k >= 0 else 0 for k in owner] + [0]
        return ids + [self.sep], shapes + [0], first, last, lexicon

    def runs(self, text, spans, kinds):
        """The lexicon piece of every word: runs of one-letter words without gaps."""
        out, k = [0] * len(kinds), 0
        while k < len(kinds):
            if kinds[k] != 10:
                k += 1
                continue
            end = k + 1
            while end < len(kinds) and kinds[end] == 9:
                end += 1
            letters = [unicodedata.normalize("NFC", text[a:b].lower()) for a, b in spans[k:end]]
            if all(len(x) == 1 for x in letters):
                out[k:end] = self.lexicon_of("".join(letters))
            k = end
        return out
