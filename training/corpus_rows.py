"""Writes and checks files in the format of corpus/README.md. Needs no PyTorch."""
import gzip
import json
from pathlib import Path

from reading import Problem


def write_rows(path, rows):
    """Writes gzip'd JSONL, the same bytes for the same rows; the file appears when it is complete."""
    path = Path(path)
    tmp = path.with_suffix(".tmp")
    with gzip.GzipFile(tmp, "wb", mtime=0) as f:
        f.write("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows).encode())
    tmp.rename(path)


def problem_of(row):
    """What is wrong with a row, or None."""
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not isinstance(row.get("id"), str):
        return 'a row needs the strings "id" and "text"'
    if not isinstance(row.get("entities"), list):
        return 'a row needs the array "entities"'
    for k, e in enumerate(row["entities"]):
        start, end = e.get("start"), e.get("end")
        if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(row["text"]):
            return f"entities[{k}]: {start} to {end} is no range of the text's {len(row['text'])} code points"
        if not isinstance(e.get("label"), str):
            return f"entities[{k}] has no label"
    return None


def read_checked(path):
    """(rows, problems) of a gzip'd JSONL file."""
    rows, problems = [], []
    try:
        with gzip.open(path, "rt", encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                try:
                    row = json.loads(line)
                    wrong = problem_of(row)
                except ValueError as e:
                    wrong = f"the line is not JSON: {e}"
                if wrong:
                    problems.append(Problem(str(path), number, wrong))
                else:
                    rows.append(row)
    except (OSError, EOFError, UnicodeDecodeError) as e:
        problems.append(Problem(str(path), len(rows) + len(problems) + 1, f"the file cannot be read further: {e}"))
    return rows, problems
