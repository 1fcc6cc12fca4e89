import path from 'node:path';
import { InputError } from '../core/errors';
import { phrase } from '../core/messages/phrase';
import { openAgent } from '../engines/endpoint/agents';
import { AnswerFolder } from '../engines/endpoint/answerStore';
import { describeEvent } from '../engines/endpoint/events';
import { OpenAiModel, MOST_BYTES } from '../engines/endpoint/openAiModel';
import { hostOf, isLoopback, readProfile, type EndpointProfile } from '../engines/endpoint/profile';
import { Questions } from '../engines/endpoint/questions';
import { nodeFetch } from '../engines/endpoint/transport';
import type { TurnsByEndpoint } from '../engines/endpoint/turns';
import type { Worker } from '../engines/settings';
import type { Environment } from './environment';
import type { Messages } from './io/messages';
import { unnamedEndpoint, type EngineOptions } from './options/engine';
import type { CliSettings } from './settings';

type EndpointWorker = Extract<Worker, { readonly kind: 'endpoint' }>;

/**
 * Opens the model of an endpoint that options or settings describe. Its key comes from the environment
 * variable that they name, and from nowhere else.
 * @throws {InputError} when there is no such endpoint, or the variable is not set.
 */
export async function openQuestions(
  worker: Exclude<Worker, { readonly kind: 'encoder' }>,
  options: EngineOptions,
  settings: CliSettings,
  environment: Environment,
  messages: Messages,
  turns: TurnsByEndpoint,
): Promise<Questions> {
  if (worker.kind === 'vscode') {
    throw new InputError(
      phrase`Models of VS Code can be asked in VS Code alone`,
      phrase`Name an endpoint instead: endpoint:NAME.`,
      { source: `vscode:${worker.id}` },
    );
  }
  const profile = profileOf(worker, options, settings);
  const { concurrency, tries, connectSeconds, certificates } = profile;
  const trusted =
    certificates === undefined
      ? profile
      : { ...profile, certificates: path.resolve(settings.folder, certificates) };
  const agent = await openAgent(trusted, environment.variables);
  const model = new OpenAiModel(profile, {
    key: keyOf(worker.name, profile, environment),
    fetch: nodeFetch({
      agent,
      connectMilliseconds: 1000 * connectSeconds,
      mostBytes: MOST_BYTES,
    }),
  });
  return new Questions(model, {
    concurrency,
    turns: turns.of(worker.name, concurrency),
    retries: { tries },
    store: storeOf(options, environment),
    ...(options.trace === true ? { listener: (event) => messages.say(describeEvent(event)) } : {}),
  });
}

function profileOf(
  { name, model }: EndpointWorker,
  options: EngineOptions,
  settings: CliSettings,
): EndpointProfile {
  const { endpoint, endpointKey, concurrency } = options;
  const own = {
    ...(model === undefined ? {} : { model }),
    ...(endpointKey === undefined ? {} : { keyVariable: endpointKey }),
    ...(concurrency === undefined ? {} : { concurrency }),
  };
  if (name === unnamedEndpoint) return readProfile(name, { url: endpoint, ...own });
  const profile = settings.endpoints?.[name];
  if (profile === undefined) {
    throw new InputError(
      phrase`There is no endpoint “${name}”`,
      phrase`Name one of "dynamicner.endpoints" in the file of --config, or give --endpoint URL.`,
    );
  }
  const result = readProfile(name, { ...(profile as object), ...own });
  if (settings.ofWorkspace === true) checkWorkspaceProfile(name, result, options);
  return result;
}

/**
 * A workspace's settings come with what others wrote, and nobody is asked here as in the editor. So the
 * command line itself names an endpoint on another machine, and the variable of a key.
 * @throws {InputError} where it does not.
 */
function checkWorkspaceProfile(
  name: string,
  { url, keyVariable }: EndpointProfile,
  options: EngineOptions,
): void {
  const { extractor, classifier, endpoint, endpointKey } = options;
  const isNamed = endpoint === name || [extractor, classifier].includes(`endpoint:${name}`);
  if (!isLoopback(url) && !isNamed) {
    throw new InputError(
      phrase`The workspace’s settings would send the text to ${hostOf(url)}`,
      phrase`Where you want that, name it with --endpoint ${name}.`,
      { source: name },
    );
  }
  if (keyVariable !== undefined && endpointKey === undefined) {
    throw new InputError(
      phrase`The workspace’s settings would send the variable ${keyVariable} to ${hostOf(url)}`,
      phrase`Where that is its key, say so with --endpoint-key ${keyVariable}.`,
      { source: name },
    );
  }
}

function keyOf(
  name: string,
  { keyVariable }: EndpointProfile,
  { variables }: Environment,
): string | undefined {
  if (keyVariable === undefined) return undefined;
  const key = variables[keyVariable];
  if (key !== undefined && key !== '') return key;
  throw new InputError(
    phrase`The environment variable ${keyVariable} is not set`,
    phrase`Set it to the key of the endpoint.`,
    { source: name },
  );
}

function storeOf({ cache }: EngineOptions, environment: Environment): AnswerFolder | undefined {
  if (cache === false) return undefined;
  const folder =
    cache === undefined ? userCache(environment) : path.resolve(environment.folder, cache);
  return folder === undefined ? undefined : new AnswerFolder(folder);
}

/** Where programs of this user keep what they can make again; undefined where the system does not say. */
function userCache({ variables }: Environment): string | undefined {
  const { XDG_CACHE_HOME: cache, LOCALAPPDATA: local, HOME: home } = variables;
  const base = cache ?? local ?? (home === undefined ? undefined : path.join(home, '.cache'));
  return base === undefined ? undefined : path.join(base, 'dynamicner', 'answers');
}
