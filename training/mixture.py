"""Draws the micro-batches of a step, and encodes its label texts."""
from pathlib import Path

import torch
import torch.nn.functional as F

import sources
from changes import pruned, standard
from data import MentionBank, Source, hide, read_names, read_rows, replace_mentions
from encoding import pad_labels
from gazetteer import typed_by_names
from model import FROZEN_LABEL_LAYERS
from words import split_words

MICRO = 32
NAMES = Path(__file__).parent / "corpus" / "names"


def language_of(source):
    """The language of a written set, by its name ("parallel-de")."""
    return source.name.rpartition("-")[2] if source.name.rpartition("-")[2] in sources.LANGUAGES else "en"


class Mixture:
    """Draws (kind, source, sentences); `shares` of the kinds written, open and foreign. A set whose files are missing is left out, and named. `changes`: see changes.py; `kept_out`: mentions that
    written lines were refused for, lower case; the checked sets say nothing of them. Empty: they are as other words. `known`: the Gazetteer
    of the change "known names", which needs one."""

    def __init__(self, folders, rng, shares, sets=(sources.WRITTEN, sources.OPEN, sources.FOREIGN), split=split_words, changes=frozenset(), kept_out=frozenset(), known=None):
        self.rng, self.shares, self.split, self.missing, self.changes = rng, shares, split, [], changes
        self.kept_out = kept_out
        self.sources, self.weights = {"written": [], "open": [], "foreign": []}, {"written": [], "open": [], "foreign": []}

        def add(kind, name, files, weight, **more):
            paths = [next((f / f"{n}.jsonl.gz" for f in folders if (f / f"{n}.jsonl.gz").exists()), None) for n in files]
            if None in paths:
                self.missing.append(name)
                return
            rows = [r for p in paths for r in read_rows(p)]
            if kind == "foreign":
                if "standard labels" in changes:
                    rows = standard(rows, sources.STANDARD.get(name, {}))
                rows = pruned(rows, rng) if "pruned sets" in changes else [r for r in rows if r["entities"] or rng.random() < 0.3]
            s = Source(name, rows, kind == "written", size=MICRO, split=split, **more)
            s.language = rows[0].get("lang", "en") if rows else "en"
            if kind == "foreign" and "known names" in changes:
                s.sentences = [typed_by_names(x, s.allowed, known) for x in s.sentences]
            self.sources[kind].append(s)
            self.weights[kind].append(min(len(s.sentences), 8000) * weight if kind == "foreign" else weight)

        for name, (files, weight) in sets[0].items():
            add("written", name, files, weight)
        for name, (files, weight) in sets[1].items():
            add("open", name, files, weight)
        for name, (files, weight, mapping, partial) in sets[2].items():
            add("foreign", name, files, weight, partial=partial, mapping={} if "no partial labels" in changes else mapping, lowered=name in sources.LOWERED)
        self.banks = {}
        for s in self.sources["written"]:
            self.banks.setdefault(language_of(s), []).append(s)
        self.banks = {k: MentionBank(v, read_names(NAMES / f"{k}.tsv")) for k, v in self.banks.items()}
        self.names = sorted({l for kind in ("open", "foreign") for s in self.sources[kind] for l in s.labels})

    def next(self, length=None):
        kind = self.rng.choices(list(self.shares), list(self.shares.values()))[0]
        source = self.rng.choices(self.sources[kind], self.weights[kind])[0]
        sentences = source.next(length)
        if kind == "written" and "no other mentions" not in self.changes:
            p_list = 0.1 if "lists of mentions" in self.changes else 0.0
            p_compound = 0.2 if "compound names" in self.changes else 0.0
            language = language_of(source)
            sentences = [replace_mentions(s, self.banks[language], self.rng, split=self.split, p_list=p_list, p_compound=p_compound, language=language) if self.rng.random() < 0.45 else s for s in sentences]
        elif kind == "foreign" and "known names" in self.changes and source.language in self.banks:
            sentences = [replace_mentions(s, self.banks[source.language], self.rng, split=self.split) if self.rng.random() < 0.45 else s for s in sentences]
        if source.name in sources.CHECKED and self.kept_out:
            sentences = [hide(s, self.kept_out) for s in sentences]
        return kind, source, sentences


