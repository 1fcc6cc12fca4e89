import type { PackVersion } from '../../core/learning/outdated';
import type { Engine } from '../engine';
import type { RuntimeKind } from '../runtime/runtime';

/** What a loaded model says of itself. */
export interface ModelDescription {
  readonly name: string;
  readonly version: string;
  /** `bi-encoder` for packs, else the kind of the model's folder. */
  readonly kind: string;
  /** Empty where the model does not say. */
  readonly languages: readonly string[];
  /** Bytes of its files. */
  readonly bytes: number;
  /** The only types that it knows, where its labels are not free. */
  readonly labels?: readonly string[];
  /** Least probabilities where nobody says. */
  readonly thresholds: { readonly taxonomy: number; readonly flat: number };
  /** The packs that it is made of; absent where it is of another kind. */
  readonly packs?: readonly PackVersion[];
}

/** Counters since a model was loaded, and what its caches hold. */
export interface ModelCounters {
  readonly encoded: number;
  readonly labelsEncoded: number;
  readonly cachedSentences: number;
  readonly cacheBytes: number;
}

/** An engine whose model runs in this process. */
export interface LocalEngine extends Engine {
  readonly runtime: RuntimeKind;
  readonly description: ModelDescription;
  readonly counters: ModelCounters;
}

export interface LocalOptions {
  /** Threads of ONNX Runtime; physical cores up to 4 when absent. */
  readonly threads?: number;
  /** Which runtime; the native one where it loads when absent. */
  readonly runtime?: RuntimeKind;
}
