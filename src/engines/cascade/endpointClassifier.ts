import type { ScoredPath } from '../../core/entity/entity';
import type { TypeSpec } from '../../core/labels/labelSpec';
import { phrase, type Phrase } from '../../core/messages/phrase';
import type { Range } from '../../core/text/range';
import type { Classified, Classifier, FoundSpan, PartOptions, Typing } from '../combine/parts';
import type { Passage } from '../engine';
import { batchLabels, type Demonstration } from '../prompts/promptProtocol';
import type { ClassifierSettings } from '../settings';
import { answerProbability, rivalProbabilities } from './confidence';
import { orProblem, withoutRepeats, type Asking } from './endpointExtractor';
import { matchType } from './matchType';
import { readingUnits, unitAround } from './readingUnits';
import { typeMessages, type TypeQuestion } from './typeQuestion';
import { offerChildren, offerLeaves, typesOf, type OfferedType } from './typeTree';

/** What a question says of its options. */
interface Verdict {
  /** Undefined where none applies or the answer cannot be told. */
  readonly chosen: OfferedType | undefined;
  /** Probability of `chosen`. */
  readonly score: number;
  readonly others: readonly ScoredPath[];
  readonly problems: readonly Phrase[];
}

interface Asked {
  readonly types: readonly TypeSpec[];
  readonly demonstrations: readonly Demonstration[];
  readonly options: PartOptions;
  readonly order: number;
}

/** Rivals of an answer's first token that are asked for. */
const RIVALS = 5;
const MOST_ALTERNATIVES = 5;
/** An option's name and something around it. */
const ANSWER_TOKENS = 64;

/**
 * Stage two of CascadeNER: a model is asked for the type of each span, level by level down the
 * taxonomy, each list being the children of the answer before. `unknown`, or an answer that is none of
 * the list, ends the descent; the span keeps the level reached. A type's only child is taken unasked.
 */
export class EndpointClassifier implements Classifier {
  constructor(
    private readonly asking: Asking,
    private readonly settings: ClassifierSettings,
    private readonly unit: 'sentence' | 'passage' = 'sentence',
  ) {}

  get name(): string {
    return this.asking.questions.model.name;
  }

  get capabilities() {
    const { remote } = this.asking.questions.model;
    return { freeLabels: true, paid: remote, remote };
  }

  async classify(
    passage: Passage,
    spans: readonly FoundSpan[],
    options: PartOptions,
    order: number,
  ): Promise<Classified> {
    const units = readingUnits(passage, this.unit);
    const types = typesOf(options.labels);
    const all = await Promise.all(
      spans.map(async (span) => {
        const { start, end } = unitAround(units, span);
        const sentence = passage.text.slice(start, end);
        const place = { start: span.start - start, end: span.end - start };
        const demonstrations = await this.asking.demonstrations(sentence, options.signal);
        const asked = { types, demonstrations, options, order };
        return this.settings.descent === 'direct'
          ? this.typeAtOnce(sentence, place, asked)
          : this.descend(sentence, place, asked);
      }),
    );
    return {
      typings: all.map(({ typing }) => typing),
      problems: withoutRepeats(all.flatMap(({ problems }) => problems)),
    };
  }

  async dispose(): Promise<void> {
    await this.asking.questions.dispose();
  }

  private async descend(sentence: string, span: Range, asked: Asked): Promise<Typed> {
    let typing: Typing = { path: [], levelScores: [] };
    const problems: Phrase[] = [];
    let offered = offerChildren(asked.types, []);
    while (offered.length > 0) {
      const level = typing.path.length;
      const [only] = offered;
      const verdict =
        level > 0 && offered.length === 1 && only !== undefined
          ? { chosen: only, score: 1, others: [], problems: [] }
          : await this.ask({ sentence, span, offered, level }, asked);
      problems.push(...verdict.problems);
      if (verdict.chosen === undefined) break;
      const above = typing.levelScores.at(-1) ?? 1;
      typing = {
        path: verdict.chosen.path,
        levelScores: [...typing.levelScores, above * verdict.score],
        alternatives: verdict.others.map(({ path, score }) => ({ path, score: above * score })),
      };
      offered = offerChildren(verdict.chosen.children, verdict.chosen.path);
    }
    return finish(typing, sentence, span, problems);
  }

