import type { TypePath } from '../../core/entity/entity';
import type { LabelSpec } from '../../core/labels/labelSpec';
import { childrenAt, typesOf } from '../cascade/typeTree';
import type { Passage } from '../engine';
import type { ClassifierSettings } from '../settings';
import type { Classified, Classifier, FoundSpan, PartOptions, Typing } from './parts';

/**
 * A classifier that asks another one only about spans whose finder was not certain: those scored at or
 * above `high` keep the type that they came with. What was asked about has the certainty of the answer.
 * Questions that were not needed are counted as saved.
 */
export class UncertainOnly implements Classifier {
  constructor(
    private readonly classifier: Classifier,
    private readonly high: number,
    private readonly settings: Pick<ClassifierSettings, 'samples' | 'descent'>,
  ) {}

  get name(): string {
    return this.classifier.name;
  }

  get capabilities() {
    return this.classifier.capabilities;
  }

  async classify(
    passage: Passage,
    spans: readonly FoundSpan[],
    options: PartOptions,
    order: number,
  ): Promise<Classified> {
    const uncertain = spans.filter((span) => !this.isCertain(span));
    const { typings, problems } = await this.classifier.classify(
      passage,
      uncertain,
      options,
      order,
    );
    const verified = new Map(
      uncertain.map((span, index) => [span, typings[index] && withScore(typings[index])]),
    );
    for (const { typing } of spans.filter((span) => this.isCertain(span))) {
      if (typing !== undefined)
        options.account.note('saved', this.questionsFor(typing.path, options));
    }
    return {
      typings: spans.map((span) => (this.isCertain(span) ? span.typing : verified.get(span))),
      problems,
    };
  }

  dispose(): Promise<void> {
    return this.classifier.dispose();
  }

  private isCertain({ score, typing }: FoundSpan): boolean {
    return typing !== undefined && score >= this.high;
  }

  private questionsFor(path: TypePath, { labels }: PartOptions): number {
    const { samples, descent } = this.settings;
    return samples * (descent === 'direct' ? 1 : levelsAsked(path, labels));
  }
}

/** Levels of a path that take a question: the top, and those where there is a choice. */
function levelsAsked(path: TypePath, labels: LabelSpec): number {
  return path.filter(
    (_, level) =>
      level === 0 || (childrenAt(typesOf(labels), path.slice(0, level))?.length ?? 0) > 1,
  ).length;
}

function withScore(typing: Typing): Typing {
  return { ...typing, score: typing.levelScores[0] ?? 0 };
}
