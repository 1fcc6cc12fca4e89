import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { patience } from './until';

/** Folders of the test that runs, and those of whole suites. */
const ofTest: string[] = [];
const ofSuites: string[] = [];
let isInTest = false;

/**
 * Makes a folder and returns its path. With the hooks below it is gone after the test that made it;
 * one that was made before tests is gone after all of them.
 */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `dynamicner-${purpose}-`));
  (isInTest ? ofTest : ofSuites).push(folder);
  return folder;
}

/** Removes a folder with all that is in it, also what programs that are ending still write there. */
export async function removeFolder(folder: string): Promise<void> {
  const deadline = Date.now() + patience;
  do {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    await new Promise((resolve) => setTimeout(resolve, 100));
  } while (existsSync(folder) && Date.now() < deadline);
}

/** For mocha: hooks around all tests, which run before and after the tests' own. */
export const mochaHooks = {
  beforeEach: (): void => {
    isInTest = true;
  },
  afterEach: (): void => {
    isInTest = false;
    for (const folder of ofTest.splice(0)) rmSync(folder, { recursive: true, force: true });
  },
  afterAll: async (): Promise<void> => {
    await Promise.all(ofSuites.splice(0).map(removeFolder));
  },
};
