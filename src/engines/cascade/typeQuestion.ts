import type { Range } from '../../core/text/range';
import type { TypeSpec } from '../../core/labels/labelSpec';
import type { ChatMessage } from '../endpoint/chatModel';
import type { Demonstration } from '../prompts/promptProtocol';
import type { ClassifierSettings } from '../settings';
import type { Templates } from '../templates';
import { markSpans, ordinalOf, type CascadePrompt } from './prompts';
import { childrenAt, offerChildren, offerLeaves, type OfferedType } from './typeTree';

/** One question of stage two: which of these types a span of a sentence has. */
export interface TypeQuestion {
  readonly sentence: string;
  /** UTF-16 units of the sentence. */
  readonly span: Range;
  readonly offered: readonly OfferedType[];
  /** 0 is the top level. */
  readonly level: number;
}

type Wording = Pick<ClassifierSettings, 'descent' | 'context' | 'offerUnknown'>;

/** The conversation that asks a question, with demonstrations of the same level before it. */
export function typeMessages(
  question: TypeQuestion,
  types: readonly TypeSpec[],
  demonstrations: readonly Demonstration[],
  templates: Templates<CascadePrompt>,
  wording: Wording,
): ChatMessage[] {
  const system = templates.system({});
  const shown = demonstrations.flatMap((demonstration) => {
    const turn = demonstrate(demonstration, question.level, types, wording);
    return turn === undefined
      ? []
      : [
          { role: 'user' as const, content: wordQuestion(turn.question, templates, wording) },
          { role: 'assistant' as const, content: turn.answer },
        ];
  });
  return [
    ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
    ...shown,
    { role: 'user', content: wordQuestion(question, templates, wording) },
  ];
}

function wordQuestion(
  { sentence, span, offered, level }: TypeQuestion,
  templates: Templates<CascadePrompt>,
  { descent, context, offerUnknown }: Wording,
): string {
  const template = !context
    ? templates['classify-without-sentence']
    : descent === 'direct'
      ? templates['classify-direct']
      : templates.classify;
  return template({
    entity: sentence.slice(span.start, span.end),
    sentence: markSpans(sentence, [span]),
    ordinal: ordinalOf(level),
    labels: offered.map(({ name }) => name).join(', '),
    unknown: offerUnknown ? templates.unknown({}) : '',
  });
}

/** The first entity of a demonstration that the taxonomy knows to this level, as a question with its answer. */
function demonstrate(
  { text, entities }: Demonstration,
  level: number,
  types: readonly TypeSpec[],
  { descent }: Wording,
): { question: TypeQuestion; answer: string } | undefined {
  for (const { path, start, end } of entities) {
    const offered =
      descent === 'direct'
        ? offerLeaves(types)
        : offerChildren(childrenAt(types, path.slice(0, level)) ?? [], path.slice(0, level));
    const wanted = descent === 'direct' ? path : path.slice(0, level + 1);
    const answer = offered.find((type) => type.path.join('\n') === wanted.join('\n'));
    if (answer !== undefined && wanted.length === answer.path.length) {
      return {
        question: { sentence: text, span: { start, end }, offered, level },
        answer: answer.name,
      };
    }
  }
  return undefined;
}
