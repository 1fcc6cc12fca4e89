// npm run quality [-- OPTIONS]: how well the bundled pack finds entities (bench/quality.ts); with --learn,
// what learning from a few examples is worth (bench/learning.ts).
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setUp } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
await setUp();
const args = [
  '--import',
  import.meta.resolve('tsx'),
  path.join(root, process.argv.includes('--learn') ? 'bench/learning.ts' : 'bench/quality.ts'),
  ...process.argv.slice(2),
];
// Relative paths in the options start from where the user stands, not from the repository.
const cwd = process.env.INIT_CWD ?? process.cwd();
const child = spawn(process.execPath, args, { cwd, stdio: 'inherit' });
child.once('close', (code) => (process.exitCode = code ?? 1));
