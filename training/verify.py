"""Checks an exported pack: the fp32 graphs against PyTorch, and that a sentence's result does not depend on its batch.

    python verify.py --data DIR/dev --checkpoint runs/v2/last.pt --fp32 runs/v2/fp32 --pack ../models/dynamicner-en-small
"""
import argparse
import random

import numpy as np
import torch

from data import COARSE, collate
from decode import decode_spans, join
from engines import load_engine
from encoding import features, probabilities, span_vectors
from evaluate import read_set
from names import names_of


def compare_with_torch(reference, engine, sentences):
    """Largest differences of the joined probabilities, of the vectors of words, labels and spans, and of the logits of none."""
    names = [names_of(c)[0] for c in COARSE]
    a, b = reference.labels(names), engine.labels(names)
    fa, fb = features(reference, sentences), features(engine, sentences)
    p = [np.abs(probabilities(reference, x, a[0]) - probabilities(engine, y, b[0])).max() for (x, _), (y, _) in zip(fa, fb)]
    w = max(float((x - y).abs().max()) for (_, x), (_, y) in zip(fa, fb))
    golds = [[(e[0], e[1]) for e in s.entities] for s in sentences]
    spans = [np.concatenate([v for v in span_vectors(e, f, golds) if v.shape[1] > 1]) for e, f in ((reference, fa), (engine, fb))]
    return {"probability": float(max(p)), "word vector": w, "label typing": float(np.abs(a[1] - b[1]).max()),
            "span vector": float(np.abs(spans[0][:, :-1] - spans[1][:, :-1]).max()), "none": float(np.abs(spans[0][:, -1] - spans[1][:, -1]).max())}


def compare_batches(engine, sentences, threshold=0.5):
    """The same sentences alone, and shuffled in batches of 32 of mixed length: (different span lists, largest difference of a probability)."""
    find, _ = engine.labels([names_of(c)[0] for c in COARSE])
    joined = {}
    for i, s in enumerate(sentences):
        f, _ = engine.text(collate([s], engine.pieces))
        joined[i] = join(probabilities(engine, f[0].numpy(), find), "noisy-or")
    order = list(range(len(sentences)))
    random.Random(3).shuffle(order)
    worst, different = 0.0, 0
    for k in range(0, len(order), 32):
        part = order[k : k + 32]
        batch = collate([sentences[i] for i in part], engine.pieces)
        f, _ = engine.text(batch)
        for row, i in enumerate(part):
            p = join(probabilities(engine, f[row, : len(joined[i])].numpy(), find), "noisy-or")
            worst = max(worst, float(np.abs(p - joined[i]).max()))
            different += [s[:2] for s in decode_spans(p, threshold)] != [s[:2] for s in decode_spans(joined[i], threshold)]
    return different, worst


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--checkpoint", required=True)
    p.add_argument("--fp32")
    p.add_argument("--pack")
    p.add_argument("--vocabulary", help="of a multilingual checkpoint")
    p.add_argument("--sets", nargs="*", default=["dynamicner-written-en-dev", "dynamicner-written-en-2-dev"])
    p.add_argument("--count", type=int, default=500)
    a = p.parse_args()
    torch.set_num_threads(2)
    reference = load_engine(checkpoint=a.checkpoint, vocabulary=a.vocabulary)
    sentences = [s for name in a.sets for s in read_set(a.data, name, True, reference.pieces.split)][: a.count]
    for kind, pack in (("fp32", a.fp32), ("pack", a.pack)):
        if pack:
            engine = load_engine(pack=pack)
            print(kind, "against PyTorch:", compare_with_torch(reference, engine, sentences[:200]))
            print(kind, "alone against batches of 32: different span lists %d, largest difference %.1e" % compare_batches(engine, sentences))


if __name__ == "__main__":
    main()
