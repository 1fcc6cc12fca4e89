import type { TypePath } from '../../core/entity/entity';
import { foldPath } from '../../core/labels/names';
import type { ChatMessage } from '../endpoint/chatModel';
import type { Template } from '../templates';
import { describeLabel } from './askedLabels';
import type { AskedLabel, Demonstration, ProtocolQuestion } from './promptProtocol';

/** A demonstration with its entities under the labels of a question; of others nothing is shown. */
export interface LabelledDemonstration {
  readonly text: string;
  /** In text order. */
  readonly entities: readonly {
    readonly start: number;
    readonly end: number;
    readonly mention: string;
    readonly label: AskedLabel;
  }[];
}

/** The demonstrations of a question as far as its labels go. */
export function labelledDemonstrations({
  demonstrations,
  labels,
}: ProtocolQuestion): LabelledDemonstration[] {
  return demonstrations.map(({ text, entities }: Demonstration) => ({
    text,
    entities: entities
      .flatMap(({ start, end, path }) => {
        const label = labelAt(path, labels);
        return label === undefined ? [] : [{ start, end, mention: text.slice(start, end), label }];
      })
      .sort((a, b) => a.start - b.start || b.end - a.end),
  }));
}

/** A conversation of pairs of question and answer with a last question; an empty system text is left out. */
export function conversation(
  system: string,
  shown: readonly (readonly [question: string, answer: string])[],
  question: string,
): ChatMessage[] {
  return [
    ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
    ...shown.flatMap(([asked, answered]) => [
      { role: 'user' as const, content: asked },
      { role: 'assistant' as const, content: answered },
    ]),
    { role: 'user', content: question },
  ];
}

/** How a template words the question for a text, of the question or of a demonstration. */
export function wordQuestion(
  { labels }: ProtocolQuestion,
  template: Template,
): (text: string) => string {
  const names = labels.map(({ name }) => name).join(', ');
  const descriptions = labels.map((label) => `- ${label.name}: ${describeLabel(label)}`).join('\n');
  return (text) => template({ labels: names, descriptions, text });
}

/** Whether a question says what its labels mean. */
export function isDescribed({ labels }: ProtocolQuestion): boolean {
  return labels.some(({ description }) => description !== undefined);
}

/** Most tokens of an answer that names mentions of a sentence, with `each` tokens around one. */
export function tokensForList(sentence: string, each: number): number {
  const most = Math.ceil(sentence.length / 12) + 8;
  return sentence.length + most * each;
}

/** The label of a path, or of the nearest type above it. */
function labelAt(path: TypePath, labels: readonly AskedLabel[]): AskedLabel | undefined {
  for (let length = path.length; length > 0; length--) {
    const wanted = foldPath(path.slice(0, length));
    const label = labels.find((one) => foldPath(one.path) === wanted);
    if (label !== undefined) return label;
  }
  return undefined;
}
