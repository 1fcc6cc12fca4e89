import type { ChatAnswer, ChatOptions } from '../../src/engines/endpoint/chatModel';
import { OpenAiModel, type OpenAiModelOptions } from '../../src/engines/endpoint/openAiModel';
import { readProfile, type EndpointProfileSetting } from '../../src/engines/endpoint/profile';
import { Questions, type QuestionRules } from '../../src/engines/endpoint/questions';
import { RunAccount } from '../../src/engines/endpoint/runAccount';

type Setting = Partial<EndpointProfileSetting> & Pick<EndpointProfileSetting, 'url'>;

/** A model of a test server; nothing is found out about choices unless the test says so. */
export function modelAt(setting: Setting, options: OpenAiModelOptions = {}): OpenAiModel {
  return new OpenAiModel(
    readProfile('test', { model: 'test', choice: 'none', ...setting }),
    options,
  );
}

/** Asks the model of a test server, with pauses of a few milliseconds between tries. */
export function questionsAt(
  setting: Setting,
  rules: Partial<QuestionRules> = {},
  options: OpenAiModelOptions = {},
): Questions {
  return new Questions(modelAt(setting, options), {
    concurrency: 8,
    retries: { tries: 3, firstMilliseconds: 4 },
    ...rules,
  });
}

/** Asks one question. */
export function askOnce(
  questions: Questions,
  text = 'Hello?',
  {
    account = new RunAccount(),
    signal = new AbortController().signal,
    sample = 0,
    ...options
  }: ChatOptions & {
    readonly account?: RunAccount;
    readonly signal?: AbortSignal;
    readonly sample?: number;
  } = {},
): Promise<ChatAnswer> {
  return questions.ask([{ role: 'user', content: text }], options, { account, signal, sample });
}
