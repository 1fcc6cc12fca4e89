import { wordingOf } from '../../core/errors';
import { phrase, type Phrase } from '../../core/messages/phrase';
import { ModelError } from '../errors';
import { OnnxRuntime, type OnnxModule } from './onnxRuntime';
import type { Runtime, RuntimeKind } from './runtime';

/**
 * Loads an ONNX Runtime: the wanted one, else the native one where it loads on this machine, else
 * the WebAssembly one.
 * @throws ModelError when none loads.
 */
export async function openRuntime(wanted?: RuntimeKind): Promise<Runtime> {
  if (wanted === 'wasm') return openWasm();
  try {
    return await openNative();
  } catch (error) {
    if (wanted === 'native') throw error;
    return openWasm(error);
  }
}

async function openNative(): Promise<Runtime> {
  // Since 1.29 the native library reports its use to its maker and keeps an identifier of the device,
  // unless this is set before it is loaded (microsoft/onnxruntime#27379).
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  try {
    const onnx = (await import('onnxruntime-node')) as unknown as OnnxModule;
    return new OnnxRuntime('native', onnx, {
      executionProviders: ['cpu'],
      // Threads that spin while they wait would keep the cores busy after every run.
      extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
    });
  } catch (error) {
    throw runtimeError('onnxruntime-node', wordingOf(error));
  }
}

async function openWasm(native?: unknown): Promise<Runtime> {
  try {
    const onnx = (await import('onnxruntime-web')) as unknown as OnnxModule;
    // Threads of its own would be Web Workers, which Node's build of the runtime does not start.
    if (onnx.env) onnx.env.wasm.numThreads = 1;
    return new OnnxRuntime('wasm', onnx, { executionProviders: ['wasm'] });
  } catch (error) {
    const why =
      native === undefined
        ? wordingOf(error)
        : phrase`${wordingOf(error)} (and the native one: ${wordingOf(native)})`;
    throw runtimeError('onnxruntime-web', why);
  }
}

function runtimeError(name: string, why: Phrase | string): ModelError {
  return new ModelError(
    name,
    phrase`the runtime for models does not load: ${why}`,
    phrase`Install the extension again, in the version for this kind of machine.`,
  );
}
