"""Writes the golden files that the TypeScript pipeline is tested against, into ../test/fixtures/encoder.

    python make_fixtures.py --checkpoint runs/v1/last.pt --pack ../models/dynamicner-en-small

`golden.jsonl`: 200 sentences of the written development sets with their words and, for the PyTorch model in float32 ("fp32") and for the
pack's graphs in ONNX Runtime ("int8"), the spans with path and scores. `tokenizer.jsonl`: 1,000 generated lines in ten scripts.
Offsets are UTF-16 units, end exclusive. The first line of golden.jsonl says which settings were used.
"""
import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch

from data import COARSE, FINE, MEDIUM
from decode import decode_spans, log_softmax
from engines import load_engine
from evaluate import TaxonomyRun, read_set, span_vectors
from targets import COARSE_OF, MEDIUM_OF
from words import WORD_JS, shape_of, split_words

HERE = Path(__file__).parent
SCRIPTS = {
    "latin": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZàéîõüßøłžğıİœæñçÅÉ", "greek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώΑΒΓΔΘΛΞΠΣΦΨΩ",
    "cyrillic": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИКЛМНОПРСТУФЯїієґ", "hebrew": "אבגדהוזחטיכלמנסעפצקרשתםןץףך", "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤةى",
    "devanagari": "अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसहािीुूेैोौ्ंँ", "thai": "กขคฆงจฉชซญฎฏฐฑดตถทธนบปผฝพฟภมยรลวศษสหอฮะาิีึืุูเแโใไ่้",
    "han": "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会", "kana": "あいうえおかきくけこさしすせそたちつてとなにぬねのアイウエオカキクケコパピプペポッャュョー",
    "hangul": "가나다라마바사아자차카타파하강한국서울대학교도시사람김이박최정",
}
MARKS, EMOJI = "\u0301\u0308\u0327\u0323\u20dd\ufe0f", ["😀", "👍🏽", "👨‍👩‍👧", "🇩🇪", "❤️", "🏴‍☠️", "1️⃣", "𝒜", "🜁"]
CONTROL, PUNCTUATION = "\u0000\u0007\u001f\u007f\u0085\u200b\u200d\u200e\u00ad\ufeff\ufffd", ".,;:!?'\"()[]{}<>-_–—…/\\|@#$%^&*+=~`«»„“”‘’。、「」؟،।€§°"


def generated_line(rng, script):
    """A line of words in `script`, sometimes with Latin words, digits, emoji, marks, controls, odd blanks."""
    out = []
    for _ in range(rng.randint(1, 14)):
        r = rng.random()
        letters = SCRIPTS[script] if r < 0.75 else SCRIPTS["latin"]
        word = "".join(rng.choice(letters) for _ in range(rng.randint(1, 9)))
        if r > 0.9:
            word = str(rng.randint(0, 10**6)) + rng.choice(["", "th", "km", "%", ".5", "٣٤", "४२", "²", "Ⅷ"])
        if rng.random() < 0.12:
            at = rng.randint(0, len(word))
            word = word[:at] + rng.choice(MARKS) + word[at:]
        if rng.random() < 0.05:
            word += rng.choice(CONTROL)
        if rng.random() < 0.25:
            word += rng.choice(PUNCTUATION)
        if rng.random() < 0.08:
            word += rng.choice(EMOJI)
        if rng.random() < 0.01:
            word *= rng.randint(15, 30)
        out.append(word)
    return rng.choice(["", "", "", " "]) + "".join(w + rng.choice([" "] * 8 + ["", "-", "_", "\u00a0", "\t", "\u3000"]) for w in out)


def utf16(text):
    """Code point offset -> UTF-16 offset, as a list."""
    out = [0]
    for ch in text:
        out.append(out[-1] + (2 if ord(ch) > 0xFFFF else 1))
    return out


def word_offsets(text):
    at = utf16(text)
    return [[at[a], at[b]] for a, b in split_words(text)]


def tokenizer_lines(pieces, count=1000):
    rng = random.Random(2024)
    for i in range(count):
        text = generated_line(rng, list(SCRIPTS)[i % len(SCRIPTS)])
        words = split_words(text)
        yield {"text": text, "ids": pieces.tokenizer.encode(text, add_special_tokens=False).ids, "words": word_offsets(text),
               "shapes": [shape_of(text[a:b]) for a, b in words], "window": pieces.window([text[a:b] for a, b in words])[0]}


def extract(engine, sentences, pack):
    """Per sentence the spans with path, finding score and the probability of the path."""
    finding, mix = pack["finding"]["taxonomy"], pack["typing"]["mix"]
    run = TaxonomyRun(engine, sentences)
    finder = "mention" if finding["labels"] == "mention" else finding["join"]
    spans = [decode_spans(p, finding["threshold"]) for p in run.joined(finder)]
    c, m = len(COARSE), len(COARSE) + len(MEDIUM)
    for s, found, v in zip(sentences, spans, span_vectors(engine, run.feats, spans)):
        at, rows = utf16(s.text), []
        if found:
            x = v @ run.type[:-1].T
            score = mix["fine"] * log_softmax(x[:, m:]) + mix["medium"] * log_softmax(x[:, c:m])[:, MEDIUM_OF] + mix["coarse"] * log_softmax(x[:, :c])[:, COARSE_OF]
            p = np.exp(log_softmax(score))
            for k, (a, b, f) in enumerate(found):
                best = int(p[k].argmax())
                rows.append({"start": at[s.words[a][0]], "end": at[s.words[b][1]], "score": round(f, 6), "path": list(FINE[best]), "typeScore": round(float(p[k, best]), 6)})
        yield rows


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--checkpoint", required=True)
    p.add_argument("--pack", type=Path, required=True)
    p.add_argument("--out", type=Path, default=HERE.parent / "test/fixtures/encoder")
    a = p.parse_args()
    torch.set_num_threads(2)
    dev = HERE / "corpus/dev"
    sentences = read_set(dev, "dynamicner-written-en-dev", True)[:150] + read_set(dev, "dynamicner-written-en-2-dev", True)[:50]
    pack = json.loads((a.pack / "pack.json").read_text())
    reference, engine = load_engine(checkpoint=a.checkpoint), load_engine(pack=a.pack)
    a.out.mkdir(parents=True, exist_ok=True)
    dump = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
    with open(a.out / "golden.jsonl", "w", encoding="utf-8") as f:
        f.write(dump({"pack": pack["name"], "version": pack["version"], "finding": pack["finding"]["taxonomy"], "mix": pack["typing"]["mix"], "words": WORD_JS}))
        for s, exact, rounded in zip(sentences, extract(reference, sentences, pack), extract(engine, sentences, pack)):
            f.write(dump({"id": s.id, "text": s.text, "words": word_offsets(s.text), "fp32": exact, "int8": rounded}))
    with open(a.out / "tokenizer.jsonl", "w", encoding="utf-8") as f:
        f.writelines(dump(row) for row in tokenizer_lines(reference.pieces))


if __name__ == "__main__":
    main()
