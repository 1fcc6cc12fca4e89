"""Opens a checkpoint or an exported pack behind one interface: text(batch), labels(texts), spans(inputs)."""
import json
from pathlib import Path

import numpy as np
import torch

from evaluate import TorchEngine, pad_labels
from train import load_base


class OnnxEngine:
    """The pack's graphs in ONNX Runtime."""

    def __init__(self, pack, pieces, threads=2):
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self.sessions = {n: ort.InferenceSession(str(Path(pack) / f"{n}.onnx"), options, providers=["CPUExecutionProvider"]) for n in ("text", "label", "typing")}
        self.pieces = pieces
        self.pack = json.loads((Path(pack) / "pack.json").read_text())
        self.bias = np.array(self.pack["finding"]["bias"], np.float32)

    def text(self, batch):
        names = {"ids": "input_ids", "mask": "attention_mask", "shapes": "shape_ids", "first": "word_first", "last": "word_last"}
        finding, words = self.sessions["text"].run(["finding", "words"], {v: batch[k].numpy() for k, v in names.items()})
        return torch.from_numpy(finding), torch.from_numpy(words)

    def labels(self, texts):
        out = []
        for i in range(0, len(texts), 64):
            ids, mask = pad_labels([self.pieces.label(t) for t in texts[i : i + 64]])
            out.append(self.sessions["label"].run(["finding", "typing"], {"input_ids": ids.numpy(), "attention_mask": mask.numpy()}))
        return np.concatenate([o[0] for o in out]), np.concatenate([o[1] for o in out])

    def spans(self, x):
        return self.sessions["typing"].run(["vectors"], {"spans": x.float().numpy()})[0]


def load_engine(checkpoint=None, pack=None):
    model, pieces = load_base()
    if pack:
        return OnnxEngine(pack, pieces)
    model.load_state_dict(torch.load(checkpoint, map_location="cpu")["model"])
    return TorchEngine(model, pieces)
