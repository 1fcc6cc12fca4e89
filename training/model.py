"""The bi-encoder: a text encoder, a label encoder and two heads, on BERT layers written out so that export stays simple."""
import math

import torch
import torch.nn.functional as F
from torch import nn

HIDDEN, HEADS, LAYERS, INNER = 384, 12, 6, 1536
FIND, TYPE, MLP = 256, 384, 512  # width of the finding vectors, of the typing vectors, of the heads' hidden layer
FROZEN_LABEL_LAYERS = 3
SPAN_PARTS = 6  # first word, last word, mean of the span, mean of the sentence, left neighbour, right neighbour


class _Masks:
    """A pool of dropout masks, read at random offsets: drawing each mask anew costs 6 % of a step on a CPU."""

    pool, uses = None, 0

    @classmethod
    def draw(cls, x, p):
        if cls.pool is None or cls.pool.device != x.device or cls.uses >= 2000 or x.numel() > cls.pool.numel() // 2:
            cls.pool = (torch.rand(max(2**23, 4 * x.numel()), device=x.device) >= p).to(torch.bfloat16) / (1 - p)
            cls.uses = 0
        cls.uses += 1
        at = int(torch.randint(cls.pool.numel() - x.numel(), ()))
        return cls.pool[at : at + x.numel()].view(x.shape).to(x.dtype)


