"""Reads a user's data sets: JSONL with offsets, DynamicNER JSON, either of them gzip'd. Needs no PyTorch.

A passage is {"id", "lang", "text", "entities": [{"start", "end", "label", "path"?, "state"?}], "line"}, offsets in code points, end exclusive.
What cannot be read is a `Problem` with file and line; the passage is then left out.
"""
import bisect
import gzip
import json
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

STATES = {"suggested", "accepted", "corrected", "added", "rejected"}


@dataclass
class Problem:
    """What is wrong at a place, and the mend."""

    file: str
    line: int
    message: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.message}"


class Utf16:
    """Turns offsets in UTF-16 units into code points of one text."""

    def __init__(self, text):
        self.starts = [0]
        for ch in text:
            self.starts.append(self.starts[-1] + (2 if ord(ch) > 0xFFFF else 1))

    def to_code_point(self, offset):
        """None where the offset lies outside the text or inside a surrogate pair."""
        at = bisect.bisect_left(self.starts, offset)
        return at if at < len(self.starts) and self.starts[at] == offset else None


def read_content(path):
    """The text of a file, unpacked where it is gzip'd. Raises ValueError with file and reason."""
    data = Path(path).read_bytes()
    if data[:2] == b"\x1f\x8b":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as e:
            raise ValueError(f"{path}: it is no whole gzip file ({e}). Copy it again.") from e
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise ValueError(f"{path}:{data[: e.start].count(10) + 1}: it is not UTF-8. Save it as UTF-8.") from e


def is_lines(content):
    """Whether the file holds an object a line (JSONL) rather than one object (DynamicNER)."""
    first = next((l for l in content.splitlines() if l.strip()), "")
    try:
        value = json.loads(first)
    except ValueError:
        return re.match(r'\{[^\n]*"text"\s*:', first.strip()) is not None
    return not isinstance(value, dict) or "text" in value or not any(isinstance(v, dict) and "sentence" in v for v in value.values())


def read_passages(path, offsets="code-points"):
    """(passages, problems) of one file. Raises ValueError where it cannot be opened at all."""
    content = read_content(path)
    if is_lines(content):
        return read_lines(content, str(path), offsets)
    return read_dynamicner(content, str(path))


def read_lines(content, file, offsets):
    passages, problems = [], []
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        try:
            passages.append({**read_line(json.loads(line), offsets, f"{Path(file).name}#{number}"), "line": number})
        except json.JSONDecodeError as e:
            problems.append(Problem(file, number, f"the line is not JSON: {e.msg} at column {e.colno}. Write one whole JSON object a line."))
        except ValueError as e:
            problems.append(Problem(file, number, str(e)))
    return passages, problems


def read_line(value, offsets, place):
    """One passage from the object of a line. Raises ValueError."""
    if not isinstance(value, dict):
        raise ValueError('the line is no JSON object. Write a passage as {"text": "…", "entities": […]}.')
    text, items = value.get("text"), value.get("entities", [])
    if not isinstance(text, str):
        raise ValueError('the passage has no text. Write it as a string under "text".')
    if not isinstance(items, list):
        raise ValueError('"entities" is no array. Write [{"start": …, "end": …, "label": …}].')
    units = Utf16(text) if offsets == "utf16" else None
    entities = []
    for k, e in enumerate(items):
        field = f"entities[{k}]"
        if not isinstance(e, dict):
            raise ValueError(f'{field} is no object. Write {{"start": …, "end": …, "label": …}}.')
        entities.append(read_entity(e, field, text, units))
    return {"id": str(value.get("id") or place), "lang": value.get("lang") if isinstance(value.get("lang"), str) else None, "text": text, "entities": entities}


def read_entity(e, field, text, units):
    start, end = (read_offset(e.get(k), f"{field}.{k}", text, units) for k in ("start", "end"))
    if start >= end:
        raise ValueError(f"{field}: the end {e['end']} does not lie after the start {e['start']}. The end is the offset after the last character.")
    path = e.get("path")
    if path is None and isinstance(e.get("coarse"), str):
        path = [e[k] for k in ("coarse", "medium", "label") if isinstance(e.get(k), str)]
    if path is not None and not (isinstance(path, list) and path and all(isinstance(p, str) and p.strip() for p in path)):
        raise ValueError(f"{field}.path is no array of names. Write the names from the top level down.")
    label = e.get("label", path[-1] if path else None)
    if not isinstance(label, str) or not label.strip():
        raise ValueError(f'{field} has no label. Write the name of its type as "label".')
    state = e.get("state", "suggested")
    if state not in STATES:
        raise ValueError(f"{field}.state is {json.dumps(state)}. It must be one of {', '.join(sorted(STATES))}.")
    return {"start": start, "end": end, "label": label.strip(), "state": state, **({"path": path} if path else {})}


