import type { TemplateSet } from '../templates';

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

/** The sentence with `##` around one place of it (UTF-16 units). */
export function markSpans(
  sentence: string,
  spans: readonly { readonly start: number; readonly end: number }[],
): string {
  const marks = spans
    .flatMap(({ start, end }, index) => [
      { at: start, isEnd: false, length: end - start, index },
      { at: end, isEnd: true, length: end - start, index },
    ])
    // At one place what ends comes before what begins, and what is inside ends first and begins last.
    .sort(
      (a, b) =>
        a.at - b.at ||
        Number(b.isEnd) - Number(a.isEnd) ||
        (a.isEnd ? a.length - b.length : b.length - a.length),
    );
  let marked = '';
  let from = 0;
  for (const { at } of marks) {
    marked += `${sentence.slice(from, at)}##`;
    from = at;
  }
  return marked + sentence.slice(from);
}
