"""Writes the golden files that the TypeScript pipeline is tested against, into ../test/fixtures/encoder.

    python make_fixtures.py --checkpoint runs/v2/last.pt --pack ../models/dynamicner-en-small
    python make_fixtures.py --checkpoint runs/m1/last.pt --vocabulary runs/vocabulary --pack ../models/dynamicner-multilingual-small

`golden-PACK.jsonl`: 200 sentences of the written development sets with their words and, for the PyTorch model in float32 ("fp32") and for the
pack's graphs in ONNX Runtime ("int8"), the spans with path, score and the probability of each level; then the first sentences again with flat
lists. The first line says which pack and which lists were used. `tokenizer-PACK.jsonl`: 1,000 generated lines in ten scripts. `names-PACK.jsonl`: names and what the pack's gazetteer says of them.
With a vocabulary the sentences are of eight languages.
Offsets are UTF-16 units, end exclusive.
"""
import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch

from data import FINE
from engines import load_engine
from evaluate import FlatRun, TaxonomyRun, read_set, weigh
from gazetteer import LATIN_ENDINGS, PATHS, name_key

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


def word_offsets(text, split):
    at = utf16(text)
    return [[at[a], at[b]] for a, b in split(text)]


def tokenizer_lines(pieces, label_pieces, count=1000):
    rng = random.Random(2024)
    for i in range(count):
        text = generated_line(rng, list(SCRIPTS)[i % len(SCRIPTS)])
        ids, shapes, first, _, lexicon = pieces.window(text, pieces.split(text))
        row = {"text": text, "ids": label_pieces.tokenizer.encode(text, add_special_tokens=False).ids, "words": word_offsets(text, pieces.split),
               "shapes": [shapes[k] for k in first], "window": ids}
        yield {**row, "lexicon": [lexicon[k] for k in first]} if pieces.multilingual else row


def name_lines(gazetteer, sentences, count=300):
    """Mentions of the sentences, known or not, plain or spelt otherwise, and generated words."""
    rng = random.Random(7)
    mentions = sorted({s.text[s.words[e[0]][0] : s.words[e[1]][1]] for s in sentences for e in s.entities})
    names = rng.sample(mentions, count) + [f"The {m.upper()}s" for m in rng.sample(mentions, 50)] + [m + rng.choice(list(LATIN_ENDINGS)) for m in rng.sample(mentions, 100)] + [w for script in SCRIPTS for w in generated_line(rng, script).split()[:12]]
    for name in names:
        types, shares = gazetteer.senses(name)
        yield {"name": name, "key": name_key(name), "senses": [[PATHS[t].lower(), s] for t, s in zip(types.tolist(), shares.tolist())]}


def span_row(s, first, last, score, path, levels):
    at = utf16(s.text)
    return {"start": at[s.words[first][0]], "end": at[s.words[last][1]], "score": round(score, 6), "path": path, "levelScores": [round(x, 6) for x in levels]}


def extract(engine, sentences, pack):
    """Per sentence the spans with path and scores, by the taxonomy."""
    c = pack["candidates"]
    predicted = TaxonomyRun(engine, sentences).predict(pack["scores"]["taxonomy"], pack["typing"]["temperature"], c["threshold"], c["most"])
    for s, row in zip(sentences, predicted):
        yield [span_row(s, a, b, p * q[2], list(FINE[best]), q) for a, b, best, p, q in row]


def tied(engine, sentences, pack):
    """Ids of the sentences with a span whose two best types are equally probable but for rounding: which of them comes first is no fact of the pack."""
    c, scores = pack["candidates"], pack["scores"]["taxonomy"]
    rows = TaxonomyRun(engine, sentences).rows(pack["typing"]["temperature"], c["threshold"], c["most"])
    shown = (q[weigh(x, scores["weights"], scores["bias"]) >= scores["threshold"]] if len(spans) else np.zeros((0, 2)) for spans, x, q in rows)
    return {s.id for s, q in zip(sentences, shown) if (np.diff(np.sort(q, -1)[:, -2:]) < 2e-3).any()}


def extract_flat(engine, sentences, pack):
    """(labels, per sentence the spans): by a flat list of the types that the sentences have."""
    c, scores = pack["candidates"], pack["scores"]["flat"]
    run = FlatRun(engine, sentences, c["threshold"], c["most"], c["ownLabels"])
    rows = run.predict(scores["weights"], scores["bias"])
    return run.labels, [sorted((span_row(s, a, b, p, [run.labels[l]], []) for a, b, l, p in row if p >= scores["threshold"]), key=lambda x: x["start"]) for s, row in zip(sentences, rows)]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--checkpoint", required=True)
    p.add_argument("--vocabulary", help="of a multilingual checkpoint")
    p.add_argument("--pack", type=Path, required=True)
    p.add_argument("--out", type=Path, default=HERE.parent / "test/fixtures/encoder")
    a = p.parse_args()
    torch.set_num_threads(2)
    pack = json.loads((a.pack / "pack.json").read_text())
    reference, engine = load_engine(checkpoint=a.checkpoint, vocabulary=a.vocabulary), load_engine(pack=a.pack)
    reference.known = engine.known
    split = engine.pieces.split

    def read(name, n):
        sentences = read_set(HERE / "corpus/dev", f"dynamicner-written-{name}-dev", True, split)[: n + 10]
        left_out = tied(engine, sentences, pack)
        return [s for s in sentences if s.id not in left_out][:n]

    sets = [(l, 25) for l in ("en", "de", "fr", "es", "ru", "zh", "ja", "ko")] if a.vocabulary else [("en", 150), ("en-2", 50)]
    sentences = [s for name, n in sets for s in read(name, n)]
    a.out.mkdir(parents=True, exist_ok=True)
    dump = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
    flat = {name: sentences[:n] for name, n in (("few", 12), ("many", 45))}  # on both sides of `candidates.ownLabels`
    exact, rounded = ({name: extract_flat(e, part, pack) for name, part in flat.items()} for e in (reference, engine))
    with open(a.out / f"golden-{pack['name']}.jsonl", "w", encoding="utf-8") as f:
        f.write(dump({"pack": pack["name"], "version": pack["version"], "words": pack["words"]["pattern"], "lists": {name: labels for name, (labels, _) in exact.items()}}))
        for s, x, y in zip(sentences, extract(reference, sentences, pack), extract(engine, sentences, pack)):
            f.write(dump({"id": s.id, "text": s.text, "words": word_offsets(s.text, split), "fp32": x, "int8": y}))
        for name, part in flat.items():
            for s, x, y in zip(part, exact[name][1], rounded[name][1]):
                f.write(dump({"id": f"{name} {s.id}", "list": name, "text": s.text, "fp32": x, "int8": y}))
    if engine.known is not None:
        with open(a.out / f"names-{pack['name']}.jsonl", "w", encoding="utf-8") as f:
            f.writelines(dump(row) for row in name_lines(engine.known.gazetteer, sentences))
    with open(a.out / f"tokenizer-{pack['name']}.jsonl", "w", encoding="utf-8") as f:
        f.writelines(dump(row) for row in tokenizer_lines(engine.pieces, engine.label_pieces))


if __name__ == "__main__":
    main()
