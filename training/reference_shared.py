"""What the makers of the tiny reference models share: texts, tokenizers trained on them, random weights, files."""
import base64
import gzip
import json
import os
import re
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

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
        tokenizer.post_processor = processors.RobertaProcessing(sep, cls, add_prefix_space=True)
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


def export(module, inputs, spec, file):
    with torch.no_grad():
        torch.onnx.export(module.eval(), inputs, str(file), input_names=spec["input_names"], output_names=spec["output_names"],
                          dynamic_axes=spec["dynamic_axes"], opset_version=OPSET, dynamo=False)
