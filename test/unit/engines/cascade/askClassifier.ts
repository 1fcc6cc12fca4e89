import assert from 'node:assert/strict';
import type { LabelSpec } from '../../../../src/core/labels/labelSpec';
import { phraseText } from '../../../../src/core/messages/phrase';
import type { PassageResult } from '../../../../src/engines/engine';
import type { EngineSetting } from '../../../../src/engines/settings';
import { questionsAt } from '../../../servers/ask';
import { cascadeOf } from '../../../servers/cascade';
import {
  answer,
  ChatServer,
  type AnswerOptions,
  type ChatRequest,
} from '../../../servers/chatServer';

export const labels: LabelSpec = {
  kind: 'taxonomy',
  id: 'test',
  types: [
    {
      name: 'person',
      children: [
        { name: 'real person', children: [{ name: 'scholar' }, { name: 'politician' }] },
        { name: 'fictional figure', children: [{ name: 'other figure' }] },
      ],
    },
    { name: 'location', children: [{ name: 'city', synonyms: ['town'] }, { name: 'country' }] },
    { name: 'miscellaneous', children: [{ name: 'miscellaneous' }] },
  ],
};

export type Reply = string | { readonly text: string; readonly options: AnswerOptions };

/**
 * Runs one sentence whose entities are marked through the cascade. `replies` answers a question of the
 * second stage: the list that was offered, how often it was asked before, the whole request.
 */
export async function classify(
  marked: string,
  replies: (list: readonly string[], sample: number, request: ChatRequest) => Reply,
  settings: Pick<EngineSetting, 'classifier' | 'extractor'> = {},
  more: Parameters<typeof cascadeOf>[2] = {},
  spec: LabelSpec = labels,
): Promise<{ result: PassageResult; requests: readonly ChatRequest[]; problems: string[] }> {
  const sentence = marked.replaceAll('##', '');
  const server = await ChatServer.start((request, response) => {
    const question = request.body.messages?.at(-1)?.content ?? '';
    if (question === sentence) return answer(request, response, marked);
    const list = /list: (.*)\?/u.exec(question)?.[1]?.split(', ') ?? [];
    const reply = replies(list, Number(request.body['seed']), request);
    if (typeof reply === 'string') answer(request, response, reply);
    else answer(request, response, reply.text, reply.options);
  });
  try {
    const engine = await cascadeOf(
      questionsAt({ url: server.url }),
      { ...settings, extractor: { samples: 1, ...settings.extractor } },
      more,
    );
    const results: PassageResult[] = [];
    for await (const result of engine.extract([{ id: '', text: sentence }], { labels: spec })) {
      results.push(result);
    }
    const [result] = results;
    assert.ok(result);
    const problems = (result.diagnostics ?? []).map((problem) => phraseText(problem));
    return { result, requests: server.requests.slice(1), problems };
  } finally {
    await server.stop();
  }
}

export const questionsOf = (requests: readonly ChatRequest[]): string[] =>
  requests.map(({ body }) => body.messages?.at(-1)?.content ?? '');

/** Answers with the first of these names that the list has. */
export const oneOf =
  (...names: string[]) =>
  (list: readonly string[]): string =>
    names.find((name) => list.includes(name)) ?? 'unknown';
