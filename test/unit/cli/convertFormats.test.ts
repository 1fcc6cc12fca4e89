import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { encodeAs } from '../../../src/cli/conversion/encodeAs';
import { run } from './testEnvironment';
import { temporaryFolder } from '../../temporaryFolder';

const line = '{"text":"東京 is big","entities":[{"start":0,"end":2,"label":"city"}]}\n';

async function encoded(text: string, encoding: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of encodeAs(Readable.from([Buffer.from(text)]), encoding)) {
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}

describe('convert between formats and encodings', () => {
  it('writes the encoding that it was told to read', async () => {
    const folder = temporaryFolder('convert');
    for (const encoding of ['gbk', 'shift_jis', 'utf-16le', 'euc-kr']) {
      const text = encoding === 'euc-kr' ? line.replace('東京', '서울') : line;
      await writeFile(path.join(folder, 'in.jsonl'), await encoded(text, encoding));
      const args = [
        'convert',
        '--to',
        'csv',
        '--encoding',
        encoding,
        'in.jsonl',
        '--out',
        encoding,
      ];
      const { code, stderr } = await run(args, { folder });
      assert.equal(code, 0, stderr);
      const written = await readFile(path.join(folder, encoding));
      const read = new TextDecoder(encoding, { fatal: true }).decode(written);
      assert.match(read, /^id,text,.*\n,(?:東京|서울) is big,0,2,city,(?:東京|서울),,\n$/u);
    }
  });

  it('names the character that an encoding does not have', async () => {
    const args = ['convert', '--to', 'csv', '--out-encoding', 'euc-kr'];
    const { code, stderr } = await run(args, { stdin: line.replace('東京', '🧭é') });
    assert.equal(code, 1);
    assert.match(stderr, /The character “🧭” cannot be written as euc-kr/);
    const unknown = await run(['convert', '--to', 'csv', '--out-encoding', 'utf-9'], {
      stdin: line,
    });
    assert.equal(unknown.code, 2);
  });

  it('says that a folder has no documents of brat', async () => {
    const folder = temporaryFolder('brat');
    await mkdir(path.join(folder, 'other'));
    const { code, stderr } = await run(['convert', '--to', 'jsonl', 'other'], { folder });
    assert.equal(code, 1);
    assert.match(stderr, /other: The folder has no documents of brat/u);
  });

  it('reads and writes a folder of brat', async () => {
    const folder = temporaryFolder('convert');
    const there = await run(['convert', '--to', 'brat', '--out', 'brat'], { folder, stdin: line });
    assert.equal(there.code, 0, there.stderr);
    assert.deepEqual((await readdir(path.join(folder, 'brat'))).sort(), [
      'passage1.ann',
      'passage1.txt',
    ]);
    const back = await run(['convert', '--to', 'csv', 'brat'], { folder });
    assert.match(back.stdout, /\npassage1,東京 is big,0,2,city,東京,,\n$/u);
    const again = await run(['convert', '--to', 'brat', '--out', 'brat'], { folder, stdin: line });
    assert.equal(again.code, 1);
    assert.match(again.stderr, /new or empty folder/);
    assert.equal((await readdir(path.join(folder, 'brat'))).length, 2);
    const broken = ['convert', '--strict', '--to', 'brat', '--out', 'below/broken'];
    const { code } = await run(broken, { folder, stdin: `${line}\nno passage\n` });
    assert.equal(code, 1);
    assert.ok(!(await readdir(folder)).includes('below'), 'nothing is left of what was begun');
  });

  it('reads a folder of brat in an encoding', async () => {
    const folder = temporaryFolder('convert');
    await writeFile(path.join(folder, 'one.txt'), iconv.encode('東京 is big', 'shiftjis'));
    await writeFile(path.join(folder, 'one.ann'), iconv.encode('T1\tcity 0 2\t東京\n', 'shiftjis'));
    const named = ['--encoding', 'shift_jis', '--out-encoding', 'utf-8'];
    const back = await run(['convert', ...named, '--to', 'csv', '.'], { folder });
    assert.equal(back.code, 0, back.stderr);
    assert.match(back.stdout, /\none,東京 is big,0,2,city,東京,,\n$/u);
    const wrong = await run(['convert', '--to', 'csv', '.'], { folder });
    assert.match(wrong.stderr, /one\.(?:txt|ann): .*UTF-8.*--encoding/u);
    const [, encoding = ''] = named;
    const checked = ['check', '--fail-on', 'never', '--encoding', encoding, '.'];
    assert.equal((await run(checked, { folder })).code, 0);
    const sampled = ['sample', '--size', '1', '--encoding', encoding, '--out', 'sample.jsonl', '.'];
    const { code, stderr } = await run(sampled, { folder });
    assert.equal(code, 0, stderr);
    const sample = await readFile(path.join(folder, 'sample.jsonl'));
    assert.match(new TextDecoder(encoding).decode(sample), /"東京 is big"/u);
  });

  it('takes brat for folders alone, and folders for brat alone', async () => {
    const folder = temporaryFolder('convert');
    await writeFile(path.join(folder, 'one.txt'), 'Rome');
    const convert = (...args: string[]) => run(['convert', '--to', 'text', ...args], { folder });
    assert.equal((await convert('--from', 'brat', '.')).stdout, 'Rome\n');
    const file = await convert('--from', 'brat', 'one.txt');
    assert.equal(file.code, 1);
    assert.match(file.stderr, /one\.txt: A data set of brat is a folder\. Name the folder/u);
    const other = await convert('--from', 'bio', '.');
    assert.equal(other.code, 1);
    assert.match(other.stderr, /A folder is read as brat, not as bio\. Leave --from out/u);
  });

  it('finds the format out, and tells what a flat one loses', async () => {
    const nested = line.replace(']', ',{"start":0,"end":6,"label":"place"}]');
    const bio = await run(['convert', '--to', 'bio'], { stdin: nested });
    assert.match(bio.stderr, /lost \(1 passage\): .*nested/);
    const back = await run(['convert', '--to', 'html'], { stdin: bio.stdout });
    assert.equal(back.code, 0, back.stderr);
    assert.match(back.stdout, /<small>place<\/small>/);
  });
});