def dropout(x, p, training):
    return x * _Masks.draw(x, p) if training and p else x


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x, mask, drop):
        """x [B,T,H], mask [B,1,1,T] added to the scores (0 or -10000). Written out: the fused CPU kernel's backward pass is slower."""
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        scores = (q * (HIDDEN // HEADS) ** -0.5) @ k.transpose(-1, -2) + mask
        a = (scores.softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(b, t, HIDDEN)
        x = self.norm1(x + dropout(self.out(a), drop, self.training))
        return self.norm2(x + dropout(self.down(F.gelu(self.up(x))), drop, self.training))


class Bert(nn.Module):
    """all-MiniLM-L6-v2's encoder; with eleven shapes the multilingual one, whose piece 0 has no vector."""

    def __init__(self, shapes=0, pieces=30522):
        super().__init__()
        self.words = nn.Embedding(pieces, HIDDEN, padding_idx=0 if shapes == 11 else None)
        self.positions = nn.Embedding(512, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.shapes = nn.Embedding(shapes, HIDDEN) if shapes else None
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def load(self, tensors):
        """Copies the published weights (safetensors names) in; the shape embedding starts at zero."""
        t = dict(tensors)
        emb = "embeddings."
        state = {"words.weight": t[emb + "word_embeddings.weight"], "positions.weight": t[emb + "position_embeddings.weight"],
                 "kind": t[emb + "token_type_embeddings.weight"][0], "norm.weight": t[emb + "LayerNorm.weight"], "norm.bias": t[emb + "LayerNorm.bias"]}
        for i in range(LAYERS):
            src, dst = f"encoder.layer.{i}.", f"layers.{i}."
            for part in ("weight", "bias"):
                state[dst + "qkv." + part] = torch.cat([t[f"{src}attention.self.{n}.{part}"] for n in ("query", "key", "value")])
                for ours, theirs in (("out", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"),
                                     ("up", "intermediate.dense"), ("down", "output.dense"), ("norm2", "output.LayerNorm")):
                    state[f"{dst}{ours}.{part}"] = t[f"{src}{theirs}.{part}"]
        missing = self.load_state_dict(state, strict=False)
        assert not missing.unexpected_keys and all("shapes" in k for k in missing.missing_keys), missing
        if self.shapes is not None:
            nn.init.zeros_(self.shapes.weight)

    def embed(self, ids, shape_ids=None, drop=0.0, lexicon=None):
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.kind
        if lexicon is not None:
            x = x + self.words(lexicon)
        if shape_ids is not None:
            x = x + self.shapes(shape_ids)
        return dropout(self.norm(x), drop, self.training)

    def run(self, x, mask, layers, drop=0.0):
        if torch.is_autocast_enabled(x.device.type):  # the residual stream too: a sixth faster on a CPU
            x = x.to(torch.get_autocast_dtype(x.device.type))
        mask = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in layers:
            x = layer(x, mask, drop)
        return x


def mlp(inside, hidden, outside):
    return nn.Sequential(nn.Linear(inside, hidden), nn.GELU(), nn.Linear(hidden, outside))


class BiEncoder(nn.Module):
    def __init__(self, shapes=10, pieces=30522):
        super().__init__()
        self.text, self.label = Bert(shapes, pieces), Bert()
        self.find_word, self.find_label = mlp(2 * HIDDEN, MLP, 3 * FIND), mlp(HIDDEN, HIDDEN, FIND)
        self.type_span, self.type_label = mlp(SPAN_PARTS * HIDDEN, MLP, TYPE), mlp(HIDDEN, HIDDEN, TYPE)
        self.type_none = nn.Linear(MLP, 1)  # from the hidden layer of `type_span`: the logit of "none of the list"
        self.find_bias = nn.Parameter(torch.tensor([-4.0, -3.0, -4.0]))  # start, inside, end
        self.type_scale = nn.Parameter(torch.tensor(math.log(12.0)))

    def encode_text(self, ids, mask, shape_ids, first, last, drop=0.0, lexicon=None):
        """ids, mask, shape_ids, lexicon [B,T]; first, last [B,W] -> finding [B,W,3,FIND], words [B,W,HIDDEN]."""
        h = self.text.run(self.text.embed(ids, shape_ids, drop, lexicon), mask, self.text.layers, drop)
        pick = lambda index: torch.gather(h, 1, index[..., None].expand(-1, -1, HIDDEN))
        a, b = pick(first), pick(last)
        finding = self.find_word(dropout(torch.cat([a, b], -1), drop, self.training)) * (3 / math.sqrt(FIND))
        return finding.unflatten(-1, (3, FIND)), (a + b) / 2

    def pool_label(self, h, mask):
        """Mean over the pieces, scaled to unit variance: [L,T,H], [L,T] -> [L,H]."""
        m = mask[..., None].to(h.dtype)
        return F.normalize(((h * m).sum(1) / m.sum(1)).float(), dim=-1) * math.sqrt(HIDDEN)

    def label_lower(self, ids, mask):
        """The frozen part of the label encoder, [L,T] -> [L,T,H]; its result may be cached."""
        with torch.no_grad():
            return self.label.run(self.label.embed(ids), mask, self.label.layers[:FROZEN_LABEL_LAYERS])

    def label_upper(self, h, mask):
        """-> finding [L,FIND], typing [L,TYPE] (unit length times the learned scale)."""
        p = self.pool_label(self.label.run(h, mask, self.label.layers[FROZEN_LABEL_LAYERS:]), mask)
        return self.find_label(p), F.normalize(self.type_label(p).float(), dim=-1) * self.type_scale.exp()

    def encode_spans(self, spans, drop=0.0):
        """[N, SPAN_PARTS*HIDDEN] -> unit vectors [N,TYPE], logits of "none" [N]."""
        h = self.type_span[1](self.type_span[0](dropout(spans, drop, self.training)))
        return F.normalize(self.type_span[2](h).float(), dim=-1), self.type_none(h).float().squeeze(-1)


def span_inputs(words, lengths, rows, starts, ends):
    """Typing input of spans: words [B,W,H], lengths [B]; rows, starts, ends [N] (inclusive) -> [N, SPAN_PARTS*H]."""
    b, w, _ = words.shape
    real = (torch.arange(w, device=words.device)[None] < lengths[:, None])[..., None].to(words.dtype)
    sums = F.pad((words * real).float().cumsum(1), (0, 0, 1, 0))
    mean = (sums[rows, ends + 1] - sums[rows, starts]) / (ends - starts + 1)[:, None]
    sentence = sums[rows, lengths[rows]] / lengths[rows][:, None]
    left = words[rows, (starts - 1).clamp(min=0)] * (starts > 0)[:, None]
    right = words[rows, (ends + 1).clamp(max=w - 1)] * (ends + 1 < lengths[rows])[:, None]
    return torch.cat([words[rows, starts], words[rows, ends], mean.to(words.dtype), sentence.to(words.dtype), left, right], -1)