class Labels:
    """Encodes a step's label texts: the frozen lower layers once per text ever, the upper layers once a step."""

    def __init__(self, model, pieces, device="cpu"):
        self.model, self.pieces, self.device, self.lower, self.general = model, pieces, device, {}, {}

    def fill(self, texts):
        new = sorted((t for t in dict.fromkeys(texts) if t not in self.lower), key=len)
        for i in range(0, len(new), 128):
            part = new[i : i + 128]
            ids, mask = (x.to(self.device) for x in pad_labels([self.pieces.label(t) for t in part]))
            h = self.model.label_lower(ids, mask)
            with torch.no_grad():
                g = F.normalize(self.model.pool_label(self.model.label.run(h, mask, self.model.label.layers[FROZEN_LABEL_LAYERS:]), mask), dim=-1)
            for k, t in enumerate(part):
                self.lower[t] = h[k, : int(mask[k].sum())].float()
                self.general.setdefault(t, g[k].cpu().numpy())  # what `compare` took stays

    def compare(self, names, untrained):
        """Takes the similarities of these names from a model with the published weights; later names are compared by the model that trains."""
        first = self if untrained is self.model else Labels(untrained, self.pieces)
        first.fill(names)
        self.general = first.general

    def similarity(self, a, b):
        return float(self.general[a] @ self.general[b])

    def strangers(self, names, present, rng):
        """draw(n): up to n names that are unlike all names of `present`."""
        def draw(n):
            picked = rng.sample(names, min(len(names), 3 * n))
            return [t for t in picked if all(self.similarity(t, p) < 0.4 for p in present)][:n]

        return draw

    def encode(self, texts):
        """-> finding [L,FIND], typing [L,TYPE]; long and short texts in passes of their own."""
        self.fill(texts)
        order = sorted(range(len(texts)), key=lambda i: len(self.lower[texts[i]]))
        cut = next((k for k, i in enumerate(order) if len(self.lower[texts[i]]) > 7), len(order))
        finds, types = [], []
        for part in (order[:cut], order[cut:]):
            if not part:
                continue
            rows = [self.lower[texts[i]] for i in part]
            n, rows = len(rows), rows + [rows[0]] * (-len(rows) % 32)  # few different shapes
            t = -(-max(map(len, rows)) // 8) * 8
            h = torch.stack([F.pad(r, (0, 0, 0, t - len(r))) for r in rows])
            mask = (torch.arange(t)[None] < torch.tensor([[len(r)] for r in rows])).long().to(self.device)
            find, typ = self.model.label_upper(h, mask)
            finds.append(find[:n])
            types.append(typ[:n])
        back = torch.tensor(order).argsort().to(self.device)
        return torch.cat(finds)[back], torch.cat(types)[back]


class FixedLabels(Labels):
    """Label vectors of a finished label encoder: every text is encoded once."""

    def __init__(self, model, pieces, device="cpu"):
        super().__init__(model, pieces, device)
        self.vectors = {}

    def encode(self, texts):
        new = [t for t in texts if t not in self.vectors]
        if new:
            with torch.no_grad():
                find, typ = super().encode(new)
            self.vectors |= {t: (find[k].float(), typ[k].float()) for k, t in enumerate(new)}
        return torch.stack([self.vectors[t][0] for t in texts]), torch.stack([self.vectors[t][1] for t in texts])


def lowered(s):
    """The sentence in lower case, where that keeps offsets."""
    text = s.text.lower()
    return s.__class__(text, s.words, s.entities, s.unknown, s.missed, s.id) if len(text) == len(s.text) else s
