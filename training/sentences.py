"""Cuts a user's passages into sentences, which is how the packs read text: one sentence a row."""
import re

ABBREVIATIONS = set("mr mrs ms dr prof st no nos vs etc e.g i.e fig al inc ltd co corp jr sr gen col lt sgt rev hon vol pp ca approx dept est art z.b bzw usw u.a m p ej sra sres".split())
STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』”）]*|[ \t]*\n\s*")


def ends_sentence(text, stop):
    """Whether a match of STOP ends a sentence: not after an abbreviation or an initial, nor before a small letter."""
    if not stop.group().startswith("."):
        return True
    before = re.search(r"([^\s(]+)$", text[: stop.start()])
    word = before.group(1) if before else ""
    if word.lower() in ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
        return False
    following = text[stop.end() :].lstrip()
    return not following[:1].islower()


def cut(passage):
    """Sentences of a passage as passages of their own; no cut falls into an entity, blanks at the ends go."""
    text, entities = passage["text"], passage["entities"]
    borders = [0]
    for stop in STOP.finditer(text):
        if ends_sentence(text, stop) and not any(e["start"] < stop.end() < e["end"] for e in entities):
            borders.append(stop.end())
    borders.append(len(text))
    out = []
    for a, b in zip(borders, borders[1:]):
        part = text[a:b]
        start = a + len(part) - len(part.lstrip())
        end = max(start, a + len(part.rstrip()), *[e["end"] for e in entities if a <= e["start"] < b]) if part.strip() else start
        inside = [{**e, "start": e["start"] - start, "end": e["end"] - start} for e in entities if start <= e["start"] and e["end"] <= end]
        if start < end:
            out.append({**passage, "id": f"{passage['id']}.{len(out) + 1}", "text": text[start:end], "entities": inside})
    return out
