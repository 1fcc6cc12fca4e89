import { z } from 'zod';
import type { ChoiceMethod } from './profile';

/** A way of holding a model to a list of answers that a server has, or none. */
export type SettledMethod = Exclude<ChoiceMethod, 'auto'>;

/** In the order in which they are tried: the newest name of the surest way first. */
export const constrainingMethods = [
  'structured_outputs',
  'guided_choice',
  'grammar',
  'json_schema',
] as const satisfies readonly SettledMethod[];

/** Parameters of a request that hold the answer to `choice`. */
export function choiceParameters(
  method: SettledMethod,
  choice: readonly string[],
): Record<string, unknown> {
  switch (method) {
    case 'structured_outputs':
      return { structured_outputs: { choice } };
    case 'guided_choice':
      return { guided_choice: choice };
    case 'grammar':
      return { grammar: `root ::= ${choice.map((one) => JSON.stringify(one)).join(' | ')}` };
    case 'json_schema':
      return schemaParameters({
        type: 'object',
        properties: { answer: { type: 'string', enum: choice } },
        required: ['answer'],
        additionalProperties: false,
      });
    case 'none':
      return {};
  }
}

/** Parameters of a request that hold the answer to a JSON schema. */
export function schemaParameters(
  schema: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return {
    response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
  };
}

const wrapped = z.object({ answer: z.string() });

/** The answer itself, out of what a method wraps it in. */
export function unwrapChoice(method: SettledMethod, text: string): string {
  if (method !== 'json_schema') return text;
  try {
    return wrapped.parse(JSON.parse(text)).answer;
  } catch {
    return text;
  }
}

/** A question that nobody answers with one of its choices unless held to them. */
export const choiceProbe = {
  question: 'Write the word hello.',
  choice: ['quiet violet', 'narrow window'],
} as const;
