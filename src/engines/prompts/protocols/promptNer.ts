import { describeLabel } from '../askedLabels';
import type { PromptProtocol } from '../promptProtocol';
import { readCandidates } from '../readCandidates';
import { conversation, labelledDemonstrations, tokensForList, wordQuestion } from '../turns';

/**
 * PromptNER: what the types mean, then a numbered list of candidates, each with whether it is an entity
 * and why. The reason is kept with the entity.
 */
export const promptNer: PromptProtocol<'system' | 'ask'> = {
  name: 'promptner',
  templates: {
    protocol: 'promptner',
    templates: {
      system: { text: '', needs: [] },
      ask: {
        text: 'An entity is a mention of something that has one of these types:\n{descriptions}\n\nList every candidate in the paragraph that may be an entity. For each of them say whether it is one, and why, on one line of this form:\nN. candidate | True or False | reason (type)\n\nParagraph: {text}\nAnswer:',
        needs: ['descriptions', 'text'],
      },
    },
  },
  labelsPerQuestion: 40,
  occurrences: 'next',
  describes: true,

  ask(question, templates) {
    const { sentence } = question;
    const word = wordQuestion(question, templates.ask);
    const shown = labelledDemonstrations(question).map(({ text, entities }) => {
      const lines = entities.map(
        ({ mention, label }, index) =>
          `${index + 1}. ${mention} | True | as it is ${describeLabel({ ...label, examples: [] })} (${label.name})`,
      );
      return [word(text), lines.length === 0 ? 'None' : lines.join('\n')] as const;
    });
    return {
      messages: conversation(templates.system({}), shown, word(sentence)),
      options: { maxTokens: tokensForList(sentence, 48) },
    };
  },

  read: readCandidates,
};
