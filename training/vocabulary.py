"""The multilingual pack's vocabulary and the first vectors of its pieces.

    python vocabulary.py --data DIR --out runs/vocabulary [--zh CEDICT.gz] [--ja EDICT]

Pieces: those of MiniLM that the texts use (their vectors are kept); whole words, word parts and characters of the other languages; words of Chinese,
Japanese and Korean that `lexicon_ids` names (CONTRACT.md); bytes. A new piece starts from the mean of the vectors of its English translations
(`glossary/*.tsv`, and dictionaries where given), else from the pieces of its transliteration.
"""
import argparse
import collections
import gzip
import json
import re
import unicodedata
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, models, trainers
from unidecode import unidecode
from wordfreq import get_frequency_dict

from words import LEXICON_LONGEST, LEXICON_PREFIX, split_words_multilingual as split_words, shape_of

HERE = Path(__file__).parent
SPACED = ["en", "de", "fr", "es", "ru"]
RUNS = {"zh": 7000, "ja": 6000, "ko": 5500}  # lexicon words of each
WORDS = {"de": 4800, "fr": 4300, "es": 4300, "ru": 6500}  # whole words of each
ENGLISH, PARTS = 13000, 4000
normal = lambda text: unicodedata.normalize("NFC", text.lower())


def texts_of(folders, languages):
    for folder in folders:
        for path in sorted(folder.glob("*.jsonl.gz")):
            for row in map(json.loads, gzip.open(path, "rt", encoding="utf-8")):
                if row["lang"] in languages:
                    yield row["lang"], row["text"]


def counts(folders):
    """Per language: words of spaced languages, code points of all, and the runs of Chinese, Japanese and Korean."""
    words, chars, runs = collections.defaultdict(collections.Counter), collections.Counter(), collections.defaultdict(collections.Counter)
    for lang, text in texts_of(folders, {*SPACED, *RUNS}):
        at, run = None, ""
        for a, b in split_words(text):
            w = normal(text[a:b])
            chars.update(w)
            if shape_of(w) == 9 and lang in RUNS:
                if at == a:
                    run += w
                else:
                    if run:
                        runs[lang][run] += 1
                    run = w
                at = b
            elif lang in SPACED:
                words[lang][w] += 1
        if run:
            runs[lang][run] += 1
    return words, chars, runs


def glosses(zh, ja):
    """Per language: word -> up to four English glosses."""
    out = collections.defaultdict(dict)
    for path in sorted((HERE / "glossary").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            word, _, gloss = line.partition("\t")
            if gloss.strip():
                out[path.stem][normal(word)] = [g.strip() for g in gloss.split(";")][:4]
    clean = lambda g: re.sub(r"\(.*?\)|\[.*?\]", "", g).strip()
    if zh:
        for line in gzip.open(zh, "rt", encoding="utf-8"):
            m = re.match(r"^(\S+) (\S+) \[.*?\] /(.*)/", line)
            if m:
                good = [c for g in re.split("[/;]", m[3]) if (c := clean(g)) and not g.startswith(("variant of", "old variant", "see ", "CL:", "surname", "used in", "also written", "abbr. for"))]
                for w in {m[1], m[2]}:
                    out["zh"][w] = (out["zh"].get(w, []) + good)[:4]
    if ja:
        for line in open(ja, encoding="euc_jp", errors="ignore"):
            m = re.match(r"^(\S+) (?:\[(.*?)\] )?/(.*)/", line)
            if m:
                good = [c for g in m[3].split("/") if (c := clean(g)) and not g.startswith("EntL")]
                for w in {m[1], *([m[2]] if m[2] and len(m[2]) > 2 else [])}:
                    w = normal(w)
                    out["ja"][w] = (out["ja"].get(w, []) + good)[:4]
    return out


class Vectors:
    """First vectors of pieces from MiniLM's."""

    def __init__(self, tokenizer, table, meanings):
        self.tokenizer, self.table, self.vocabulary = tokenizer, table, tokenizer.get_vocab()
        self.meanings = meanings
        self.weight = {}
        self.stems = collections.defaultdict(list)
        for lang in WORDS:
            for w in meanings[lang]:
                if len(w) >= 5:
                    self.stems[(lang, w[:5])].append(w)

    def english(self, text):
        ids = self.tokenizer.encode(re.sub(r"^(to|the|an?|be) ", "", text.lower()), add_special_tokens=False).ids
        return self.table[ids].mean(0) if ids else None

    def latin(self, text, inside=False):
        """Pieces of a transliteration; `inside`: of a word's part, with ##."""
        plain = re.sub(r"[^a-z0-9]", "", unidecode(text).lower())
        if not plain:
            return None
        if not inside:
            return self.english(plain)
        ids, at = [], 0
        while at < len(plain):
            end = next((e for e in range(len(plain), at, -1) if "##" + plain[at:e] in self.vocabulary), None)
            if end is None:
                return None
            ids.append(self.vocabulary["##" + plain[at:end]])
            at = end
        return self.table[ids].mean(0)

    def meaning(self, word, lang):
        found = [v for g in self.meanings[lang].get(word, []) if (v := self.english(g)) is not None]
        return np.mean(found[:3], 0) if found else None

    def cousin(self, word, lang):
        """Mean over glossed words with a long common beginning (inflected forms)."""
        near = [w for w in self.stems.get((lang, word[:5]), []) if self.common(w, word) >= max(5, 0.7 * max(len(w), len(word)))]
        found = [v for w in near if (v := self.meaning(w, lang)) is not None]
        return np.mean(found, 0) if found else None

    @staticmethod
    def common(a, b):
        return next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))


