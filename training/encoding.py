"""Features of sentences and spans with the PyTorch model; the same functions serve engines of exported graphs."""
import numpy as np
import torch

from data import collate
from decode import sigmoid
from model import span_inputs


class TorchEngine:
    known = None  # names that a pack knows (gazetteer.py)

    def __init__(self, model, pieces, bf16=False, label_pieces=None):
        self.model, self.pieces, self.bf16, self.label_pieces = model.eval(), pieces, bf16, label_pieces or pieces
        self.bias = model.find_bias.detach().numpy()

    @torch.no_grad()
    def text(self, batch):
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            f, w = self.model.encode_text(*(batch[k] for k in ("ids", "mask", "shapes", "first", "last")), lexicon=batch.get("lexicon"))
        return f.float(), w.float()

    @torch.no_grad()
    def labels(self, texts):
        finds, types = [], []
        for i in range(0, len(texts), 256):
            ids, mask = pad_labels([self.label_pieces.label(t) for t in texts[i : i + 256]])
            with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
                f, t = self.model.label_upper(self.model.label_lower(ids, mask), mask)
            finds.append(f.float())
            types.append(t.float())
        return torch.cat(finds).numpy(), torch.cat(types).numpy()

    @torch.no_grad()
    def spans(self, x):
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            v, none = self.model.encode_spans(x)
        return torch.cat([v, none[:, None]], -1).float().numpy()


def pad_labels(rows):
    t = max(map(len, rows))
    ids = torch.tensor([r + [0] * (t - len(r)) for r in rows])
    return ids, (torch.arange(t)[None] < torch.tensor([[len(r)] for r in rows])).long()


def features(engine, sentences, size=32):
    """Per sentence (finding [W,3,D], words tensor [1,W,H])."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].words))
    out = [None] * len(sentences)
    for k in range(0, len(order), size):
        batch = collate([sentences[i] for i in order[k : k + size]], engine.pieces)
        f, w = engine.text(batch)
        for row, i in enumerate(order[k : k + size]):
            n = int(batch["lengths"][row])
            out[i] = (f[row, :n].numpy(), w[row : row + 1, :n])
    return out


def span_vectors(engine, feats, spans):
    """spans: per sentence (first, last, …) -> per sentence [n,TYPE+1]: a unit vector and the logit of "none"."""
    rows = [span_inputs(w, torch.tensor([w.shape[1]]), torch.zeros(len(s), dtype=torch.long), torch.tensor([x[0] for x in s]), torch.tensor([x[1] for x in s]))
            for (_, w), s in zip(feats, spans) if s]
    if not rows:
        return [np.zeros((0, 1))] * len(spans)
    vectors, at, out = engine.spans(torch.cat(rows)), 0, []
    for s in spans:
        out.append(vectors[at : at + len(s)])
        at += len(s)
    return out


def finding_logits(engine, finding, label_vectors):
    """finding [W,3,D] x labels [L,D] -> [W,3,L] in 64 bits."""
    return (finding @ label_vectors.T).astype(np.float64) + engine.bias[:, None]


def probabilities(engine, finding, label_vectors):
    """The same as probabilities."""
    return sigmoid(finding_logits(engine, finding, label_vectors))
