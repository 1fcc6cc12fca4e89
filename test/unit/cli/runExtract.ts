import { extractWith } from '../../../src/cli/commands/extract';
import { FakeEngine } from './fakeEngine';
import { run, type Ran, type RunOptions } from './testEnvironment';

const modules = [extractWith(() => Promise.resolve(new FakeEngine()))];

/** Runs `extract` in this process with an engine that needs no model. */
export function extract(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return run(['extract', ...args], { modules, ...options });
}

/** The values of lines of JSON. */
export function lines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}
