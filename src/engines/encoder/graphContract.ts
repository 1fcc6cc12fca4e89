import { phrase, type Phrase } from '../../core/messages/phrase';
import { ModelError } from '../errors';
import type { Graph, TensorInfo } from '../runtime/runtime';
import { SPAN_PARTS, type PackManifest } from './packSchema';

/** Names, element types and shapes of a graph; `null` stands for a size that must be free. */
export interface GraphContract {
  readonly inputs: Readonly<Record<string, TensorContract>>;
  readonly outputs: Readonly<Record<string, TensorContract>>;
}

export interface TensorContract {
  readonly type: 'int64' | 'float32';
  readonly shape: readonly (number | null)[];
}

/** What the three graphs of a pack must look like; the word vectors' width is read from the text graph. */
export function graphContracts(
  { finding, typing, lexicon }: PackManifest,
  hidden: number,
): { text: GraphContract; label: GraphContract; typing: GraphContract } {
  const ids: TensorContract = { type: 'int64', shape: [null, null] };
  const floats = (...shape: (number | null)[]): TensorContract => ({ type: 'float32', shape });
  return {
    text: {
      inputs: {
        input_ids: ids,
        attention_mask: ids,
        shape_ids: ids,
        ...(lexicon === undefined ? {} : { lexicon_ids: ids }),
        word_first: ids,
        word_last: ids,
      },
      outputs: {
        finding: floats(null, null, 3, finding.dimensions),
        words: floats(null, null, hidden),
      },
    },
    label: {
      inputs: { input_ids: ids, attention_mask: ids },
      outputs: {
        finding: floats(null, finding.dimensions),
        typing: floats(null, typing.dimensions),
      },
    },
    typing: {
      inputs: { spans: floats(null, SPAN_PARTS.length * hidden) },
      outputs: { vectors: floats(null, typing.dimensions), none: floats(null) },
    },
  };
}

/**
 * Checks that a graph has the tensors that its pack promises.
 * @throws ModelError naming the file, the tensor and both shapes.
 */
export function checkGraph(file: string, graph: Graph, contract: GraphContract): void {
  for (const side of ['inputs', 'outputs'] as const) {
    for (const [name, expected] of Object.entries(contract[side])) {
      const found = graph[side].get(name);
      if (found === undefined) {
        const has = [...graph[side].keys()].join(', ') || 'none';
        throw wrong(
          file,
          side === 'inputs'
            ? phrase`among its inputs there is no "${name}" (it has ${has})`
            : phrase`among its outputs there is no "${name}" (it has ${has})`,
        );
      }
      if (!fits(found, expected)) {
        throw wrong(
          file,
          side === 'inputs'
            ? phrase`its input "${name}" is ${describe(found)} instead of ${describe(expected)}`
            : phrase`its output "${name}" is ${describe(found)} instead of ${describe(expected)}`,
        );
      }
    }
  }
  for (const name of graph.inputs.keys()) {
    if (!(name in contract.inputs)) throw wrong(file, phrase`it wants an unknown input "${name}"`);
  }
}

function wrong(file: string, problem: Phrase): ModelError {
  return new ModelError(
    file,
    problem,
    phrase`Use a pack whose graphs follow the kind "bi-encoder".`,
  );
}

function fits(found: TensorInfo, expected: TensorContract): boolean {
  return (
    found.type === expected.type &&
    found.shape.length === expected.shape.length &&
    expected.shape.every((size, axis) =>
      size === null ? typeof found.shape[axis] === 'string' : found.shape[axis] === size,
    )
  );
}

function describe({ type, shape }: TensorInfo | TensorContract): string {
  return `${type} [${shape.map((size) => size ?? 'any').join(', ')}]`;
}
