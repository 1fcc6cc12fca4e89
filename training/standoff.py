"""Annotations of other people's sentences, kept without their text: joins `corpus/standoff/*.jsonl.gz` with the sets that hold the sentences.

    python standoff.py --data DIR --out runs/joined          (DIR holds train/)

Where the sentences are all lower case, an entity has its mention in proper letter case as `text`; the joined sentence gets it, and a capital at its start.
"""
import argparse
import gzip
import json
from pathlib import Path

from data import read_rows

STANDOFF = Path(__file__).parent / "corpus/standoff"


def write_rows(path, rows):
    tmp = path.with_suffix(".tmp")
    with gzip.GzipFile(tmp, "wb", mtime=0) as f:
        f.write("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows).encode())
    tmp.rename(path)


def cased(text, entities):
    """The text with the mentions' letters in the place of its own; as it is where no mention has letters."""
    named = [e for e in entities if "text" in e]
    for e in named:
        old = text[e["start"] : e["end"]]
        if len(e["text"]) != len(old) or e["text"].lower() != old.lower():  # another length would move what follows
            raise ValueError(f"{e['text']!r} is not {old!r} in another letter case")
        text = text[: e["start"]] + e["text"] + text[e["end"] :]
    return text[:1].upper() + text[1:] if named and len(text[:1].upper()) == 1 else text


def joined(row, sentence, name):
    """The row of the set `name`: a standoff row with the text and language of its sentence."""
    entities = [{k: v for k, v in e.items() if k != "text"} for e in row["entities"]]
    return {"id": row["id"], "lang": sentence["lang"], "set": name, "split": "train", "text": cased(sentence["text"], row["entities"]), "entities": entities}


def join(data, out):
    """Writes one set per standoff file; every line names the set and sentence it belongs to. Raises KeyError where a sentence is missing."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(STANDOFF.glob("*.jsonl.gz")):
        rows = read_rows(path)
        texts = {r["id"]: r for name in sorted({r["file"] for r in rows}) for r in read_rows(data / "train" / f"{name}.jsonl.gz")}
        name = path.name.removesuffix(".jsonl.gz")
        write_rows(out / path.name, [joined(r, texts[r["id"]], name) for r in rows])
        print(name, len(rows))


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    join(a.data, a.out)
