// Bundles the extension, the encoder's process, the data sets' worker, the command line, the webviews and the tests that
// run inside VS Code.
//   node scripts/build.mjs [--production] [--watch]
// --production: minified, without source maps: what is shipped. --watch: rebuilds at each change.
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');

/** VS Code loads this one at start, so it stays small: the rest is loaded on first use. */
const entryLimit = { file: 'dist/extension.js', bytes: 30 * 1024 };

/** Source → bundle. */
const programs = [
  { source: 'src/extension.ts', bundle: 'dist/extension.js', leaves: ['editor'] },
  { source: 'src/editor/index.ts', bundle: 'dist/editor.js' },
  { source: 'src/editor/documents/codecWorker.ts', bundle: 'dist/annotations.js' },
  { source: 'src/host/main.ts', bundle: 'dist/host.js' },
  { source: 'src/host/datasets/main.ts', bundle: 'dist/dataset.js' },
  { source: 'src/cli/main.ts', bundle: 'dist/cli.js', executable: true },
];

/** Native or WebAssembly packages keep their files beside them and are never bundled. */
const external = ['vscode', 'onnxruntime-node', 'onnxruntime-web', 'mocha'];

/**
 * Leaves imports of the named sibling bundles standing, as `require('./name.js')`. Source says
 * `await import('./editor')`, with types; the bundle beside it is read when that line is reached.
 */
function leaveSiblings(names) {
  return {
    name: 'leave-siblings',
    setup(build) {
      for (const name of names) {
        build.onResolve({ filter: new RegExp(`^\\./${name}(/index)?$`) }, ({ kind, importer }) => {
          if (kind !== 'dynamic-import' && kind !== 'require-call') {
            const text = `Import ./${name} with import() where it is first used: it is a bundle of its own.`;
            return { errors: [{ text, location: { file: path.relative(root, importer) } }] };
          }
          return { path: `./${name}.js`, external: true };
        });
      }
    },
  };
}

function filesBelow(folder, pattern, base = root) {
  const top = path.join(base, folder);
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true })
    .map((name) => path.posix.join(folder, String(name).replaceAll(path.sep, '/')))
    .filter((name) => pattern.test(name))
    .sort();
}

/** What esbuild is asked for, one set of options a bundle (the tests in VS Code are one set). */
function plan(production, into) {
  const common = {
    absWorkingDir: root,
    bundle: true,
    charset: 'utf8',
    legalComments: 'linked',
    logLevel: 'warning',
    minify: production,
    sourcemap: production ? false : 'linked',
    sourcesContent: false,
  };
  const node = {
    ...common,
    platform: 'node',
    // jsonc-parser's main is UMD, whose own require() a bundle cannot follow.
    mainFields: ['module', 'main'],
    format: 'cjs',
    target: 'node20',
    external,
    // Bundles are CommonJS: `await import('x')` becomes a late require() of the same thing.
    supported: { 'dynamic-import': false },
  };
  const wanted = [];
  for (const { source, bundle, leaves = [], executable } of programs) {
    if (!existsSync(path.join(root, source))) {
      throw new Error(`${source} is missing: ${bundle} cannot be built.`);
    }
    const hashbang = executable && !readFileSync(path.join(root, source), 'utf8').startsWith('#!');
    wanted.push({
      ...node,
      entryPoints: [source],
      outfile: path.join(into, bundle),
      plugins: [leaveSiblings(leaves)],
      ...(hashbang ? { banner: { js: '#!/usr/bin/env node' } } : {}),
    });
  }
  for (const source of filesBelow('webview', /^webview\/[^/]+\/index\.ts$/)) {
    wanted.push({
      ...common,
      platform: 'browser',
      format: 'iife',
      target: 'chrome128',
      entryPoints: [source],
      outfile: path.join(into, `dist/webview/${source.split('/')[1]}.js`),
    });
  }
  const tests = filesBelow('test/vscode/suite', /(^test\/vscode\/suite\/index|\.test)\.ts$/);
  if (!production && tests.length > 0) {
    wanted.push({ ...node, entryPoints: tests, outdir: 'out/test', outbase: 'test/vscode/suite' });
  }
  return wanted;
}

async function printSizes(into) {
  let tooLarge = false;
  for (const file of filesBelow('dist', /\.js$/, into)) {
    const code = readFileSync(path.join(into, file), 'utf8');
    const minified = Buffer.byteLength((await esbuild.transform(code, { minify: true })).code);
    const limit = file === entryLimit.file ? `, at most ${kilobytes(entryLimit.bytes)}` : '';
    console.log(`${kilobytes(minified).padStart(10)}  ${file}${limit}`);
    tooLarge ||= file === entryLimit.file && minified > entryLimit.bytes;
  }
  if (tooLarge) {
    throw new Error(
      `${entryLimit.file} is larger than ${kilobytes(entryLimit.bytes)}: ` +
        'move what activation does not need to src/editor.',
    );
  }
}

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

/**
 * Builds everything once, below the folder `into`, and prints the sizes. Throws where a bundle
 * fails or the entry is too large.
 */
export async function build({ production = false, into = root } = {}) {
  rmSync(path.join(into, 'dist'), { recursive: true, force: true });
  if (!production) rmSync(path.join(root, 'out/test'), { recursive: true, force: true });
  await Promise.all(plan(production, into).map((options) => esbuild.build(options)));
  const cli = path.join(into, 'dist/cli.js');
  if (existsSync(cli)) chmodSync(cli, 0o755);
  await printSizes(into);
}

async function watch() {
  const report = {
    name: 'report',
    setup(build) {
      build.onStart(() => console.log('build started'));
      build.onEnd(({ errors }) => console.log(`build finished, ${errors.length} errors`));
    },
  };
  for (const options of plan(false, root)) {
    const plugins = [...(options.plugins ?? []), report];
    const context = await esbuild.context({ ...options, plugins });
    await context.watch();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const flags = new Set(process.argv.slice(2));
  try {
    if (flags.has('--watch')) await watch();
    else await build({ production: flags.has('--production') });
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
