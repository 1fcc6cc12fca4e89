import { askForPairs } from '../askForPairs';
import type { PromptProtocol } from '../promptProtocol';
import { readPairs } from '../readPairs';
import { isDescribed } from '../turns';

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
    return askForPairs(question, template, templates.system({}));
  },

  read: readPairs,
};
