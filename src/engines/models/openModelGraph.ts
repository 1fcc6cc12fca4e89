import path from 'node:path';
import { phrase, type Phrase } from '../../core/messages/phrase';
import { ModelError, messageOf } from '../errors';
import type { Graph, Runtime } from '../runtime/runtime';
import { readModelFile } from './modelFiles';

const MEND = phrase`Export the model again as its kind's library does, or choose another one.`;

/**
 * Opens a graph of a folder.
 * @throws ModelError when the file is missing, or is no graph that the runtime can run.
 */
export async function openModelGraph(
  folder: string,
  name: string,
  runtime: Runtime,
  threads: number,
): Promise<Graph> {
  const bytes = await readModelFile(folder, name, MEND);
  try {
    return await runtime.open(bytes, { threads });
  } catch (error) {
    throw new ModelError(
      path.join(folder, name),
      phrase`it is no graph that ONNX Runtime (${runtime.kind}) can run: ${messageOf(error)}`,
      MEND,
      { cause: error },
    );
  }
}

/** The error for a graph that does not have the tensors that its kind has. */
export function wrongGraph(file: string, problem: Phrase): ModelError {
  return new ModelError(file, problem, MEND);
}

/**
 * Checks that a graph has the inputs of its kind, each with its element type, and asks for no others.
 * @throws ModelError naming the file and the input.
 */
export function checkInputs(
  file: string,
  graph: Graph,
  wanted: Readonly<Record<string, 'int64' | 'bool' | 'float32'>>,
  optional: readonly string[] = [],
): void {
  for (const [name, type] of Object.entries(wanted)) {
    const found = graph.inputs.get(name);
    if (found === undefined) {
      if (optional.includes(name)) continue;
      const has = [...graph.inputs.keys()].join(', ') || 'none';
      throw wrongGraph(file, phrase`among its inputs there is no "${name}" (it has ${has})`);
    }
    if (found.type !== type) {
      throw wrongGraph(file, phrase`its input "${name}" is ${found.type} instead of ${type}`);
    }
  }
  for (const name of graph.inputs.keys()) {
    if (!(name in wanted)) throw wrongGraph(file, phrase`it wants an unknown input "${name}"`);
  }
}

/**
 * The name of the output that holds the logits: `logits`, else the only one.
 * @throws ModelError when there is none, or it does not hold 32-bit floats.
 */
export function logitsOf(file: string, graph: Graph): string {
  const names = [...graph.outputs.keys()];
  const name = names.includes('logits') ? 'logits' : names.length === 1 ? names[0] : undefined;
  if (name === undefined) {
    throw wrongGraph(
      file,
      phrase`among its outputs there is no "logits" (it has ${names.join(', ')})`,
    );
  }
  const type = graph.outputs.get(name)?.type;
  if (type !== 'float32') {
    throw wrongGraph(file, phrase`its output "${name}" is ${type ?? '?'} instead of float32`);
  }
  return name;
}
