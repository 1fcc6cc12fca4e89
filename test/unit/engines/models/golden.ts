import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Range } from '../../../../src/core/text/range';

/** Tiny models with random weights and what their reference libraries say of them; training/reference_models.py made both. */
const fixtures = path.resolve(__dirname, '../../../fixtures/models');

/** A span of words (both inclusive), its type, and its score in 0..1. */
export type ReferenceSpan = readonly [first: number, last: number, type: string, score: number];

interface ReferenceText {
  readonly id: string;
  readonly text: string;
  /** UTF-16 offsets of its words, end exclusive. */
  readonly words: readonly (readonly [start: number, end: number])[];
}

/** What the library says of one text. */
export type ReferenceRow<Kinds extends string> = {
  /** All tokens that the graph read, special ones and prompt among them. */
  readonly ids: readonly number[];
  readonly logits: Float32Array;
} & { readonly [Kind in Kinds]: readonly ReferenceSpan[] };

export interface Reference<Kinds extends string> {
  readonly labels: readonly string[];
  readonly threshold: number;
  readonly rows: readonly ReferenceRow<Kinds>[];
}

export function modelFolderOf(name: string): string {
  return path.join(fixtures, name);
}

/** The fifty texts in eight languages that the models read, with their words as the libraries split them. */
export function referenceTexts(): { readonly text: string; readonly words: readonly Range[] }[] {
  const texts = JSON.parse(
    readFileSync(path.join(fixtures, 'texts.json'), 'utf8'),
  ) as ReferenceText[];
  return texts.map(({ text, words }) => ({
    text,
    words: words.map(([start, end]) => ({ start, end })),
  }));
}

export function readReference<Kinds extends string>(name: string): Reference<Kinds> {
  const bytes = gunzipSync(readFileSync(path.join(fixtures, name, 'expected.json.gz')));
  const { rows, ...head } = JSON.parse(bytes.toString('utf8')) as Omit<Reference<Kinds>, 'rows'> & {
    rows: (Omit<ReferenceRow<Kinds>, 'logits'> & { readonly logits: string })[];
  };
  return {
    ...head,
    rows: rows.map((row) => ({ ...row, logits: floatsOf(row.logits) }) as ReferenceRow<Kinds>),
  };
}

function floatsOf(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** Spans in one order, their scores rounded away from where two libraries' last digits differ. */
export function inOrder(spans: readonly ReferenceSpan[]): string[] {
  return spans.map(([first, last, type]) => `${first}-${last} ${type}`).sort();
}

/** The largest distance between the scores of the same spans. */
export function scoreDistance(
  found: readonly ReferenceSpan[],
  expected: readonly ReferenceSpan[],
): number {
  const keyOf = ([first, last, type]: ReferenceSpan): string => `${first}-${last} ${type}`;
  const scores = new Map(expected.map((span) => [keyOf(span), span[3]]));
  return found.reduce(
    (most, span) => Math.max(most, Math.abs(span[3] - (scores.get(keyOf(span)) ?? Infinity))),
    0,
  );
}
