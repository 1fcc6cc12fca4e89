// npm run bench [-- OPTIONS]: how fast the bundled encoder is and what it takes (bench/encoder.ts),
// how long learning takes (bench/learningSpeed.ts), and how fast it is in VS Code (bench/editor.ts,
// bench/labels.ts).
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setUp } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
await setUp();

/** What is measured, one program each; options are for the first. */
const programs = [
  'bench/encoder.ts',
  'bench/learningSpeed.ts',
  'bench/editor.ts',
  'bench/labels.ts',
];

for (const [index, program] of programs.entries()) {
  const own = index === 0 ? process.argv.slice(2) : [];
  const args = ['--import', import.meta.resolve('tsx'), path.join(root, program), ...own];
  // Relative paths in the options start from where the user stands, not from the repository.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const child = spawn(process.execPath, args, { cwd, stdio: 'inherit' });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) process.exitCode = code ?? 1;
}
