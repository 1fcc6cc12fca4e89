"""The losses of both heads on one micro-batch. See README.md for what each set teaches."""
import numpy as np
import torch
import torch.nn.functional as F

from data import COARSE, FINE, MEDIUM
from targets import COARSE_OF, MEDIUM_OF, dynamic_version

FINE_INDEX = {p: i for i, p in enumerate(FINE)}
OFF = -1e4


def exact_product(vectors, label):
    """vectors [N,D] x label [L,D] -> [N,L] in float32: bf16 would round logits of 20 to the nearest 1/8."""
    with torch.autocast(vectors.device.type, enabled=False):
        return vectors.float() @ label.float().T


def finding_loss(finding, label, bias, target):
    """finding [B,W,3,D], label [L,D] -> binary cross-entropy summed over labels and the three, averaged over words."""
    b, w, _, d = finding.shape
    x = exact_product(finding.reshape(-1, d), label).view(b, w, 3, -1) + bias[:, None]
    known = torch.from_numpy(target.known).to(x.device)
    words = (known.amax(-1) > 0).sum().clamp(min=1)
    loss = F.binary_cross_entropy_with_logits(x, torch.from_numpy(target.y).to(x.device), reduction="none")
    return (loss * known[:, :, None]).sum() / words, x.detach()


def guessed_spans(x, lengths, columns, threshold=0.3, longest=8):
    """Runs of words that some label of `columns` claims: x [B,W,3,L] logits -> per sentence a list of (first, last)."""
    inside = torch.sigmoid(x[:, :, 1, columns].amax(-1)).cpu().numpy() > threshold
    out = []
    for row, n in zip(inside, lengths):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], row[:n].astype(int), [0]])))
        out.append([(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2]) if b - a <= longest])
    return out


def level_loss(logp, of, gold, n):
    """-log of the summed probability of each span's parent: logp [N,156], of [155] -> parent, gold [N]."""
    index = torch.as_tensor(of, device=logp.device)
    sums = torch.zeros(len(logp), n, device=logp.device).index_add_(1, index, logp[:, : len(FINE)].exp())
    return -(sums.gather(1, gold[:, None]) + 1e-9).log().mean()


def with_none(x, none):
    return torch.cat([x, none[:, None]], -1)


def written_typing(golds, v, none, type_leaf, position, names, rng, changes=frozenset()):
    """Softmax over the fine types and none, medium and coarse as sums; and over a dynamic version with dropped types.
    golds: fine index of every span, -1 where it is no entity."""
    gold = torch.tensor(golds, device=v.device)
    x = with_none(exact_product(v, type_leaf[[position[names[n]] for n in FINE]]), none)
    loss = F.cross_entropy(x, torch.where(gold < 0, len(FINE), gold), label_smoothing=0.04)
    real = gold >= 0
    if real.any() and "no coarser levels" not in changes:
        logp, fine = F.log_softmax(x[real], -1), gold[real]
        loss = loss + 0.4 * level_loss(logp, MEDIUM_OF, torch.as_tensor(MEDIUM_OF, device=v.device)[fine], len(MEDIUM))
        loss = loss + 0.4 * level_loss(logp, COARSE_OF, torch.as_tensor(COARSE_OF, device=v.device)[fine], len(COARSE))
    if "no lists of mixed levels" in changes:
        return loss
    texts, of = dynamic_version(rng, names)
    x = with_none(exact_product(v, type_leaf[[position[t] for t in texts]]), none)
    target = [of[g] if g >= 0 and of[g] >= 0 else len(texts) for g in golds]
    return loss + 0.6 * F.cross_entropy(x, torch.tensor(target, device=v.device), label_smoothing=0.04)


def partial_typing(allowed, v, none, type_leaf, position, names):
    """-log of the summed probability of the fine types that a foreign label allows; allowed: span row -> set of fine indices."""
    rows = list(allowed)
    ok = torch.zeros(len(rows), len(FINE) + 1, dtype=torch.bool)
    for r, k in enumerate(rows):
        ok[r, list(allowed[k])] = True
    x = with_none(exact_product(v[rows], type_leaf[[position[names[n]] for n in FINE]]), none[rows])
    return -F.log_softmax(x, -1).masked_fill(~ok.to(v.device), OFF).logsumexp(-1).mean()


def list_typing(golds, lines, v, none, type_leaf, position, own, strange, known, similarity, rng, smoothing=0.03):
    """Softmax over a list of names, strange names and none. golds: name or None (no entity of the line's names); lines: row of the sentence;
    known[line]: the names that the line speaks of, or None where it speaks of all. Types are dropped from the list now and then: then none is right."""
    texts = own + strange
    at = {t: k for k, t in enumerate(texts)}
    dropped = set(rng.sample(own, max(1, len(own) // 5))) if len(own) > 2 and rng.random() < 0.4 else set()
    x = with_none(exact_product(v, type_leaf[[position[t] for t in texts]]), none)
    off = torch.zeros(x.shape, dtype=torch.bool)
    target, keep = [], []
    for k, (g, line) in enumerate(zip(golds, lines)):
        if g is not None and g not in at:
            continue
        keep.append(k)
        spoken = known[line] if known is not None else None
        for t, c in at.items():
            if t in dropped or t != g and spoken is not None and t not in spoken and (g is None or similarity(t, g) > 0.5):
                off[k, c] = True
        if g is not None and g not in dropped:
            target.append(at[g])
        else:
            if g is not None:  # names like the dropped one might be right
                for t, c in at.items():
                    if similarity(t, g) > 0.5:
                        off[k, c] = True
            target.append(len(texts))
    if not keep:
        return None
    masked = bool(off.any())
    return F.cross_entropy(x.masked_fill(off.to(x.device), OFF)[keep], torch.tensor(target, device=x.device), label_smoothing=0.0 if masked else smoothing)
