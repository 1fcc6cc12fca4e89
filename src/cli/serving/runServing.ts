import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import type { Environment } from '../environment';
import { exitCode, type ExitCode } from '../exit';
import { openExtraction } from '../extraction/openExtraction';
import { Messages } from '../io/messages';
import { openOutput } from '../io/output';
import type { OpenEngine } from '../openEncoder';
import type { ReadingOptions } from '../options/extraction';
import { ExtractionServer } from './extractionServer';

/** The options of `serve` as commander reads them. */
export interface ServingOptions extends ReadingOptions {
  readonly port: number;
  readonly tokenEnv?: string;
  readonly mostMegabytes: number;
}

const mostAtOnce = 64;
/** How long requests under way may go on after the server was told to end. */
const patience = 5000;

/**
 * Runs `serve`: loads the engine, prints the server's URL, and answers until it is interrupted.
 * @returns 130. @throws {InputError} where it cannot begin.
 */
export async function runServing(
  options: ServingOptions,
  environment: Environment,
  open: OpenEngine,
): Promise<ExitCode> {
  const { stdout, stderr, signal, folder, version } = environment;
  const messages = new Messages(stderr);
  const token = tokenOf(options, environment);
  const extraction = await openExtraction(options, false, environment, messages, open);
  const { engine, level } = extraction;
  const server = new ExtractionServer(extraction, {
    port: options.port,
    token,
    mostAtOnce,
    mostBytes: options.mostMegabytes * 1024 * 1024,
    offsets: options.offsets,
    ...(level === undefined ? {} : { level }),
    ...(options.language === undefined ? {} : { language: options.language }),
    version,
    stderr,
  });
  try {
    const url = await server.listen();
    const output = openOutput(undefined, folder, stdout);
    await output.write(`${url}\n`);
    messages.say(`${engine.name} ${engine.model} answers POST ${url}/extract. Ctrl+C ends it.`);
    if (token === undefined) {
      messages.say('Every program on this machine may ask it; --token-env NAME asks for a token.');
    }
    await untilAborted(signal);
    if (server.busy > 0) {
      messages.say(`It ends after the requests under way, in ${patience / 1000} seconds at most.`);
    }
    await server.close(patience);
  } finally {
    await engine.dispose();
  }
  return exitCode.interrupted;
}

/** The token comes from the environment, where other users do not see it, as they see arguments. */
function tokenOf({ tokenEnv }: ServingOptions, { variables }: Environment): string | undefined {
  if (tokenEnv === undefined) return undefined;
  const token = variables[tokenEnv];
  if (token !== undefined && /^\S+$/u.test(token)) return token;
  throw new InputError(
    phrase`The environment variable ${tokenEnv} holds no token`,
    phrase`Set it to what clients send as their token, without white space.`,
  );
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
