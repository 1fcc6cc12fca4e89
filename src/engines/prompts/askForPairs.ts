import type { Template } from '../templates';
import type { ProtocolQuestion, ProtocolRequest } from './promptProtocol';
import {
  conversation,
  labelledDemonstrations,
  tokensForList,
  type LabelledDemonstration,
  wordQuestion,
} from './turns';

/** Tokens around a mention in a list of pairs. */
const AROUND = 16;

/** A question that is answered with `label: mention; label: mention`, as its demonstrations are. */
export function askForPairs(
  question: ProtocolQuestion,
  template: Template,
  system: string,
): ProtocolRequest {
  const word = wordQuestion(question, template);
  const shown = labelledDemonstrations(question).map(
    ({ text, entities }) => [word(text), writePairs(entities)] as const,
  );
  return {
    messages: conversation(system, shown, word(question.sentence)),
    options: { maxTokens: tokensForList(question.sentence, AROUND) },
  };
}

/** The answer that a demonstration shows; `None` without entities. */
function writePairs(entities: LabelledDemonstration['entities']): string {
  if (entities.length === 0) return 'None';
  return entities.map(({ label, mention }) => `${label.name}: ${mention}`).join('; ');
}
