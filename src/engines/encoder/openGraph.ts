import { phrase } from '../../core/messages/phrase';
import { ModelError, messageOf } from '../errors';
import type { Graph, Runtime, Tensor } from '../runtime/runtime';

/**
 * Opens a graph.
 * @param file Where it came from, for errors.
 * @throws ModelError when the runtime cannot run it.
 */
export async function openGraph(
  file: string,
  model: Uint8Array,
  runtime: Runtime,
  threads: number,
): Promise<Graph> {
  try {
    return await runtime.open(model, { threads });
  } catch (error) {
    throw new ModelError(
      file,
      phrase`it is no graph that ONNX Runtime (${runtime.kind}) can run: ${messageOf(error)}`,
      phrase`Install the model again, or choose another one.`,
      { cause: error },
    );
  }
}

/** The numbers of a tensor whose type was checked when its graph was opened. */
export function floats(tensor: Tensor | undefined): Float32Array {
  return (tensor?.data ?? new Float32Array(0)) as Float32Array;
}