def read_offset(value, field, text, units):
    unit = "UTF-16 units" if units else "code points"
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{field} is {json.dumps(value)}. Write a whole number of {unit}.")
    at = units.to_code_point(value) if units else value if 0 <= value <= len(text) else None
    if at is None and units and 0 <= value <= units.starts[-1]:
        raise ValueError(f"{field} = {value} lies inside a surrogate pair. Move it by one unit, or read the file with --offsets code-points.")
    if at is None:
        length = units.starts[-1] if units else len(text)
        fits = units is None and 0 <= value <= Utf16(text).starts[-1]
        mend = "It would fit as UTF-16 units: read the file with --offsets utf16." if fits else f"Count {unit} from the beginning of the text."
        raise ValueError(f"{field} = {value} lies outside the text, which has {length} {unit}. {mend}")
    return at


def read_dynamicner(content, file):
    """DynamicNER's JSON: mentions without offsets, found by the rules of `place_mentions`."""
    try:
        entries = json.loads(content)
    except json.JSONDecodeError as e:
        return [], [Problem(file, e.lineno, f"the file is not JSON: {e.msg} at column {e.colno}.")]
    if not isinstance(entries, dict):
        return [], [Problem(file, 1, 'the file is no object of sentences. Write {"sentence1": {"sentence": "…", "entity": […], "category": […]}}.')]
    passages, problems, at = [], [], 0
    for key, entry in entries.items():
        found = re.compile(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:").search(content, at)
        at = found.end() if found else at
        line = content.count("\n", 0, at) + 1
        try:
            passages.append({**read_entry(key, entry), "line": line})
        except ValueError as e:
            problems.append(Problem(file, line, f"“{key}”: {e}"))
    return passages, problems


def read_entry(key, entry):
    if not isinstance(entry, dict) or not isinstance(entry.get("sentence"), str):
        raise ValueError('it has no sentence. Write its text as a string under "sentence".')
    text, names, types, spans = entry["sentence"], entry.get("entity", []), entry.get("category", []), entry.get("span")
    for field, values in (("entity", names), ("category", types)):
        if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
            raise ValueError(f'"{field}" is no array of texts.')
    if len(names) != len(types):
        raise ValueError(f"{len(names)} entities and {len(types)} categories. Give each entity one category, in the same order.")
    if spans is not None and (not isinstance(spans, list) or len(spans) != len(names)):
        raise ValueError('"span" is no array with one place for each entity. Write [[start, end], …] in code points, or remove it.')
    places = place_mentions(text, names, types, spans or [None] * len(names))
    missing = [n for n, p in zip(names, places) if p is None]
    if missing:
        raise ValueError(f"“{missing[0]}” does not occur in the sentence, or not as often as it is listed. Correct or remove it.")
    return {"id": key, "lang": None, "text": text, "entities": [{"start": a, "end": b, "label": t.strip(), "state": "suggested"} for (a, b), t in zip(places, types)]}


def place_mentions(text, mentions, types, spans):
    """(start, end) of each mention, or None: a place that the file says, else the next free occurrence at or after the end of the mention before,
    else the first free one; between word borders before others; then without regard to case and blanks; then where another mention stands."""
    given = [tuple(s) if isinstance(s, list) and len(s) == 2 and all(isinstance(v, int) for v in s) and text[s[0] : s[1]] == m else None for s, m in zip(spans, mentions)]
    taken, kept, after, out = [s for s in given if s], {(s, t) for s, t in zip(given, types) if s}, 0, []
    is_free = lambda p: all(p[1] <= a or b <= p[0] for a, b in taken)
    for mention, kind, place in zip(mentions, types, given):
        if place is None:
            exact = [m.span(1) for m in re.finditer(f"(?=({re.escape(mention)}))", text)]
            blank = r"\s*".join(re.escape(c) for c in mention if not c.isspace())
            like = [m.span(1) for m in re.finditer(f"(?=({blank}))", text, re.IGNORECASE)] if blank else []
            for places in ([p for p in exact if is_free(p)], [p for p in like if is_free(p)], [p for p in exact if (p, kind) not in kept]):
                place = pick(text, places, after)
                if place:
                    break
        if place:
            taken.append(place)
            kept.add((place, kind))
            after = place[1]
        out.append(place)
    return out


UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")


def pick(text, places, after):
    joins = lambda c: (c.isalnum() or c == "_") and not UNSPACED.match(c)
    inside = lambda at: 0 < at < len(text) and joins(text[at - 1]) and joins(text[at])
    bounded = [p for p in places if not inside(p[0]) and not inside(p[1])]
    for group in (bounded, places):
        if group:
            return next((p for p in group if p[0] >= after), group[0])
    return None
