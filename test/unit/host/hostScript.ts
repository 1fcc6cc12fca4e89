import path from 'node:path';
import { build } from 'esbuild';

export const root = path.resolve(__dirname, '../../..');
/** The bundled encoder that the product ships. */
export const packFolder = path.join(root, 'models/dynamicner-en-small');

const script = path.join(root, 'out/unit/host.js');
let built: Promise<unknown> | undefined;

/** Bundles the program of the encoder's process from source, once, and returns its file. */
export async function buildHost(): Promise<string> {
  built ??= build({
    absWorkingDir: root,
    entryPoints: ['src/host/main.ts'],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['onnxruntime-node', 'onnxruntime-web'],
    supported: { 'dynamic-import': false },
    logLevel: 'warning',
  });
  await built;
  return script;
}
