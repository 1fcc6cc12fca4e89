import type { TemplateSet } from '../templates';

export { markSpans } from '../../core/finetuning/markSpans';

const question = ['entity', 'labels'] as const;
const optional = ['sentence', 'ordinal', 'unknown'] as const;

/** CascadeNER's questions, as its models were trained on them. */
export const cascadePrompts = {
  protocol: 'cascade',
  templates: {
    system: { text: 'You are a helpful assistant.', needs: [] },
    extract: { text: '{sentence}', needs: ['sentence'] },
    classify: {
      text: 'The ##{entity}## in the sentence: "{sentence}" belong to which entity in the {ordinal} list: {labels}?{unknown}',
      needs: question,
      may: optional,
    },
    'classify-direct': {
      text: 'The ##{entity}## in the sentence: "{sentence}" belong to which entity in the list: {labels}?{unknown}',
      needs: question,
      may: optional,
    },
    'classify-without-sentence': {
      text: 'The ##{entity}## belong to which entity in the {ordinal} list: {labels}?{unknown}',
      needs: question,
      may: optional,
    },
    unknown: { text: ' If none of them applied, return unknown', needs: [] },
  },
} as const satisfies TemplateSet;

export type CascadePrompt = keyof typeof cascadePrompts.templates;

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

/** What a level is called in a question; 0 is the top level. */
export function ordinalOf(level: number): string {
  return ordinals[level] ?? `${level + 1}th`;
}
