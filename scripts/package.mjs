// Packages the extension for one platform:
//   node scripts/package.mjs [--target linux-x64] [--out FILE]
// Everything is laid out in a folder of its own first: of the runtimes in node_modules only those
// files are shipped that this platform loads.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { mustRun, npmEnvironment } from './processes.mjs';

const root = path.resolve(import.meta.dirname, '..');
const limit = 105 * 1024 * 1024;

const documents = [
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'NOTICE',
  'THIRD-PARTY-NOTICES.txt',
  '.vscodeignore',
];
const folders = ['media', 'models', 'l10n'];

/** Packages loaded at run time → the files of each that are shipped. */
const runtimes = (platform, arch) => ({
  'onnxruntime-common': ['dist/cjs'],
  'onnxruntime-node': ['dist', `bin/napi-v6/${platform}/${arch}`],
  'onnxruntime-web': [
    'dist/ort.node.min.js',
    'dist/ort-wasm-simd-threaded.mjs',
    'dist/ort-wasm-simd-threaded.wasm',
  ],
});
/** The same library a second time, under the name that nothing links to. */
const twice = /libonnxruntime\.\d+\.\d+\.\d+\.dylib$/;

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: `${process.platform}-${process.arch}` },
    out: { type: 'string' },
  },
});

try {
  await packageFor(values.target);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function packageFor(target) {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const name = `${manifest.name}-${target}-${manifest.version}.vsix`;
  const out = path.resolve(values.out ?? path.join(root, name));
  const stage = mkdtempSync(path.join(os.tmpdir(), 'dynamicner-package-'));
  try {
    await layOut(stage, manifest, target);
    mkdirSync(path.dirname(out), { recursive: true });
    const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
    const args = [vsce, 'package', '--target', target, '--out', out, '--no-rewrite-relative-links'];
    // A declared repository is for the marketplace; a package made here does without.
    args.push('--allow-missing-repository');
    await mustRun(process.execPath, args, { cwd: stage, env: npmEnvironment() });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  const bytes = statSync(out).size;
  const megabytes = (size) => `${(size / 1024 / 1024).toFixed(1)} MB`;
  console.log(
    `${path.relative(process.cwd(), out)}: ${megabytes(bytes)}, at most ${megabytes(limit)}`,
  );
  if (bytes > limit) throw new Error(`${name} is too large.`);
}

async function layOut(stage, manifest, target) {
  await build({ production: true, into: stage });
  const translations = readdirSync(root).filter((name) =>
    /^package\.nls(\.[\w-]+)?\.json$/.test(name),
  );
  for (const entry of [...documents, ...folders, ...translations]) {
    const source = path.join(root, entry);
    if (existsSync(source)) cpSync(source, path.join(stage, entry), { recursive: true });
  }
  const dependencies = {};
  for (const [name, files] of Object.entries(runtimes(...target.split('-')))) {
    const from = path.join(root, 'node_modules', name);
    const to = path.join(stage, 'node_modules', name);
    for (const file of files) {
      const source = path.join(from, file);
      if (!existsSync(source)) {
        // Not every platform has a native runtime; there the WebAssembly one serves.
        console.log(`${name} has no ${file}: the package goes without.`);
        continue;
      }
      cpSync(source, path.join(to, file), { recursive: true, filter: (f) => !twice.test(f) });
    }
    const description = JSON.parse(readFileSync(path.join(from, 'package.json'), 'utf8'));
    // What it needs to install itself is not shipped, so it is not asked for either.
    delete description.dependencies;
    delete description.devDependencies;
    delete description.scripts;
    writeFileSync(path.join(to, 'package.json'), JSON.stringify(description, null, 2));
    dependencies[name] = description.version;
  }
  const shipped = { ...manifest, dependencies };
  delete shipped.devDependencies;
  delete shipped.scripts;
  writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(shipped, null, 2)}\n`);
}
