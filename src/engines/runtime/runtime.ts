/** Which ONNX Runtime: `native` is onnxruntime-node, `wasm` is onnxruntime-web. */
export type RuntimeKind = 'native' | 'wasm';

/** What goes into and comes out of a graph; 16-bit floats travel as their bits, truth values as 0 and 1. */
export type TensorData = Float32Array | BigInt64Array | Uint16Array | Uint8Array;

export interface Tensor<Data extends TensorData = TensorData> {
  readonly data: Data;
  readonly dims: readonly number[];
}

/** Type and shape of an input or output; a name stands for a size that is free. */
export interface TensorInfo {
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

/** A loaded ONNX graph. */
export interface Graph {
  readonly inputs: ReadonlyMap<string, TensorInfo>;
  readonly outputs: ReadonlyMap<string, TensorInfo>;
  /** Runs the graph once; the result holds every output. */
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
  release(): Promise<void>;
}

export interface GraphOptions {
  readonly threads: number;
}

/** An ONNX Runtime that can open graphs. */
export interface Runtime {
  readonly kind: RuntimeKind;
  /** @throws whatever the runtime says when the bytes are no usable graph. */
  open(model: Uint8Array, options: GraphOptions): Promise<Graph>;
}
