import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rules } from '../../../src/core/checks/rules';
import { run } from './testEnvironment';
import { temporaryFolder } from '../../temporaryFolder';

const file = [
  '{"text": "Met  Ada today", "entities": [{"start": 4, "end": 8, "label": "scholar"}]}',
  '{"text":"🧭 Ada wrote","entities":[{"start":2,"end":5,"label":"artist"}], "note": 1.50}',
  '',
].join('\n');

interface Found {
  rule: string;
  line: number;
  span: number[];
  fixes: { id: string; title: string }[];
}

describe('check', () => {
  let folder: string;
  before(() => {
    folder = temporaryFolder('check');
  });

  it('prints findings with file, line and rule, and ends with 1', async () => {
    const { code, stdout, stderr } = await run(['check', '-'], { stdin: file });
    assert.equal(code, 1);
    assert.equal(
      stdout.split('\n', 1)[0],
      '<stdin>:1:15: warning: “ Ada” has white space at its edge. Leave the white space out of the entity. [blank-edge]',
    );
    assert.match(stdout, /<stdin>:\d:\d+: note: “Ada” has 2 types: .*\[surface-types\]/);
    assert.equal(stderr, '1 warning, 1 note.\n');
    const quiet = await run(['check', '--fail-on', 'error', '-'], { stdin: file });
    assert.equal(quiet.code, 0);
  });

  it('mends what is safe, byte for byte elsewhere', async () => {
    const name = path.join(folder, 'train.jsonl');
    await writeFile(name, file);
    const { code, stdout, stderr } = await run(['check', '--fix', name]);
    assert.equal(code, 0);
    assert.doesNotMatch(stdout, /blank-edge/);
    assert.match(stderr, /mended 1\./);
    const mended = file.replace('"start": 4', '"start": 5');
    assert.equal(await readFile(name, 'utf8'), mended);
    for (const [mark = '', ...named] of [['\ufeff'], ['', '--encoding', 'utf-16le']]) {
      await writeFile(name, `${mark}${file}`, 'utf16le');
      const wide = await run(['check', '--fix', ...named, name]);
      assert.equal(wide.code, 0, wide.stderr);
      assert.equal(await readFile(name, 'utf16le'), `${mark}${mended}`);
    }
  });

  it('makes the fix that an id names, from standard input to standard output', async () => {
    const { stdout } = await run(['check', '--to', 'json', '-'], { stdin: file });
    const found = JSON.parse(stdout) as Found[];
    const surfaces = found.find(({ rule }) => rule === 'surface-types');
    const fix = surfaces?.fixes.find(({ title }) => title.endsWith('artist'));
    assert.ok(fix);
    const mended = await run(['check', '--fixes', fix.id, '-'], { stdin: file });
    assert.equal(mended.stdout, file.replace('scholar', 'artist'));
    assert.match(mended.stderr, /blank-edge/);
  });

  it('counts spans in the unit asked for', async () => {
    const line = '{"text":"🧭 Adas","entities":[{"start":2,"end":5,"label":"artist"}]}';
    const points = await run(['check', '--to', 'json', '-'], { stdin: line });
    assert.deepEqual((JSON.parse(points.stdout) as Found[])[0]?.span, [2, 5]);
    const units = await run(['check', '--to', 'json', '--offsets', 'utf16', '-'], {
      stdin: line.replace('2', '3').replace('5', '6'),
    });
    assert.deepEqual((JSON.parse(units.stdout) as Found[])[0]?.span, [3, 6]);
  });

  it('writes SARIF with a rule for every result', async () => {
    await writeFile(path.join(folder, 'a b.jsonl'), file);
    const { stdout } = await run(['check', '--to', 'sarif', 'a b.jsonl'], { folder });
    const log = JSON.parse(stdout) as {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: {
          ruleId: string;
          ruleIndex: number;
          locations: { physicalLocation: { artifactLocation: object; region: object } }[];
        }[];
      }[];
    };
    assert.equal(log.version, '2.1.0');
    const [one] = log.runs;
    assert.deepEqual(
      one?.tool.driver.rules.map(({ id }) => id),
      rules.map(({ id }) => id),
    );
    for (const { ruleId, ruleIndex } of one?.results ?? []) {
      assert.equal(one?.tool.driver.rules[ruleIndex]?.id, ruleId);
    }
    assert.deepEqual(one?.results[0]?.locations[0]?.physicalLocation, {
      artifactLocation: { uri: 'a%20b.jsonl', uriBaseId: 'ROOT' },
      region: { startLine: 1, startColumn: 15, endLine: 1, endColumn: 19 },
    });
  });

  it('finds leaks against another file, and only the rules that are asked for', async () => {
    const train = path.join(folder, 'other.jsonl');
    await writeFile(train, '{"text": "Ada wrote"}\n');
    const { stdout } = await run(['check', '--against', train, '--rules', 'leak', '-'], {
      stdin: file,
    });
    assert.match(stdout, /^<stdin>:2: warning: The passage also stands in .*other\.jsonl, line 1/);
    const unknown = await run(['check', '--rules', 'leaks', '-'], { stdin: file });
    assert.equal(unknown.code, 2);
  });

  it('goes on after a file that cannot be read, and ends with 1', async () => {
    const { code, stderr } = await run(['check', 'missing.jsonl'], { folder });
    assert.equal(code, 1);
    assert.match(stderr, /missing\.jsonl: There is no such file/);
  });
});
