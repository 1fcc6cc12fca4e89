import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { CommandModule } from '../../../src/cli/command';
import { exitCode, Interrupted, OutputClosed, UsageError } from '../../../src/cli/exit';
import { InputError } from '../../../src/core/errors';
import { phrase } from '../../../src/core/messages/phrase';
import { run } from './testEnvironment';

function failing(error: Error): CommandModule {
  return {
    name: 'fail',
    define(command) {
      command.description('fails').option('--how <kind>', 'in which way');
      return () => Promise.reject(error);
    },
  };
}

describe('runProgram', () => {
  it('prints its version and its help on standard output', async () => {
    assert.deepEqual(await run(['--version']), { code: 0, stdout: '1.2.3\n', stderr: '' });
    const help = await run(['--help']);
    assert.equal(help.code, 0);
    for (const name of ['extract', 'convert', 'evaluate', 'models']) {
      assert.match(help.stdout, new RegExp(`^ +${name} `, 'm'));
      const own = await run([name, '--help']);
      assert.equal(own.code, 0);
      assert.match(own.stdout, new RegExp(`^Usage: dynamicner ${name} `));
    }
    const serve = await run(['serve', '--help']);
    assert.doesNotMatch(serve.stdout, /--resume/u, 'it has no such option');
    const extract = (await run(['extract', '--help'])).stdout.replaceAll(/\s+/gu, ' ');
    assert.ok(extract.includes('(default: a line; a paragraph with --to terminal)'));
  });

  it('lists the models with the size of their own files', async () => {
    const { code, stdout } = await run(['models', '--to', 'json']);
    assert.equal(code, 0);
    const listed = JSON.parse(stdout) as { folder: string; bytes: number }[];
    assert.ok(listed.length > 1);
    for (const { folder, bytes } of listed) {
      const files = readdirSync(folder).filter((name) => !['CARD.md', 'pack.json'].includes(name));
      const sizes = files.map((name) => statSync(path.join(folder, name)).size);
      assert.equal(
        bytes,
        sizes.reduce((sum, size) => sum + size, 0),
      );
    }
  });

  it('ends wrong usage with 2 and a message on standard error', async () => {
    for (const args of [[], ['unknown'], ['extract', '--no-such-option'], ['--no-such-option']]) {
      const { code, stdout, stderr } = await run(args);
      assert.equal(code, 2, args.join(' '));
      assert.equal(stdout, '');
      assert.notEqual(stderr, '');
    }
  });

  it('maps failures to exit codes', async () => {
    const cases: readonly [Error, number, RegExp][] = [
      [new UsageError('Give --gold.'), exitCode.usage, /^error: Give --gold\./],
      [
        new InputError(phrase`It is bad`, phrase`Mend it.`, { source: 'a', line: 3 }),
        1,
        /a:3: It is bad\. Mend it\./,
      ],
      [new Interrupted(), exitCode.interrupted, /^$/],
      [new OutputClosed(), exitCode.done, /^$/],
      [new Error('broken'), exitCode.failed, /^error: broken\n$/],
    ];
    for (const [error, code, message] of cases) {
      const ran = await run(['fail'], { modules: [failing(error)] });
      assert.equal(ran.code, code);
      assert.match(ran.stderr, message);
    }
  });

  it('takes another command without a change of its frame', async () => {
    const added: CommandModule = {
      name: 'count',
      define(command, { stdout }) {
        command.argument('[files...]').option('--twice');
        return (parsed) => {
          stdout.write(`${parsed.args.length * (parsed.opts()['twice'] === true ? 2 : 1)}\n`);
          return Promise.resolve(exitCode.done);
        };
      },
    };
    const ran = await run(['count', 'a', 'b', '--twice'], { modules: [added] });
    assert.deepEqual(ran, { code: 0, stdout: '4\n', stderr: '' });
  });
});
