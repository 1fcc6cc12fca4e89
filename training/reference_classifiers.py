"""Tiny token classification models, and what the pipeline of `transformers` says of texts."""
import re

import numpy as np
import onnxruntime as ort
import torch
from transformers import TokenClassificationPipeline

from reference_shared import WORD, export, floats, spread, write_expected, write_folder


class ByWords(TokenClassificationPipeline):
    """The pipeline with what it guesses where text comes unsplit: which tokens go on with a word."""

    def gather_pre_entities(self, sentence, input_ids, scores, offsets, special, strategy, word_ids=None, word_to_chars_map=None):
        entities = super().gather_pre_entities(sentence, input_ids, scores, offsets, special, strategy, word_ids=word_ids, word_to_chars_map=word_to_chars_map)
        for entity in entities:
            entity["is_subword"] = word_ids[entity["index"]] == word_ids[entity["index"] - 1]
        return entities


class Logits(torch.nn.Module):
    def __init__(self, model, names):
        super().__init__()
        self.model, self.names = model, names

    def forward(self, *inputs):
        return self.model(**dict(zip(self.names, inputs))).logits


def scheme(tags, types):
    return ["O", *(f"{tag}-{name}" for name in types for tag in tags)]


def classifier(name, model_class, config_class, tokenizer, labels, texts, seed, inputs, **settings):
    ids = dict(enumerate(labels))
    config = config_class(vocab_size=len(tokenizer), hidden_size=24, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48, id2label=ids,
                          label2id={label: index for index, label in ids.items()}, pad_token_id=tokenizer.pad_token_id, **settings)
    model = model_class(config)
    spread(model, seed)
    model.eval()
    written = {"architectures": [model_class.__name__], "model_type": config.model_type, "max_position_embeddings": config.max_position_embeddings,
               "pad_token_id": config.pad_token_id, "id2label": {str(key): label for key, label in ids.items()}}
    folder = write_folder(name, tokenizer, config=written)
    example = tokenizer([["An", "example"], ["Short"]], is_split_into_words=True, return_tensors="pt", padding=True)
    example["token_type_ids"] = torch.zeros_like(example["input_ids"])
    axes = {0: "batch", 1: "length"}
    export(Logits(model, inputs), tuple(example[key] for key in inputs), {"input_names": inputs, "output_names": ["logits"],
           "dynamic_axes": {key: axes for key in [*inputs, "logits"]}}, folder / "model.onnx")
    # The pipeline knows B- and I- only; in BIOES, S- begins an entity and E- goes on with it.
    model.config.id2label = {key: re.sub("^[EL]-", "I-", re.sub("^[SU]-", "B-", label)) for key, label in ids.items()}
    pipe = ByWords(model=model, tokenizer=tokenizer, device="cpu")
    session, rows = ort.InferenceSession(str(folder / "model.onnx")), []
    for text in texts:
        words = WORD.findall(text["text"])
        encoded = tokenizer(words, is_split_into_words=True, return_tensors="pt")
        encoded["token_type_ids"] = torch.zeros_like(encoded["input_ids"])
        with torch.no_grad():
            logits = model(**{key: encoded[key] for key in inputs}).logits[0].numpy()
        exported = session.run(None, {key: encoded[key].numpy() for key in inputs})[0][0]
        assert np.abs(logits - exported).max() < 1e-4, name
        row = {"ids": encoded["input_ids"][0].tolist(), "logits": floats(logits)}
        begins = np.cumsum([0, *(len(word) + 1 for word in words)])
        for rule in ("first", "average", "max"):
            row[rule] = []
            found = pipe(words, is_split_into_words=True, aggregation_strategy=rule)
            for entity in found[0] if found and isinstance(found[0], list) else found:
                first = int(np.searchsorted(begins, entity["start"], "right")) - 1
                last = int(np.searchsorted(begins, entity["end"], "left")) - 1
                row[rule].append([first, last, entity["entity_group"], round(float(entity["score"]), 7)])
        rows.append(row)
    write_expected(folder, {"labels": labels}, rows)