def parts_of(words):
    """Frequent word parts (##…) of the spaced languages other than English."""
    total = collections.Counter()
    for lang in WORDS:
        total.update({w: c for w, c in words[lang].items() if w.isalpha()})
    t = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    t.train_from_iterator((w for w, c in total.items() for _ in range(min(c, 12))), trainers.WordPieceTrainer(vocab_size=14000, min_frequency=8, special_tokens=["[UNK]"], show_progress=False))
    return [p for p, _ in sorted(t.get_vocab().items(), key=lambda x: x[1]) if p.startswith("##") and len(p) > 3]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--zh", type=Path)
    p.add_argument("--ja", type=Path)
    a = p.parse_args()
    from train import load_base

    model, pieces = load_base()
    table, old = model.text.words.weight.detach().numpy(), pieces.tokenizer
    words, chars, runs = counts([HERE / "corpus/train", a.data / "train"])
    for lang in SPACED:  # common words count even where our texts do not have them
        for w, f in get_frequency_dict(lang).items():
            if f >= 3e-6:
                words[lang][normal(w)] += int(f * 1e6)
    meanings = glosses(a.zh, a.ja)
    vec = Vectors(old, table, meanings)
    chosen = {}  # piece -> first vector
    norm = float(np.linalg.norm(table[2000:20000], axis=1).mean())

    def add(piece, vector, scale=True):
        if piece not in chosen and vector is not None:
            chosen[piece] = vector * (norm / max(1e-6, np.linalg.norm(vector))) if scale else vector

    for piece in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"):
        add(piece, table[old.token_to_id(piece)] * (piece != "[PAD]"), False)  # [PAD] = 0: no lexicon word adds nothing
    rng = np.random.default_rng(0)
    noise = lambda: rng.normal(0, table.std(), table.shape[1]).astype(np.float32)
    for b in range(256):
        add(f"<0x{b:02X}>", noise())
    used = collections.Counter()
    for w, c in words["en"].items():
        for token in old.encode(w, add_special_tokens=False).tokens:
            used[token] += c
    for lang in ("de", "fr", "es"):
        for w, c in words[lang].items():
            for token in old.encode(w, add_special_tokens=False).tokens:
                used[token] += c // 4
    for token, _ in used.most_common(ENGLISH):
        if token != "[UNK]":
            add(token, table[old.token_to_id(token)], False)
    for ch, c in chars.most_common():
        if c >= 2 or len(chars) < 100:
            lang = "ja" if "\u3040" <= ch <= "\u30ff" else "ko" if "\uac00" <= ch <= "\ud7a3" else "zh"
            first = vec.meaning(ch, lang) if shape_of(ch) == 9 else None
            if first is None:
                first = vec.latin(ch)
            add(ch, first if first is not None else noise())
            if shape_of(ch) != 9:
                add("##" + ch, v if (v := vec.latin(ch, True)) is not None else noise())
    report = collections.Counter()
    for lang, most in WORDS.items():
        taken = 0
        for w, _ in words[lang].most_common():
            if taken >= most:
                break
            if not w.isalpha() or len(w) < 2 or w in chosen:
                continue
            first, how = vec.meaning(w, lang), "glossed"
            if first is None:
                first, how = vec.cousin(w, lang), "cousin"
            if first is None:
                first, how = vec.latin(w), "transliterated"
            if first is not None:
                add(w, first)
                report[lang, how] += 1
                taken += 1
    taken = 0
    for part in parts_of(words):
        if taken < PARTS and part not in chosen and (v := vec.latin(part[2:], True)) is not None:
            add(part, v)
            taken += 1
    for lang, most in RUNS.items():  # lexicon words: those that cutting the texts' runs by the dictionary uses, then the commonest of the language
        longest, use = LEXICON_LONGEST, collections.Counter()
        known = {w for w in meanings[lang] if 2 <= len(w) <= longest and all(shape_of(c) == 9 for c in w)}
        common = {normal(w): f for w, f in get_frequency_dict(lang).items()}
        for run, c in runs[lang].items():
            i = 0
            while i < len(run):
                n = next((n for n in range(min(longest, len(run) - i), 1, -1) if run[i : i + n] in known), 1)
                if n > 1:
                    use[run[i : i + n]] += c
                i += n
        for w in known:
            use[w] += int(2e5 * common.get(w, 0)) + (3 if lang == "ko" else 0)  # all glossed words of Korean
        for w, _ in use.most_common(most):
            add(LEXICON_PREFIX + w, vec.meaning(w, lang))
            report[lang, "lexicon"] += 1
    vocabulary = {piece: i for i, piece in enumerate(chosen)}
    a.out.mkdir(parents=True, exist_ok=True)
    special = [{"id": vocabulary[s], "content": s, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True} for s in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")]
    tokenizer = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
                 "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"}]},
                 "pre_tokenizer": None, "post_processor": None, "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
                 "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": vocabulary}}
    (a.out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    torch.save(torch.tensor(np.stack(list(chosen.values()))).half(), a.out / "vectors.pt")
    print(len(chosen), "pieces;", dict(report))


if __name__ == "__main__":
    main()