  private async typeAtOnce(sentence: string, span: Range, asked: Asked): Promise<Typed> {
    const offered = offerLeaves(asked.types);
    if (offered.length === 0) return { typing: undefined, problems: [] };
    const { chosen, score, others, problems } = await this.ask(
      { sentence, span, offered, level: 0 },
      asked,
    );
    const path = chosen?.path ?? [];
    // Nothing was asked about the levels above: they are as sure as the deepest one, or surer.
    const typing = { path, levelScores: path.map(() => score), alternatives: others };
    return finish(typing, sentence, span, problems);
  }

  /** Asks about all options; of a list too long for one question, about its parts and then their winners. */
  private async ask(question: TypeQuestion, asked: Asked): Promise<Verdict> {
    const { mostTypes } = this.settings;
    if (question.offered.length <= mostTypes) return this.askOnce(question, asked);
    const verdicts = await Promise.all(
      batchLabels(question.offered, mostTypes).map((offered) =>
        this.askOnce({ ...question, offered }, asked),
      ),
    );
    const winners = verdicts.flatMap(({ chosen }) => (chosen === undefined ? [] : [chosen]));
    const problems = verdicts.flatMap((verdict) => verdict.problems);
    if (winners.length <= 1) {
      const best = verdicts.find(({ chosen }) => chosen !== undefined);
      return { ...(best ?? noVerdict), problems };
    }
    const last = await this.ask({ ...question, offered: winners }, asked);
    return { ...last, problems: [...problems, ...last.problems] };
  }

  /** The option that most samples answer; of equally many the one that was answered first. */
  private async askOnce(question: TypeQuestion, asked: Asked): Promise<Verdict> {
    const { samples, temperature, sampleTemperature, confidence, offerUnknown } = this.settings;
    const { offered } = question;
    const { account, signal } = asked.options;
    const messages = typeMessages(
      question,
      asked.types,
      asked.demonstrations,
      this.asking.templates,
      this.settings,
    );
    const names = offered.map(({ name }) => name);
    const answers = await Promise.all(
      Array.from({ length: samples }, (_, sample) => {
        const options = {
          temperature: sample === 0 ? temperature : sampleTemperature,
          seed: sample,
          maxTokens: ANSWER_TOKENS,
          choice: offerUnknown ? [...names, 'unknown'] : names,
          ...(confidence === 'logprobs' ? { logprobs: RIVALS } : {}),
        };
        const context = { account, signal, order: asked.order, sample };
        return orProblem(this.asking.questions.ask(messages, options, context));
      }),
    );
    const problems: Phrase[] = [];
    const votes = new Map<number, number>();
    let probability: number | undefined;
    let rivals: readonly number[] = [];
    for (const answer of answers) {
      if ('problem' in answer) {
        problems.push(answer.problem);
        continue;
      }
      const match = matchType(answer.text, offered);
      if (match.kind === 'unclear') {
        problems.push(
          phrase`“${answer.text.trim().slice(0, 60)}” is none of the types that were asked about.`,
        );
      }
      const index = match.kind === 'option' ? match.index : -1;
      votes.set(index, (votes.get(index) ?? 0) + 1);
      if (index >= 0 && rivals.length === 0) {
        probability = answerProbability(answer);
        rivals = rivalProbabilities(answer, offered);
      }
    }
    const ranked = [...votes].sort(([, a], [, b]) => b - a);
    const [winner, count] = ranked[0] ?? [-1, 0];
    const chosen = offered[winner];
    if (chosen === undefined) return { ...noVerdict, problems };
    const given = answers.length - answers.filter((answer) => 'problem' in answer).length;
    const share = (index: number): number => (votes.get(index) ?? 0) / given;
    const byTokens = confidence === 'logprobs' && probability !== undefined;
    const others = offered
      .map(({ path }, index) => ({
        path,
        score: byTokens ? (rivals[index] ?? 0) : share(index),
        index,
      }))
      .filter(({ score, index }) => score > 0 && index !== winner)
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST_ALTERNATIVES)
      .map(({ path, score }) => ({ path, score }));
    return { chosen, score: byTokens ? (probability ?? 0) : count / given, others, problems };
  }
}

interface Typed {
  readonly typing: Typing | undefined;
  readonly problems: readonly Phrase[];
}

const noVerdict: Verdict = { chosen: undefined, score: 0, others: [], problems: [] };

function finish(typing: Typing, sentence: string, span: Range, problems: readonly Phrase[]): Typed {
  if (typing.path.length > 0) return { typing, problems };
  const mention = sentence.slice(span.start, span.end);
  return {
    typing: undefined,
    problems: [...problems, phrase`None of the types applies to “${mention}”: it was left out.`],
  };
}
