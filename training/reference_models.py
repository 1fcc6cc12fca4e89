"""Makes the tiny models that the loading of other people's models is tested with, into ../test/fixtures/models.

    python -m venv .venv-reference && .venv-reference/bin/pip install gliner==0.2.29 onnx==1.23.2 onnxruntime==1.31.1
    .venv-reference/bin/python reference_models.py

Every kind is built with its reference library (`gliner`, `transformers`), with random weights and a tokenizer trained here on the written
sentences, and exported to ONNX. Beside each model, `expected.json.gz` holds what the library itself (PyTorch, its own preparation and
decoding) says of 50 sentences in eight languages: words, logits and spans. Spans are [first word, last word, label, score], both words
inclusive; logits are float32, base64, of each sentence's own words. `texts.json` holds the sentences and the offsets of their words (UTF-16).
"""
import argparse
import base64
import gzip
import json
import os
import re
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np
import onnxruntime as ort
import torch
from gliner.model import BiEncoderSpanGLiNER, BiEncoderTokenGLiNER, UniEncoderSpanGLiNER, UniEncoderTokenGLiNER
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (BertConfig, BertForTokenClassification, PreTrainedTokenizerFast, RobertaConfig, RobertaForTokenClassification,
                          TokenClassificationPipeline, XLMRobertaConfig, XLMRobertaForTokenClassification)

HERE = Path(__file__).parent
TARGET = HERE.parent / "test" / "fixtures" / "models"
LANGUAGES = {"en": 8, "de": 6, "fr": 6, "es": 6, "ru": 6, "zh": 6, "ja": 6, "ko": 6}
LABELS = ["person", "city", "Organisation name", "product", "works of art"]
LONGEST, MARGIN, OPSET = 90, 2e-5, 17
WORD = re.compile(r"\w+(?:[-_]\w+)*|\S")


def sentences():
    """The first sentences of moderate length of every language's written development set."""
    for lang, count in LANGUAGES.items():
        with gzip.open(HERE / "corpus" / "dev" / f"dynamicner-written-{lang}-dev.jsonl.gz", "rt", encoding="utf8") as file:
            lines = [json.loads(line) for line in file]
        fitting = [line for line in lines if 12 <= len(line["text"]) <= LONGEST]
        yield from ({"id": line["id"], "text": line["text"]} for line in fitting[:count])


def utf16(text, at):
    return len(text[:at].encode("utf-16-le")) // 2


def floats(array):
    return base64.b64encode(np.ascontiguousarray(array, np.float32).tobytes()).decode()


# --- tokenizers -----------------------------------------------------------------------------------------------------------------------

def unigram(texts, special):
    """As DeBERTa v3 and XLM-R have it: NFKC, `▁` before words, Unigram."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.train_from_iterator(texts, trainers.UnigramTrainer(vocab_size=1400, special_tokens=special, unk_token=special[3], show_progress=False))
    return tokenizer


def wordpiece(texts, special):
    """As uncased BERT has it."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.train_from_iterator(texts, trainers.WordPieceTrainer(vocab_size=1500, special_tokens=special, show_progress=False))
    return tokenizer


def bytes_bpe(texts, special):
    """As RoBERTa has it: bytes, merged."""
    tokenizer = Tokenizer(models.BPE(unk_token=None))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(vocab_size=900, special_tokens=special, initial_alphabet=alphabet, show_progress=False))
    return tokenizer


BERT = {"pad": "[PAD]", "cls": "[CLS]", "sep": "[SEP]", "unk": "[UNK]", "mask": "[MASK]"}
ROBERTA = {"cls": "<s>", "pad": "<pad>", "sep": "</s>", "unk": "<unk>", "mask": "<mask>"}


def fast(make, names, texts, roberta=False):
    order = list(names.values())
    tokenizer = make(texts, order)
    cls, sep = ((names[key], tokenizer.token_to_id(names[key])) for key in ("cls", "sep"))
    if roberta:
        tokenizer.post_processor = processors.RobertaProcessing(sep=sep, cls=cls, add_prefix_space=True)
    else:
        tokenizer.post_processor = processors.TemplateProcessing(single=f"{cls[0]} $A {sep[0]}", pair=f"{cls[0]} $A {sep[0]} $B:1 {sep[0]}:1",
                                                                 special_tokens=[cls, sep])
    tokens = {f"{key}_token": name for key, name in names.items()}
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=256, add_prefix_space=True, **tokens)


def spread(module, seed):
    """Random weights large enough that scores lie on both sides of any threshold."""
    generator = torch.Generator().manual_seed(seed)
    for name, parameter in module.named_parameters():
        if parameter.dim() > 1:
            fan = parameter.shape[-1]
            parameter.data.normal_(0, 1.0 if "embedding" in name else 1.3 / fan ** 0.5, generator=generator)
        elif "bias" in name and "LayerNorm" not in name:
            parameter.data.normal_(0, 0.1, generator=generator)


def write_folder(name, tokenizer, **configs):
    folder = TARGET / name
    folder.mkdir(parents=True, exist_ok=True)
    # As the library writes it when a model is saved; what a batch left in it would be written too.
    backend = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
    backend.no_padding()
    backend.no_truncation()
    (folder / "tokenizer.json").write_text(json.dumps(json.loads(backend.to_str()), ensure_ascii=False), encoding="utf8")
    write_json(folder / "tokenizer_config.json", {"model_max_length": tokenizer.model_max_length})
    for file, config in configs.items():
        write_json(folder / f"{file}.json", config)
    return folder


