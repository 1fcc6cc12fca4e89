"""Makes the tiny models that the loading of other people's models is tested with, into ../test/fixtures/models.

    python -m venv .venv-reference && .venv-reference/bin/pip install gliner==0.2.29 onnx==1.23.2 onnxruntime==1.31.1
    .venv-reference/bin/python reference_models.py

Every kind is built with its reference library (`gliner`, `transformers`), with random weights and a tokenizer trained here on the written
sentences, and exported to ONNX. Beside each model, `expected.json.gz` holds what the library itself (PyTorch, its own preparation and
decoding) says of 50 sentences in eight languages: words, logits and spans. Spans are [first word, last word, label, score], both words
inclusive; logits are float32, base64, of each sentence's own words. `texts.json` holds the sentences and the offsets of their words (UTF-16).
"""
import argparse
import shutil

import torch
from gliner.model import BiEncoderSpanGLiNER, BiEncoderTokenGLiNER, UniEncoderSpanGLiNER, UniEncoderTokenGLiNER
from transformers import (BertConfig, BertForTokenClassification, RobertaConfig, RobertaForTokenClassification, XLMRobertaConfig,
                          XLMRobertaForTokenClassification)

from reference_classifiers import classifier, scheme
from reference_gliner import gliner
from reference_shared import BERT, LABELS, ROBERTA, TARGET, WORD, bytes_bpe, fast, sentences, unigram, utf16, wordpiece, write_json


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
