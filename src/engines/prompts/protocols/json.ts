import { phrase } from '../../../core/messages/phrase';
import { cleanAnswer, headOf, saysNothing } from '../cleanAnswer';
import { readLooseJson } from '../looseJson';
import type { AskedLabel, PromptProtocol } from '../promptProtocol';
import { LabelReader } from '../readLabel';
import { brokenOff } from '../readStrings';
import { readTypedJson } from '../readTypedJson';
import {
  conversation,
  isDescribed,
  labelledDemonstrations,
  tokensForList,
  wordQuestion,
} from '../turns';

/** Words before a mention that the answer repeats, so that one occurrence is told from another. */
const WORDS_BEFORE = 3;

/**
 * Structured output: a JSON schema holds the answer to a list of objects with the mention, its type
 * and the words before it. Servers without schemas are asked for the same in words.
 */
export const json: PromptProtocol<'system' | 'ask' | 'ask-described'> = {
  name: 'json',
  templates: {
    protocol: 'json',
    templates: {
      system: {
        text: 'You find named entities in a text and answer with JSON only.',
        needs: [],
      },
      ask: {
        text: 'Types: {labels}\n\nText: {text}\n\nList every entity of these types in the order of the text as {{"entities": [{{"before": …, "surface": …, "type": …}}]}}. “surface” is copied from the text, “before” are the up to three words that stand before it, “type” is one of the types.',
        needs: ['labels', 'text'],
      },
      'ask-described': {
        text: 'Types:\n{descriptions}\n\nText: {text}\n\nList every entity of these types in the order of the text as {{"entities": [{{"before": …, "surface": …, "type": …}}]}}. “surface” is copied from the text, “before” are the up to three words that stand before it, “type” is one of the types.',
        needs: ['descriptions', 'text'],
      },
    },
  },
  labelsPerQuestion: 100,
  occurrences: 'next',
  describes: false,

  ask(question, templates) {
    const { labels, sentence } = question;
    const template = templates[isDescribed(question) ? 'ask-described' : 'ask'];
    const word = wordQuestion(question, template);
    const shown = labelledDemonstrations(question).map(({ text, entities }) => {
      const objects = entities.map(({ start, mention, label }) => ({
        before: text.slice(0, start).trim().split(/\s+/u).slice(-WORDS_BEFORE).join(' '),
        surface: mention,
        type: label.name,
      }));
      return [word(text), JSON.stringify({ entities: objects })] as const;
    });
    return {
      messages: conversation(templates.system({}), shown, word(sentence)),
      options: { maxTokens: tokensForList(sentence, 40), schema: schemaFor(labels) },
    };
  },

  read({ text, finish }, { labels }) {
    const said = cleanAnswer(text);
    const found = readLooseJson(said);
    if (found === undefined) {
      if (saysNothing(said)) {
        return { mentions: [], problems: finish === 'cut' ? [brokenOff()] : [] };
      }
      return {
        mentions: [],
        problems: [phrase`The answer cannot be read: “${headOf(said)}”.`],
      };
    }
    const { mentions, problems } = readTypedJson(found.value, new LabelReader(labels));
    const isCut = found.isCut || finish === 'cut';
    return { mentions, problems: isCut ? [...problems, brokenOff()] : problems };
  },
};

function schemaFor(labels: readonly AskedLabel[]): Readonly<Record<string, unknown>> {
  const properties = {
    before: { type: 'string' },
    surface: { type: 'string' },
    type: { type: 'string', enum: labels.map(({ name }) => name) },
  };
  const strict = (object: Readonly<Record<string, unknown>>) => ({
    type: 'object',
    properties: object,
    required: Object.keys(object),
    additionalProperties: false,
  });
  return strict({ entities: { type: 'array', items: strict(properties) } });
}
