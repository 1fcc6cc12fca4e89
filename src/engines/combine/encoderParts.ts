import type { ScoredPath, TypePath } from '../../core/entity/entity';
import type { LabelSpec } from '../../core/labels/labelSpec';
import { readingUnits } from '../cascade/readingUnits';
import { offerChildren, offerLeaves, typesOf } from '../cascade/typeTree';
import type { Engine, ExtractOptions, Passage } from '../engine';
import type {
  Classified,
  Classifier,
  Extractor,
  Found,
  FoundSpan,
  PartOptions,
  Typing,
} from './parts';

/** An encoder as extractor: its spans keep the types that it gave them. */
export class EncoderExtractor implements Extractor {
  constructor(private readonly engine: Engine) {}

  get name(): string {
    return this.engine.model;
  }

  get capabilities() {
    return this.engine.capabilities;
  }

  async *extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    options: PartOptions,
  ): AsyncGenerator<Found, void, undefined> {
    const read: Passage[] = [];
    async function* noting(): AsyncGenerator<Passage> {
      for await (const passage of passages) {
        read.push(passage);
        yield passage;
      }
    }
    // Results come in the order of the passages, and ids need not differ.
    for await (const { entities, diagnostics = [] } of this.engine.extract(
      noting(),
      encoderOptions(options),
    )) {
      const passage = read.shift();
      if (passage === undefined) return;
      const spans = entities.map(
        ({ start, end, score = 1, path, levelScores = path.map(() => 1), alternatives }) => ({
          start,
          end,
          score,
          typing: { path, levelScores, ...(alternatives === undefined ? {} : { alternatives }) },
        }),
      );
      const sentences = readingUnits(passage, 'sentence').length;
      yield { passage, spans, sentences, problems: diagnostics };
    }
  }

  dispose(): Promise<void> {
    return this.engine.dispose();
  }
}

/**
 * An encoder as classifier: the vectors of the labels against that of the span, going down the taxonomy
 * to the likeliest child of each type.
 */
export class EncoderClassifier implements Classifier {
  constructor(private readonly engine: Engine) {}

  get name(): string {
    return this.engine.model;
  }

  get capabilities() {
    return this.engine.capabilities;
  }

  async classify(
    passage: Passage,
    spans: readonly FoundSpan[],
    options: PartOptions,
  ): Promise<Classified> {
    const limit = offerLeaves(typesOf(options.labels)).length;
    if (spans.length === 0 || limit === 0) {
      return { typings: spans.map(() => undefined), problems: [] };
    }
    const ranked = await this.engine.rankTypes(passage, spans, {
      ...encoderOptions(options),
      limit,
    });
    const typings = spans.map((_, index) => descend(ranked[index] ?? [], options.labels));
    return { typings, problems: [] };
  }

  dispose(): Promise<void> {
    return this.engine.dispose();
  }
}

const ALTERNATIVES = 5;

/** Goes to the likeliest child of each type; a type is as likely as the leaves below it together. */
function descend(leaves: readonly ScoredPath[], labels: LabelSpec): Typing | undefined {
  if (leaves.length === 0) return undefined;
  const path: string[] = [];
  const levelScores: number[] = [];
  let offered = offerChildren(typesOf(labels), []);
  while (offered.length > 0) {
    const scored = offered.map((type) => ({ type, score: sumBelow(leaves, type.path) }));
    const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
    path.push(best.type.name);
    levelScores.push(Math.min(1, best.score));
    offered = offerChildren(best.type.children, best.type.path);
  }
  const alternatives = leaves
    .filter((leaf) => leaf.path.join('\n') !== path.join('\n'))
    .slice(0, ALTERNATIVES);
  return { path, levelScores, alternatives };
}

function sumBelow(leaves: readonly ScoredPath[], path: TypePath): number {
  return leaves
    .filter((leaf) => path.every((name, level) => leaf.path[level] === name))
    .reduce((sum, { score }) => sum + score, 0);
}

function encoderOptions({ labels, overlap, threshold, signal }: PartOptions): ExtractOptions {
  return { labels, overlap, signal, ...(threshold === undefined ? {} : { threshold }) };
}
