import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { patience } from '../../until';

/**
 * What VS Code calls in its extension host (`--extensionTestsPath`). Runs the tests of one folder of
 * this suite; the reporter's file says what they did, because the host's exit code does not.
 */
export async function run(): Promise<void> {
  const file = process.env['HOST_TEST_RESULTS'] ?? path.join(__dirname, 'results.json');
  const folder = path.join(__dirname, process.env['HOST_TEST_FOLDER'] ?? '.');
  const grep = process.env['HOST_TEST_GREP'];
  const mocha = new Mocha({
    timeout: 2 * patience,
    color: false,
    forbidOnly: true,
    forbidPending: true,
    reporter: path.join(__dirname, '../../test/results.cjs'),
    reporterOptions: { file, lines: true },
    ...(grep === undefined || grep === '' ? {} : { grep }),
  });
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(folder, name));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
