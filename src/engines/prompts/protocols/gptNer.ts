import { markSpans } from '../../../core/finetuning/markSpans';
import { describeLabel } from '../askedLabels';
import { readMarkers } from '../readMarkers';
import { readVerdict } from '../readVerdict';
import type { AskedLabel, PromptProtocol } from '../promptProtocol';
import { conversation, isDescribed, labelledDemonstrations } from '../turns';

/**
 * GPT-NER: for each type the model repeats the sentence with `@@` and `##` around every entity of it;
 * then it is asked whether each one is right, which removes what it was too eager about.
 */
export const gptNer: PromptProtocol<
  'system' | 'ask' | 'ask-described' | 'verify' | 'verify-described'
> = {
  name: 'gptner',
  templates: {
    protocol: 'gptner',
    templates: {
      system: { text: 'You are an excellent linguist.', needs: [] },
      ask: {
        text: 'Repeat the sentence word for word and put @@ before and ## after every {type} entity in it. Where there is none, repeat it as it is.\nSentence: {text}',
        needs: ['type', 'text'],
      },
      'ask-described': {
        text: 'Repeat the sentence word for word and put @@ before and ## after every {type} entity in it. Where there is none, repeat it as it is.\n{type}: {description}\nSentence: {text}',
        needs: ['type', 'description', 'text'],
      },
      verify: {
        text: 'Sentence: {text}\nIs “{mention}” in this sentence a {type} entity? Answer with yes or no.',
        needs: ['type', 'text', 'mention'],
      },
      'verify-described': {
        text: 'Sentence: {text}\n{type}: {description}\nIs “{mention}” in this sentence a {type} entity? Answer with yes or no.',
        needs: ['type', 'description', 'text', 'mention'],
      },
    },
  },
  labelsPerQuestion: 1,
  occurrences: 'next',
  describes: false,

  ask(question, templates) {
    const { labels, sentence } = question;
    const label = labels[0] as AskedLabel;
    const template = templates[isDescribed(question) ? 'ask-described' : 'ask'];
    const word = (text: string): string =>
      template({ type: label.name, description: describeLabel(label), text });
    const shown = labelledDemonstrations(question).map(
      ({ text, entities }) => [word(text), markSpans(text, entities, ['@@', '##'])] as const,
    );
    return {
      messages: conversation(templates.system({}), shown, word(sentence)),
      // The sentence with its marks, where every character is a token of its own.
      options: { maxTokens: Math.ceil(1.5 * sentence.length) + 128 },
    };
  },

  read(answer, { labels, sentence }) {
    const label = labels[0] as AskedLabel;
    const { spans, problems } = readMarkers(sentence, answer);
    const mentions = spans.map((span) => {
      return { mention: sentence.slice(span.start, span.end), label, span };
    });
    return { mentions, problems };
  },

  verify({ mention, label }, question, templates) {
    const template = templates[isDescribed(question) ? 'verify-described' : 'verify'];
    const asked = template({
      type: label.name,
      description: describeLabel(label),
      text: question.sentence,
      mention,
    });
    return {
      messages: conversation(templates.system({}), [], asked),
      options: { maxTokens: 64, choice: ['yes', 'no'] },
    };
  },

  readVerdict,
};
