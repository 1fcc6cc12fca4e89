import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './testEnvironment';

const model = ['--model', 'dynamicner-en-small'];
const labels = ['--labels', 'vessel, berth'];

/** Sentences about ships at quays, with both marked. */
const sentences = [
  ['We docked the ', 'Sandpiper', ' at ', 'Quay Nine', ' before noon.'],
  ['The tug ', 'Brightwater', ' waited off ', 'Quay Two', ' all night.'],
  ['Captain Olsen took the ', 'Sea Lark', ' to ', 'Quay Six', ' again.'],
  ['At dusk the ', 'Northern Star', ' was towed to ', 'Quay Three', ' for repairs.'],
];
const annotated = sentences
  .map(([a = '', vessel = '', b = '', berth = '', c = '']) => {
    const text = a + vessel + b + berth + c;
    const at = (mention: string, label: string) => {
      const start = text.indexOf(mention);
      return { start, end: start + mention.length, label };
    };
    return JSON.stringify({ text, entities: [at(vessel, 'vessel'), at(berth, 'berth')] });
  })
  .join('\n');

describe('learn', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'learn-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  async function found(args: readonly string[], text: string): Promise<string[]> {
    const { code, stdout, stderr } = await run(['extract', ...labels, ...model, ...args], {
      stdin: `${text}\n`,
      folder,
    });
    assert.equal(code, 0, stderr);
    const { entities } = JSON.parse(stdout) as {
      entities: { start: number; end: number; label: string }[];
    };
    return entities.map(({ start, end, label }) => `${label}: ${text.slice(start, end)}`);
  }

  it('teaches new types from four examples, which extract --adapters then finds', async () => {
    const learned = await run(
      ['learn', ...labels, ...model, '--estimate', '--out', 'ships.adapters.json'],
      { stdin: annotated, folder },
    );
    assert.equal(learned.code, 0, learned.stderr);
    assert.match(learned.stderr, /label\s+examples\s+held-out P\s+R\s+F1\n/u);
    assert.match(learned.stderr, /vessel\s+4\s+\d+/u);
    const text = 'Yesterday the Marigold left Quay Four in the fog.';
    const after = await found(['--adapters', 'ships.adapters.json'], text);
    assert.deepEqual(after, ['vessel: Marigold', 'berth: Quay Four']);
    assert.notDeepEqual(await found([], text), after);
  });

  it('tells how well labels were learned only where that was estimated', async () => {
    const args = ['learn', ...labels, ...model, '--out', 'a.json'];
    const { stderr } = await run(args, { stdin: annotated, folder });
    assert.match(stderr, /^label\s+examples\n─+ {2}─+\nvessel\s+4\nberth\s+4$/mu);
  });

  it('writes the same file from the same input', async () => {
    for (const out of ['a.json', 'b.json']) {
      await run(['learn', ...labels, ...model, '--out', out], { stdin: annotated, folder });
    }
    const [a, b] = ['a.json', 'b.json'].map((name) =>
      readFileSync(path.join(folder, name), 'utf8'),
    );
    assert.equal(a, b);
  });

  it('refuses adapters of another version of the pack', async () => {
    await run(['learn', ...labels, ...model, '--out', 'a.json'], { stdin: annotated, folder });
    const file = path.join(folder, 'a.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"version":"', '"version":"0.'));
    const { code, stderr } = await run(['extract', ...labels, ...model, '--adapters', 'a.json'], {
      stdin: 'A text\n',
      folder,
    });
    assert.equal(code, 1);
    assert.match(stderr, /is for version 0\..* of dynamicner-en-small.*Learn again/u);
  });

  it('leaves no file where there is nothing to learn', async () => {
    const suggested =
      '{"text":"The Sandpiper","entities":[{"start":4,"end":13,"label":"vessel","source":"encoder"}]}\n';
    const { code, stderr } = await run(['learn', ...labels, ...model, '--out', 'a.json'], {
      stdin: suggested,
      folder,
    });
    assert.equal(code, 1);
    assert.match(stderr, /nothing to learn from/u);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('names a file that is no file of adapters', async () => {
    writeFileSync(path.join(folder, 'x.json'), '[]');
    const { code, stderr } = await run(['extract', '--adapters', 'x.json'], { stdin: 'a', folder });
    assert.equal(code, 1);
    assert.match(stderr, /x\.json: This is no object/u);
  });
});
