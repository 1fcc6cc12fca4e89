import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Entity } from '../../core/entity/entity';
import { assignIds } from '../../core/entity/entityId';
import { inTextOrder, resolveOverlaps } from '../../core/entity/resolveOverlaps';
import { InputError } from '../../core/errors';
import { readTypeName } from '../../core/formats/typeNames';
import { splitPath } from '../../core/labels/names';
import { Taxonomy } from '../../core/labels/taxonomy';
import { phrase } from '../../core/messages/phrase';
import type { LabelSpec } from '../../core/labels/labelSpec';
import type { Engine, ExtractOptions, Passage, PassageResult } from '../engine';
import type { Pattern } from './pattern';
import { readPatterns } from './patternFile';
import { PatternMatcher } from './patternMatcher';

/**
 * Finds what a file of patterns says: phrases, token patterns, regular expressions. Labels of the file
 * that the label list has get their path there; others are types of their own. There are no scores.
 */
export class PatternsEngine implements Engine {
  readonly name = 'patterns';
  readonly capabilities = { freeLabels: false, paid: false, remote: false };
  /** Number of patterns. */
  readonly count: number;
  private readonly matcher: PatternMatcher;

  /** @param model Name of the file that the patterns come from. */
  constructor(
    readonly model: string,
    patterns: readonly Pattern[],
  ) {
    this.count = patterns.length;
    this.matcher = new PatternMatcher(patterns);
  }

  /** @throws InputError when the file cannot be read, or a line of it cannot be used. */
  static async open(file: string): Promise<PatternsEngine> {
    const name = path.basename(file);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      throw new InputError(
        phrase`The patterns cannot be read (${error instanceof Error ? error.message : ''})`,
        phrase`Name a file of patterns or words.`,
        { source: file },
      );
    }
    return new PatternsEngine(name, readPatterns(text, name));
  }

  async *extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    { labels, overlap = 'flat', signal, onDone }: ExtractOptions,
  ): AsyncGenerator<PassageResult> {
    signal?.throwIfAborted();
    const began = performance.now();
    const typeOf = typeReader(labels);
    let count = 0;
    let words = 0;
    for await (const { id, text } of passages) {
      signal?.throwIfAborted();
      count++;
      words += text.split(/\s+/u).length;
      yield { id, entities: resolveOverlaps(this.entitiesIn(text, typeOf), overlap) };
      signal?.throwIfAborted();
    }
    const seconds = (performance.now() - began) / 1000;
    onDone?.({ passages: count, sentences: count, encoded: 0, words, seconds });
  }

  /** The types that patterns give to just this span. */
  rankTypes(
    { text }: Passage,
    spans: readonly { readonly start: number; readonly end: number }[],
    { labels, limit = Infinity }: ExtractOptions & { readonly limit?: number },
  ): Promise<readonly (readonly { readonly path: readonly string[]; readonly score: number }[])[]> {
    const found = this.entitiesIn(text, typeReader(labels));
    const ranked = spans.map(({ start, end }) => {
      const types = found.filter((one) => one.start === start && one.end === end);
      return types.slice(0, limit).map((one) => ({ path: one.path, score: 1 / types.length }));
    });
    return Promise.resolve(ranked);
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  /** Everything that patterns find, each span and type once, in text order. */
  entitiesIn(text: string, typeOf: ReturnType<typeof typeReader>): Entity[] {
    const seen = new Set<string>();
    const drafts = this.matcher.match(text).flatMap(({ label, start, end }) => {
      const key = `${start} ${end} ${label}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const source = { engine: this.name, model: this.model };
      return [{ start, end, ...typeOf(label), source, state: 'suggested' as const }];
    });
    return assignIds(text, drafts.sort(inTextOrder));
  }
}

/** What a label of a pattern file means among labels; remembered, since files repeat them. */
export function typeReader(
  labels: LabelSpec,
): (label: string) => Pick<Entity, 'path' | 'candidates'> {
  const taxonomy = labels.kind === 'taxonomy' ? new Taxonomy(labels.types) : undefined;
  const known = new Map<string, Pick<Entity, 'path' | 'candidates'>>();
  return (label) => {
    let type = known.get(label);
    if (type === undefined) {
      const parts = splitPath(label);
      const { path: read, candidates } = readTypeName(label, taxonomy);
      const isUnknown = read.length === 1 && parts.length > 1;
      const found = isUnknown ? parts : read;
      type = { path: found, ...(candidates === undefined ? {} : { candidates }) };
      known.set(label, type);
    }
    return type;
  };
}
