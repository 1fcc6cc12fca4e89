import type { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-common';
import type {
  Graph,
  GraphOptions,
  Runtime,
  RuntimeKind,
  Tensor,
  TensorData,
  TensorInfo,
} from './runtime';

type TensorType = 'float32' | 'int64' | 'float16' | 'bool';

/** The part of the packages onnxruntime-node and onnxruntime-web that is used. */
export interface OnnxModule {
  readonly InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: new (type: TensorType, data: TensorData, dims: readonly number[]) => OnnxTensor;
  readonly env?: { readonly wasm: { numThreads?: number } };
}

/** An ONNX Runtime package behind the one interface that both share. */
export class OnnxRuntime implements Runtime {
  constructor(
    readonly kind: RuntimeKind,
    private readonly onnx: OnnxModule,
    private readonly options: InferenceSession.SessionOptions,
  ) {}

  async open(model: Uint8Array, { threads }: GraphOptions): Promise<Graph> {
    const session = await this.onnx.InferenceSession.create(model, {
      ...this.options,
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      // Without an arena every operator's memory comes from the system anew: half as much time again.
      enableCpuMemArena: true,
      // Batches differ in shape: a pattern would be kept for each.
      enableMemPattern: false,
      logSeverityLevel: 3,
    });
    return new OnnxGraph(session, this.onnx);
  }
}

class OnnxGraph implements Graph {
  readonly inputs: ReadonlyMap<string, TensorInfo>;
  readonly outputs: ReadonlyMap<string, TensorInfo>;

  constructor(
    private readonly session: InferenceSession,
    private readonly onnx: OnnxModule,
  ) {
    this.inputs = describe(session.inputMetadata);
    this.outputs = describe(session.outputMetadata);
  }

  async run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
    const tensors: Record<string, OnnxTensor> = {};
    for (const [name, { data, dims }] of Object.entries(feeds)) {
      tensors[name] = tensorOf(this.onnx, data, dims);
    }
    const results: Record<string, Tensor> = {};
    for (const [name, tensor] of Object.entries(await this.session.run(tensors))) {
      results[name] = { data: tensor.data as TensorData, dims: tensor.dims };
    }
    return results;
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}

function describe(
  metadata: readonly InferenceSession.ValueMetadata[],
): ReadonlyMap<string, TensorInfo> {
  return new Map(
    metadata.map((value) => [
      value.name,
      value.isTensor ? { type: value.type, shape: value.shape } : { type: 'other', shape: [] },
    ]),
  );
}

function tensorOf(onnx: OnnxModule, data: TensorData, dims: readonly number[]): OnnxTensor {
  const tensor = new onnx.Tensor(typeOf(data), data, dims);
  // Where Float16Array exists (Node 24), the class wraps 16-bit numbers in one, which the native
  // part of onnxruntime-node 1.30 takes for an empty array: it knows them as Uint16Array only.
  if (data instanceof Uint16Array) Object.defineProperty(tensor, 'data', { value: data });
  return tensor;
}

function typeOf(data: TensorData): TensorType {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Uint8Array) return 'bool';
  return data instanceof BigInt64Array ? 'int64' : 'float16';
}
