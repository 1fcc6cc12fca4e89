import { describeLabel } from '../askedLabels';
import { placesOf } from '../placeMentions';
import type { AskedLabel, PromptProtocol } from '../promptProtocol';
import { readStrings } from '../readStrings';
import { isDescribed, labelledDemonstrations, tokensForList } from '../turns';

/**
 * UniversalNER: after the text one question for each type, a JSON list of strings in the answer. Every
 * occurrence of a string counts, as where its models were measured.
 */
export const universalNer: PromptProtocol<'system' | 'text' | 'seen' | 'ask' | 'ask-described'> = {
  name: 'universalner',
  templates: {
    protocol: 'universalner',
    templates: {
      system: {
        text: 'A virtual assistant answers questions from a user based on the provided text.',
        needs: [],
      },
      text: { text: 'Text: {text}', needs: ['text'] },
      seen: { text: 'I’ve read this text.', needs: [] },
      ask: { text: 'What describes {type} in the text?', needs: ['type'] },
      'ask-described': {
        text: 'What describes {type} in the text? ({description})',
        needs: ['type', 'description'],
      },
    },
  },
  labelsPerQuestion: 1,
  occurrences: 'all',
  describes: false,

  ask(question, templates) {
    const { labels, sentence } = question;
    const template = templates[isDescribed(question) ? 'ask-described' : 'ask'];
    const [label] = labels;
    const asked =
      label === undefined ? '' : template({ type: label.name, description: describeLabel(label) });
    const opening = (text: string) => [
      { role: 'user' as const, content: templates.text({ text }) },
      { role: 'assistant' as const, content: templates.seen({}) },
      { role: 'user' as const, content: asked },
    ];
    const shown = labelledDemonstrations(question).flatMap(({ text, entities }) => [
      ...opening(text),
      {
        role: 'assistant' as const,
        content: JSON.stringify(entities.map(({ mention }) => mention)),
      },
    ]);
    const system = templates.system({});
    return {
      messages: [
        ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
        ...shown,
        ...opening(sentence),
      ],
      options: { maxTokens: tokensForList(sentence, 4) },
    };
  },

  read(answer, { labels, sentence }) {
    const label = labels[0] as AskedLabel;
    const { strings, problems } = readStrings(answer, placesOf(sentence));
    return {
      mentions: [...new Set(strings)].map((mention) => ({ mention, label })),
      problems,
    };
  },
};
