"""Makes the golden files of test/fixtures/formats with the formats' own tools.

    python3 -m venv venv && venv/bin/pip install spacy==3.8.18 seqeval==1.2.2 conllu==6.0.0
    venv/bin/python test/golden/make_formats.py

spaCy writes documents and BILUO tags, seqeval the chunks of tag sequences (also of broken ones), and
conllu a CoNLL-U file with what it reads there. All sentences are written for this project.
"""

import json
import random
from pathlib import Path

import conllu
import spacy
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import BILOU, IOB1, IOB2, IOBES, Entities
from spacy.training import biluo_tags_to_offsets, biluo_to_iob, offsets_to_biluo_tags

OUT = Path(__file__).resolve().parents[1] / "fixtures" / "formats"

SENTENCES = [
    ("en", "Mira Holm sailed from Port Ellery to Oslo 🧭 in May.", ["Mira Holm:person", "Port Ellery:port", "Oslo:city", "May:time"]),
    ("en", "The Zoe\u0301 Fund paid 3,000 euros (not dollars) to Dr. Abel Quist's team.", ["Zoe\u0301 Fund:organization", "3,000 euros:money", "Abel Quist:person"]),
    ("de", "Die Brücke über die Leine gehört der Stadt Hannover-Nord.", ["Brücke:building", "Leine:river", "Hannover-Nord:city"]),
    ("zh", "王小明去年搬到了青石镇。", ["王小明:person", "青石镇:town"]),
    ("en", "👩‍🚀 Tess and 👨‍🚀 Otto left Base 7.", ["Tess:person", "Otto:person", "Base 7:facility"]),
    ("en", "Nothing is named here.", []),
]


def spans_of(text, wanted):
    for one in wanted:
        mention, label = one.rsplit(":", 1)
        start = text.index(mention)
        yield start, start + len(mention), label


def spacy_docs():
    documents, tags = [], []
    for language, text, wanted in SENTENCES:
        doc = spacy.blank(language)(text)
        spans = list(spans_of(text, wanted))
        doc.set_ents([doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in spans])
        documents.append(doc.to_json())
        entities = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
        biluo = offsets_to_biluo_tags(doc, entities)
        tags.append({
            "tokens": [token.text for token in doc],
            "biluo": biluo,
            "iob": biluo_to_iob(biluo),
            "mentions": [text[start:end] for start, end, _ in biluo_tags_to_offsets(doc, biluo)],
            "labels": [label for _, _, label in biluo_tags_to_offsets(doc, biluo)],
        })
    write("spacy-docs.jsonl", "".join(json.dumps(document) + "\n" for document in documents))
    write("spacy-biluo.json", json.dumps(tags, ensure_ascii=False, indent=1) + "\n")


def seqeval_chunks():
    """Strict chunks of well-formed tags by scheme; lenient chunks of any IOB2 and IOBES tags."""
    rng = random.Random(7)
    cases = []
    schemes = {"bio": IOB2, "iob1": IOB1, "bioes": IOBES, "bilou": BILOU}
    for name, scheme in schemes.items():
        for _ in range(40):
            tags = well_formed(rng, name)
            entities = Entities([tags], scheme=scheme).entities[0]
            chunks = [[entity.start, entity.end, entity.tag] for entity in entities]
            cases.append({"scheme": name, "tags": tags, "chunks": chunks, "broken": False})
    for name, prefixes in {"bio": "BI", "bioes": "BIES"}.items():
        for _ in range(60):
            tags = [rng.choice(["O", *(f"{p}-{t}" for p in prefixes for t in ("x", "y"))]) for _ in range(rng.randint(1, 9))]
            chunks = [[start, end + 1, kind] for kind, start, end in get_entities(tags)]
            cases.append({"scheme": name, "tags": tags, "chunks": chunks, "broken": True})
    write("seqeval-chunks.json", "[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")


def well_formed(rng, scheme):
    tags, before = [], None
    while len(tags) < 10:
        if rng.random() < 0.4:
            tags.append("O")
            before = None
            continue
        kind, length = rng.choice("xy"), rng.randint(1, 3)
        if scheme == "bio":
            own = ["B", *"I" * (length - 1)]
        elif scheme == "iob1":
            own = ["B" if before == kind else "I", *"I" * (length - 1)]
        else:
            single, last = ("S", "E") if scheme == "bioes" else ("U", "L")
            own = [single] if length == 1 else ["B", *"I" * (length - 2), last]
        tags += [f"{mark}-{kind}" for mark in own]
        before = kind
    return tags


CONLLU = [
    {"id": "s1", "words": [("Tess", "B-person"), ("can", None), ("not", None), ("leave", None), ("New", "B-city"), ("Elm", "I-city"), (".", None)], "range": (2, 3, "cannot"), "text": "Tess cannot leave New Elm."},
    {"id": "s2", "words": [("Otto", "B-person"), ("'s", None), ("boat", None), ("sank", None), ("🚢", None)], "range": None, "text": "Otto's boat sank 🚢"},
]


def conllu_file():
    sentences = []
    for case in CONLLU:
        tokens = conllu.models.TokenList([], metadata={"sent_id": case["id"], "text": case["text"]})
        first, last, surface = case["range"] or (0, 0, "")
        at = 0
        for number, (form, tag) in enumerate(case["words"], start=1):
            if number == first:
                tokens.append(token((first, "-", last), surface, None))
            in_range = first <= number <= last
            if not in_range or number == first:
                written = surface if in_range else form
                at = case["text"].index(written, at) + len(written)
            glued = not in_range and at < len(case["text"]) and case["text"][at] != " "
            misc = {**({"NER": tag} if tag else {}), **({"SpaceAfter": "No"} if glued else {})}
            tokens.append(token(number, form, misc or None))
        sentences.append(tokens)
    content = "".join(sentence.serialize() for sentence in sentences)
    parsed = [
        {
            "id": sentence.metadata["sent_id"],
            "text": sentence.metadata["text"],
            "forms": [one["form"] for one in sentence],
            "tags": [(one["misc"] or {}).get("NER") for one in sentence],
        }
        for sentence in conllu.parse(content)
    ]
    write("written.conllu", content)
    write("written.conllu.json", json.dumps(parsed, ensure_ascii=False, indent=1) + "\n")


def token(number, form, misc):
    columns = ["lemma", "upos", "xpos", "feats", "head", "deprel", "deps"]
    return conllu.models.Token({"id": number, "form": form, **{name: None for name in columns}, "misc": misc})


def write(name, content):
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / name).write_text(content, encoding="utf-8", newline="\n")
    print(name, len(content))


if __name__ == "__main__":
    spacy_docs()
    seqeval_chunks()
    conllu_file()