def write_json(file, value):
    file.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf8")


def write_expected(folder, head, rows):
    content = json.dumps({**head, "rows": rows}, ensure_ascii=False).encode()
    (folder / "expected.json.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    sizes = {file.name: file.stat().st_size for file in sorted(folder.iterdir())}
    print(folder.name, head.get("threshold"), "spans", [sum(len(row[key]) for row in rows) for key in rows[0] if key not in ("logits", "ids")], sizes, flush=True)


# --- GLiNER ---------------------------------------------------------------------------------------------------------------------------

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


def export(module, inputs, spec, file):
    with torch.no_grad():
        torch.onnx.export(module.eval(), inputs, str(file), input_names=spec["input_names"], output_names=spec["output_names"],
                          dynamic_axes=spec["dynamic_axes"], opset_version=OPSET, dynamo=False)


def gliner(name, model_class, tokenizer, kind, texts, seed, labels_tokenizer=None, transpose=False, embeddings=False, **settings):
    with tempfile.TemporaryDirectory() as scratch:
        tokenizer.save_pretrained(f"{scratch}/text")
        bert_size = len(labels_tokenizer) if labels_tokenizer else 0
        config = {"model_name": f"{scratch}/text", "encoder_config": encoder_config(kind, len(tokenizer)), "hidden_size": 24, "max_len": 64, "max_width": 4,
                  "max_types": 5, "dropout": 0.0, "class_token_index": -1, "vocab_size": -1, **settings}
        if labels_tokenizer:
            labels_tokenizer.save_pretrained(f"{scratch}/labels")
            config.update(labels_encoder=f"{scratch}/labels", labels_encoder_config=encoder_config("bert", bert_size), vocab_size=len(tokenizer),
                          class_token_index=0)
        model = model_class.load_from_config(config, backbone_from_pretrained=False, resize_token_embeddings=not labels_tokenizer)
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
    # Of the spans, a few per sentence: no score may lie so near to the threshold that rounding decides.
    threshold = float(np.quantile(everything, 0.6 if is_token else 0.93))
    threshold = next(t for t in np.round(np.arange(threshold, 1, 0.001), 3) if np.abs(everything - t).min() > MARGIN)
    for key, flat, multi in (("flat", True, False), ("nested", False, False), ("multi", True, True)):
        found = [spans for batch, output in decoded for spans in model.decode_batch(output, batch, threshold=float(threshold), flat_ner=flat, multi_label=multi)]
        for row, spans in zip(rows, found):
            row[key] = [[span.start, span.end, span.entity_type, round(span.score, 7)] for span in spans]
    write_expected(folder, {"labels": LABELS, "threshold": float(threshold)}, rows)


# --- token classification --------------------------------------------------------------------------------------------------------------

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
            for entity in pipe(words, is_split_into_words=True, aggregation_strategy=rule):
                first = int(np.searchsorted(begins, entity["start"], "right")) - 1
                last = int(np.searchsorted(begins, entity["end"], "left")) - 1
                row[rule].append([first, last, entity["entity_group"], round(float(entity["score"]), 7)])
        rows.append(row)
    write_expected(folder, {"labels": labels}, rows)


def main():
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    texts = list(sentences())
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    for text in texts:
        text["words"] = [[utf16(text["text"], m.start()), utf16(text["text"], m.end())] for m in WORD.finditer(text["text"])]
    write_json(TARGET / "texts.json", texts)
    corpus = [text["text"] for text in texts] + LABELS * 3
    deberta, bert, roberta = (lambda: fast(unigram, BERT, corpus)), (lambda: fast(wordpiece, BERT, corpus)), (lambda: fast(bytes_bpe, ROBERTA, corpus, True))
    gliner("gliner-span", UniEncoderSpanGLiNER, deberta(), "deberta-v2", texts, 1)
    gliner("gliner-token", UniEncoderTokenGLiNER, bert(), "bert", texts, 2, num_rnn_layers=0, subtoken_pooling="last")
    gliner("nuner-zero", UniEncoderTokenGLiNER, roberta(), "roberta", texts, 3, transpose=True)
    gliner("gliner-bi-span", BiEncoderSpanGLiNER, deberta(), "deberta-v2", texts, 4, labels_tokenizer=bert(), num_rnn_layers=0)
    gliner("gliner-bi-token", BiEncoderTokenGLiNER, bert(), "bert", texts, 5, labels_tokenizer=bert(), embeddings=True, num_rnn_layers=0)
    xlmr = fast(unigram, ROBERTA, corpus, True)
    classifier("token-bio", XLMRobertaForTokenClassification, XLMRobertaConfig, xlmr, scheme("BI", ["PER", "LOC", "ORG"]), texts, 6,
               ["input_ids", "attention_mask"], max_position_embeddings=258, type_vocab_size=1)
    classifier("token-bioes", BertForTokenClassification, BertConfig, bert(), scheme("BIES", ["PER", "LOC", "MISC"]), texts, 7,
               ["input_ids", "attention_mask", "token_type_ids"], max_position_embeddings=256)
    classifier("token-io", RobertaForTokenClassification, RobertaConfig, roberta(), ["O", "person", "place", "group"], texts, 8,
               ["input_ids", "attention_mask"], max_position_embeddings=258, type_vocab_size=1)


if __name__ == "__main__":
    main()
