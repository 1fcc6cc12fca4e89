"""Tiny GLiNER models of every kind, and what the library `gliner` says of texts."""
import json
import tempfile

import numpy as np
import onnxruntime as ort
import torch
from tokenizers import Tokenizer

from reference_shared import LABELS, MARGIN, export, floats, spread, write_expected, write_folder


def encoder_config(kind, size):
    shared = {"vocab_size": size, "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 48}
    if kind == "deberta-v2":
        return {"model_type": kind, **shared, "relative_attention": True, "position_buckets": 16, "max_relative_positions": -1, "max_position_embeddings": 256,
                "pos_att_type": ["p2c", "c2p"], "position_biased_input": False, "share_att_key": True, "norm_rel_ebd": "layer_norm", "type_vocab_size": 0}
    if kind == "roberta":
        return {"model_type": kind, **shared, "max_position_embeddings": 258, "type_vocab_size": 1, "pad_token_id": 1}
    return {"model_type": kind, **shared, "max_position_embeddings": 256, "type_vocab_size": 2}


class Transposed(torch.nn.Module):
    """The layout of exports made before mid-2025: [3, batch, words, labels]."""

    def __init__(self, wrapper):
        super().__init__()
        self.wrapper = wrapper

    def forward(self, *inputs):
        return self.wrapper(*inputs).permute(3, 0, 1, 2)


class FromEmbeddings(torch.nn.Module):
    """A bi-encoder whose labels come as vectors; the library's own export leaves them out of the graph."""

    def __init__(self, core, names):
        super().__init__()
        self.core, self.names = core, names

    def forward(self, *inputs):
        values = dict(zip(self.names, inputs))
        values["labels_embeds"] = values.pop("labels_embeddings")
        return self.core(**values).logits


class LabelEncoder(torch.nn.Module):
    def __init__(self, core):
        super().__init__()
        self.core = core

    def forward(self, input_ids, attention_mask):
        return self.core.token_rep_layer.encode_labels(input_ids, attention_mask)


def gliner(name, model_class, tokenizer, kind, texts, seed, labels_tokenizer=None, transpose=False, embeddings=False, **settings):
    with tempfile.TemporaryDirectory() as scratch:
        tokenizer.save_pretrained(f"{scratch}/text")
        bert_size = len(labels_tokenizer) if labels_tokenizer else 0
        config = {"model_name": f"{scratch}/text", "encoder_config": encoder_config(kind, len(tokenizer)), "hidden_size": 24, "max_len": 64, "max_width": 4,
                  "max_types": 5, "dropout": 0.0, "class_token_index": -1, "vocab_size": -1, **settings}
        if labels_tokenizer:
            labels_tokenizer.save_pretrained(f"{scratch}/labels")
            config.update(labels_encoder=f"{scratch}/labels", labels_encoder_config=encoder_config("bert", bert_size))
        model = model_class.load_from_config(config, backbone_from_pretrained=False)
    spread(model.model, seed)
    model.eval()
    saved = json.loads(model.config.to_json_string(use_diff=False))
    keep = ("model_type", "name", "max_width", "hidden_size", "span_mode", "max_types", "max_len", "words_splitter_type", "num_rnn_layers", "embed_ent_token",
            "class_token_index", "ent_token", "sep_token", "subtoken_pooling", "vocab_size")
    written = {key: saved[key] for key in keep if key in saved}
    written |= {"name": name, "model_name": f"tiny-{kind}", "labels_encoder": "tiny-bert" if labels_tokenizer else None,
                "encoder_config": encoder_config(kind, model.config.encoder_config.vocab_size)}
    folder = write_folder(name, model.data_processor.transformer_tokenizer, gliner_config=written)
    wrapper, inputs, spec = model._prepare_export_graph()
    if transpose:
        wrapper, spec = Transposed(wrapper), {**spec, "dynamic_axes": {**spec["dynamic_axes"], "logits": {1: "batch", 2: "words", 3: "labels"}}}
    if labels_tokenizer:
        backend = Tokenizer.from_str(labels_tokenizer.backend_tokenizer.to_str())
        backend.no_padding()
        backend.no_truncation()
        (folder / "labels_tokenizer.json").write_text(backend.to_str(), encoding="utf8")
    if embeddings:
        ids = dict(zip(spec["input_names"], inputs))
        base = [key for key in spec["input_names"] if not key.startswith("labels_")]
        label_inputs = (ids["labels_input_ids"], ids["labels_attention_mask"])
        vectors = model.model.token_rep_layer.encode_labels(*label_inputs)
        axes = {0: "labels", 1: "length"}
        export(LabelEncoder(model.model), label_inputs, {"input_names": ["input_ids", "attention_mask"], "output_names": ["labels_embeddings"],
               "dynamic_axes": {"input_ids": axes, "attention_mask": axes, "labels_embeddings": {0: "labels"}}}, folder / "labels_encoder.onnx")
        names = [*base, "labels_embeddings"]
        wrapper, inputs = FromEmbeddings(model.model, names), tuple([*(ids[key] for key in base), vectors])
        spec = {**spec, "input_names": names, "dynamic_axes": {**{k: v for k, v in spec["dynamic_axes"].items() if not k.startswith("labels_")},
                                                              "labels_embeddings": {0: "labels"}}}
    export(wrapper, inputs, spec, folder / "model.onnx")
    expect_gliner(folder, model, texts, transpose, embeddings)


def expect_gliner(folder, model, texts, transpose, embeddings):
    is_token = "token" in model.config.model_type
    collator, rows, scores = model.create_collator(), [], []
    session = ort.InferenceSession(str(folder / "model.onnx"))
    wanted = {value.name for value in session.get_inputs()}
    decoded = []
    for start in range(0, len(texts), 8):
        prepared = model.prepare_batch([text["text"] for text in texts[start:start + 8]], LABELS)
        batch = model.collate_batch(prepared["input_x"], prepared["entity_types"], collator)
        output = model.run_batch(batch)
        logits = output.logits.numpy()
        feeds = {key: value.numpy() for key, value in batch.items() if key in wanted}
        if embeddings:
            feeds["labels_embeddings"] = model.model.token_rep_layer.encode_labels(batch["labels_input_ids"], batch["labels_attention_mask"]).detach().numpy()
        exported = session.run(None, feeds)[0]
        exported = exported.transpose(1, 2, 3, 0) if transpose else exported
        assert exported.shape == logits.shape, (exported.shape, logits.shape)
        for row, words in enumerate(prepared["tokens"]):
            own = logits[row, :len(words)]
            if not is_token:
                # What the graph says of spans that reach beyond the text means nothing.
                width = own.shape[1]
                inside = np.arange(len(words))[:, None] + np.arange(width)[None] < len(words)
                own, other = own * inside[..., None], exported[row, :len(words)] * inside[..., None]
            else:
                other = exported[row, :len(words)]
            assert np.abs(own - other).max() < 1e-4, (folder.name, start + row, np.abs(own - other).max())
            rows.append({"ids": batch["input_ids"][row][batch["attention_mask"][row] > 0].tolist(), "logits": floats(own)})
            scores.append(1 / (1 + np.exp(-own[own != 0])))
        decoded.append((batch, output))
    everything = np.sort(np.concatenate([part.ravel() for part in scores]))
    # A few spans a sentence; no score may lie so near to the threshold that rounding decides.
    for share in (0.6, 0.5, 0.4, 0.3) if is_token else (0.93,):
        threshold = float(np.quantile(everything, share))
        threshold = float(next(t for t in np.round(np.arange(threshold, 1, 0.001), 3) if np.abs(everything - t).min() > MARGIN))
        for key, flat, multi in (("flat", True, False), ("nested", False, False), ("multi", True, True)):
            found = [spans for batch, output in decoded for spans in model.decode_batch(output, batch, threshold=threshold, flat_ner=flat, multi_label=multi)]
            for row, spans in zip(rows, found):
                row[key] = [[span.start, span.end, span.entity_type, round(span.score, 7)] for span in spans]
        if sum(len(row["flat"]) for row in rows) >= len(rows):
            break
    else:
        raise SystemExit(f"{folder.name}: its random weights find too few spans; choose another seed.")
    write_expected(folder, {"labels": LABELS, "threshold": threshold}, rows)
