"""Opens a checkpoint or an exported pack behind one interface: text(batch), labels(texts), spans(inputs)."""
import json
from pathlib import Path

import numpy as np
import os
import torch

from encoding import TorchEngine, pad_labels
from gazetteer import Gazetteer, KnownNames
from words import WordPieces

TEXT_INPUTS = {"ids": "input_ids", "mask": "attention_mask", "shapes": "shape_ids", "first": "word_first", "last": "word_last", "lexicon": "lexicon_ids"}


def file_of(pack, name):
    """A file of a pack, which may be its base's."""
    pack = Path(pack)
    base = json.loads((pack / "pack.json").read_text()).get("base")
    return pack / name if (pack / name).exists() or base is None else pack.parent / base["name"] / name


def known_names(pack):
    """The names that a pack knows, with their weight; None where it knows none."""
    said = json.loads((Path(pack) / "pack.json").read_text()).get("gazetteer")
    return said and KnownNames(Gazetteer.read(file_of(pack, said["file"])), said["weight"], said["sharpness"])


class OnnxEngine:
    """The pack's graphs in ONNX Runtime, with its own word pieces and those of its labels."""

    def __init__(self, pack, threads=2):
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # it reports to its maker since 1.29
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self.sessions = {n: ort.InferenceSession(str(file_of(pack, f"{n}.onnx")), options, providers=["CPUExecutionProvider"]) for n in ("text", "label", "typing")}
        self.pack = json.loads((Path(pack) / "pack.json").read_text())
        self.pieces = WordPieces(file_of(pack, "tokenizer.json"), "lexicon" in self.pack)
        self.label_pieces = WordPieces(file_of(pack, self.pack["labelTokenizer"])) if "labelTokenizer" in self.pack else self.pieces
        self.bias = np.array(self.pack["finding"]["bias"], np.float32)
        self.known = known_names(pack)

    def text(self, batch):
        finding, words = self.sessions["text"].run(["finding", "words"], {v: batch[k].numpy() for k, v in TEXT_INPUTS.items() if k in batch})
        return torch.from_numpy(finding), torch.from_numpy(words)

    def labels(self, texts):
        out = []
        for i in range(0, len(texts), 64):
            ids, mask = pad_labels([self.label_pieces.label(t) for t in texts[i : i + 64]])
            out.append(self.sessions["label"].run(["finding", "typing"], {"input_ids": ids.numpy(), "attention_mask": mask.numpy()}))
        return np.concatenate([o[0] for o in out]), np.concatenate([o[1] for o in out])

    def spans(self, x):
        vectors, none = self.sessions["typing"].run(["vectors", "none"], {"spans": x.float().numpy()})
        return np.concatenate([vectors, none[:, None]], -1)


def load_model(checkpoint=None, vocabulary=None):
    """(model, its word pieces, its label pieces) of an English checkpoint, or with a vocabulary of a multilingual one."""
    if vocabulary:
        from multilingual import load_multilingual

        model, pieces, label_pieces = load_multilingual(vocabulary)
    else:
        from train import load_base

        model, pieces = load_base()
        label_pieces = pieces
    if checkpoint:
        model.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=False)["model"])
    return model.eval(), pieces, label_pieces


def load_engine(checkpoint=None, pack=None, vocabulary=None):
    if pack:
        return OnnxEngine(pack)
    model, pieces, label_pieces = load_model(checkpoint, vocabulary)
    return TorchEngine(model, pieces, label_pieces=label_pieces)
