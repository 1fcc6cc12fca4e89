import { GlinerModel } from '../../../../src/engines/gliner/glinerModel';
import type { GlinerFolder } from '../../../../src/engines/models/modelFolder';
import {
  glinerConfigSchema,
  modelSettingsSchema,
} from '../../../../src/engines/models/modelSchema';
import type { Runtime, Tensor } from '../../../../src/engines/runtime/runtime';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../../temporaryFolder';

const letters = Array.from('abcdefghijklmnopqrstuvwxyz0123456789.,');
/** Words that are one token; others are spelt. */
const words = ['ada', 'paris', 'met', 'in', 'person', 'city', 'capital', 'village', 'label'];
const tokens = [
  '[PAD]',
  '[CLS]',
  '[SEP]',
  '[UNK]',
  '<<ENT>>',
  '<<SEP>>',
  ...words,
  ...letters,
  ...letters.map((letter) => `##${letter}`),
];
export const vocabulary = new Map(tokens.map((token, id) => [token, id]));

/** A WordPiece tokenizer with the tokens that GLiNER adds. */
export const tokenizerJson = {
  version: '1.0',
  added_tokens: tokens.slice(0, 6).map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })),
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [
      { SpecialToken: { id: '[CLS]', type_id: 0 } },
      { Sequence: { id: 'A', type_id: 0 } },
      { SpecialToken: { id: '[SEP]', type_id: 0 } },
    ],
    pair: [],
    special_tokens: {
      '[CLS]': { id: '[CLS]', ids: [1], tokens: ['[CLS]'] },
      '[SEP]': { id: '[SEP]', ids: [2], tokens: ['[SEP]'] },
    },
  },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(vocabulary),
  },
};

export type Feeds = Readonly<Record<string, Tensor>>;

export interface FakeOptions {
  readonly kind?: GlinerFolder['kind'];
  readonly config?: object;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly positions?: number;
  /** What the graph answers; `feeds` are those of the run. */
  readonly run: (feeds: Feeds) => Tensor;
}

const TEXT = {
  input_ids: 'int64',
  attention_mask: 'int64',
  words_mask: 'int64',
  text_lengths: 'int64',
};
const SPANS = { span_idx: 'int64', span_mask: 'bool' };

/** A GLiNER model whose graph is a function. */
export async function openFake(options: FakeOptions): Promise<GlinerModel> {
  const { kind = 'gliner-span', config = {}, positions = 64, run } = options;
  const folder = temporaryFolder('gliner');
  writeFileSync(path.join(folder, 'model.onnx'), '');
  const scores = kind === 'gliner-token' ? 'token' : 'span';
  const inputs = options.inputs ?? { ...TEXT, ...(scores === 'span' ? SPANS : {}) };
  const infos = Object.entries(inputs).map(([name, type]) => [name, { type, shape: [] }] as const);
  const runtime: Runtime = {
    kind: 'native',
    open: () =>
      Promise.resolve({
        inputs: new Map(infos),
        outputs: new Map([['logits', { type: 'float32', shape: [] }]]),
        run: (feeds) => Promise.resolve({ logits: run(feeds) }),
        release: () => Promise.resolve(),
      }),
  };
  return GlinerModel.open(
    {
      kind,
      folder,
      name: 'fake',
      settings: modelSettingsSchema.parse({}),
      graph: 'model.onnx',
      tokenizer: tokenizerJson,
      positions,
      bytes: 0,
      config: glinerConfigSchema.parse({ max_width: 3, max_types: 2, ...config }),
      scores,
    },
    runtime,
    1,
  );
}

/** Ids of the labels' first tokens, row by row, as a graph finds them: after each entity marker. */
export function labelsOf(feeds: Feeds, row: number): number[] {
  const { data, dims } = feeds['input_ids'] as Tensor;
  const [, length = 0] = dims;
  const ids = Array.from(data.subarray(row * length, (row + 1) * length), Number);
  return ids.flatMap((id, at) => (id === vocabulary.get('<<ENT>>') ? [ids[at + 1] ?? 0] : []));
}

/** First token of each word of a row. */
export function wordsOf(feeds: Feeds, row: number): number[] {
  const { data, dims } = feeds['input_ids'] as Tensor;
  const mask = (feeds['words_mask'] as Tensor).data;
  const [, length = 0] = dims;
  const found: number[] = [];
  for (let at = row * length; at < (row + 1) * length; at++) {
    if (Number(mask[at]) > 0) found[Number(mask[at]) - 1] ??= Number(data[at]);
  }
  return found;
}

/**
 * Logits of the span kind [B, L, K, C] where a span of one word has the logit that `table` gives for
 * its word and label, and every other span -9.
 */
export function spanLogits(
  feeds: Feeds,
  widths: number,
  table: Readonly<Record<string, number>>,
): Tensor {
  const lengths = Array.from((feeds['text_lengths'] as Tensor).data, Number);
  const longest = Math.max(...lengths);
  const labels = labelsOf(feeds, 0).length;
  const data = new Float32Array(lengths.length * longest * widths * labels).fill(-9);
  lengths.forEach((_, row) => {
    const names = labelsOf(feeds, row);
    wordsOf(feeds, row).forEach((word, at) =>
      names.forEach((label, index) => {
        const logit = table[`${tokens[word] ?? ''} ${tokens[label] ?? ''}`];
        if (logit !== undefined) data[(row * longest + at) * widths * labels + index] = logit;
      }),
    );
  });
  return { data, dims: [lengths.length, longest, widths, labels] };
}
