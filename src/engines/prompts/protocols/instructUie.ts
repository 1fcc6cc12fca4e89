import { describeLabel } from '../askedLabels';
import type { PromptProtocol } from '../promptProtocol';
import { readPairs } from '../readPairs';
import {
  conversation,
  describedLines,
  isDescribed,
  labelledDemonstrations,
  tokensForList,
} from '../turns';
import { writePairs } from '../writePairs';

/** InstructUIE: the types as options of an instruction, `type1: word1; type2: word2` in the answer. */
export const instructUie: PromptProtocol<'system' | 'ask' | 'ask-described'> = {
  name: 'instructuie',
  templates: {
    protocol: 'instructuie',
    templates: {
      system: { text: '', needs: [] },
      ask: {
        text: 'Please list all entity words in the text that fit the category. Output format is "type1: word1; type2: word2". \nOption: {labels} \nText: {text} \nAnswer:',
        needs: ['labels', 'text'],
      },
      'ask-described': {
        text: 'Please list all entity words in the text that fit the category. Output format is "type1: word1; type2: word2". \nOption: {labels} \nMeaning of the options:\n{descriptions}\nText: {text} \nAnswer:',
        needs: ['labels', 'descriptions', 'text'],
      },
    },
  },
  labelsPerQuestion: 60,
  occurrences: 'next',
  describes: false,

  ask(question, templates) {
    const template = templates[isDescribed(question) ? 'ask-described' : 'ask'];
    const { labels, sentence } = question;
    const word = (text: string): string =>
      template({
        labels: labels.map(({ name }) => name).join(', '),
        descriptions: describedLines(labels, describeLabel),
        text,
      });
    const shown = labelledDemonstrations(question).map(
      ({ text, entities }) => [word(text), writePairs(entities)] as const,
    );
    return {
      messages: conversation(templates.system({}), shown, word(sentence)),
      options: { maxTokens: tokensForList(sentence, 16) },
    };
  },

  read: readPairs,
};
