import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../../temporaryFolder';

const root = path.resolve(__dirname, '../../../..');
const model = path.join(root, 'models/dynamicner-en-small/typing.onnx');

/** Opens a graph with the native runtime in a process of its own; returns what it left behind. */
async function filesLeft(before: string): Promise<string[]> {
  const home = temporaryFolder('home');
  const script = `
    ${before}
    const { readFileSync } = require('node:fs');
    const { openRuntime } = require('./src/engines/runtime/openRuntime');
    void openRuntime('native').then(async (runtime) => {
      const graph = await runtime.open(readFileSync(${JSON.stringify(model)}), { threads: 1 });
      await graph.release();
    });`;
  await promisify(execFile)(process.execPath, ['--import', 'tsx', '--eval', script], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: home, TMPDIR: home, TSX_DISABLE_CACHE: '1' },
  });
  assert.ok(existsSync(home));
  return readdirSync(home, { recursive: true, encoding: 'utf8' });
}

describe('the native runtime', function () {
  this.timeout(120_000);

  it('reports to nobody: it leaves no identifier and no store of events', async () => {
    assert.deepEqual(await filesLeft(''), []);
  });

  it('cannot be made to report by the environment', async () => {
    assert.deepEqual(await filesLeft(`process.env.ORT_DISABLE_TELEMETRY = '0';`), []);
  });
});
