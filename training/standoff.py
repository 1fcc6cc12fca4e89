"""Annotations of other people's sentences, kept without their text: joins `corpus/standoff/*.jsonl.gz` with the sets that hold the sentences.

    python standoff.py --data DIR --out runs/joined          (DIR holds train/)
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


def join(data, out):
    """Writes one set per standoff file; every line names the set and sentence it belongs to. Raises KeyError where a sentence is missing."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(STANDOFF.glob("*.jsonl.gz")):
        rows = read_rows(path)
        texts = {r["id"]: r for name in sorted({r["file"] for r in rows}) for r in read_rows(data / "train" / f"{name}.jsonl.gz")}
        name = path.name.removesuffix(".jsonl.gz")
        write_rows(out / path.name, [{"id": r["id"], "lang": texts[r["id"]]["lang"], "set": name, "split": "train", "text": texts[r["id"]]["text"], "entities": r["entities"]} for r in rows])
        print(name, len(rows))


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    join(a.data, a.out)
