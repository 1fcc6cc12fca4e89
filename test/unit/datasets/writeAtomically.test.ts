import assert from 'node:assert/strict';
import {
  chmod,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkSpace } from '../../../src/host/datasets/workingCopy';
import { writePart } from '../../../src/host/datasets/writeAtomically';

async function* pieces(...texts: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield await Promise.resolve(new TextEncoder().encode(text));
  }
}

describe('A file that is written whole', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'whole-'));
    file = path.join(folder, 'set.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = async (name: string, ...texts: (string | Error)[]): Promise<void> => {
    const written = await writePart({ file: name, size: 10 }, pieces(...texts));
    await written.commit();
  };

  it('gets its name at the end, and keeps the mode of the one before', async () => {
    await writeFile(file, 'old');
    await chmod(file, 0o640);
    const written = await writePart({ file, size: 10 }, pieces('ne', 'w'));
    assert.equal(await readFile(file, 'utf8'), 'old');
    await written.commit();
    assert.equal(await readFile(file, 'utf8'), 'new');
    assert.equal((await stat(file)).mode & 0o777, 0o640);
    assert.deepEqual(await readdir(folder), ['set.jsonl']);
  });

  it('goes where a symbolic link points to, and the link stays one', async () => {
    const link = path.join(folder, 'link.jsonl');
    await writeFile(file, 'old');
    await symlink('set.jsonl', link);
    await write(link, 'new');
    assert.ok((await lstat(link)).isSymbolicLink());
    assert.equal(await readFile(file, 'utf8'), 'new');
  });

  it('leaves the old one and nothing else when it cannot be written to its end', async () => {
    await writeFile(file, 'old');
    await assert.rejects(
      write(file, 'ne', new Error('no more')),
      /set\.jsonl: .*no more.*another name/u,
    );
    assert.equal(await readFile(file, 'utf8'), 'old');
    assert.deepEqual(await readdir(folder), ['set.jsonl']);
    const missing = path.join(folder, 'none', 'set.jsonl');
    await assert.rejects(write(missing, 'new'), { name: 'InputError' });
  });

  it('is refused where the disk has no room', async () => {
    await assert.rejects(checkSpace(folder, 2 ** 60), /not enough room.*MB are needed/u);
  });

  it('takes the parts of processes that were killed away, and no others', async () => {
    const gone = `.set.jsonl.${2 ** 22 + 1}.saving`;
    const other = `.other.jsonl.${2 ** 22 + 1}.saving`;
    for (const name of [gone, other]) await writeFile(path.join(folder, name), 'part');
    await write(file, 'new');
    assert.deepEqual((await readdir(folder)).sort(), [other, 'set.jsonl']);
  });
});
