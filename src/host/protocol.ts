import { NotificationType, RequestType, RequestType0 } from 'vscode-jsonrpc';
import type { Entity, ScoredPath } from '../core/entity/entity';
import type { OverlapPolicy } from '../core/entity/overlap';
import type { LabelSpec } from '../core/labels/labelSpec';
import type { ExtractStatistics, Passage, PassageResult } from '../engines/engine';

/**
 * The contract between a client and the encoder's process. All offsets are UTF-16 units, end
 * exclusive. Requests are cancelled with vscode-jsonrpc's cancellation tokens.
 */

export interface LoadParams {
  /** Folder of the pack. */
  readonly folder: string;
  /** Threads of ONNX Runtime; physical cores up to 4 when absent. */
  readonly threads?: number;
  /** Which runtime: `native` is onnxruntime-node, `wasm` is onnxruntime-web; the first that loads when absent. */
  readonly runtime?: 'native' | 'wasm';
}

export interface LoadedModel {
  readonly name: string;
  readonly version: string;
  readonly kind: string;
  readonly languages: readonly string[];
  readonly runtime: 'native' | 'wasm';
  readonly thresholds: { readonly taxonomy: number; readonly flat: number };
}

/** Parts of a source file that an extraction is limited to. */
export type CodePart = 'comments' | 'strings';

export interface SegmentParams {
  readonly text: string;
  /** VS Code's language id. */
  readonly languageId: string;
  /** Which parts; the whole text when absent or empty. */
  readonly only?: readonly CodePart[];
}

export interface SegmentResult {
  /** Passages of at most a few thousand units each, in text order, as pairs start, end in one array. */
  readonly offsets: readonly number[];
  /** False when `only` was asked for and the language has no lexer: the passages cover the whole text. */
  readonly lexed: boolean;
}

export interface ExtractParams {
  /** Chosen by the client; names the results' notifications. */
  readonly run: number;
  readonly passages: readonly Passage[];
  /** Id of a label list sent before by `putLabels`. */
  readonly labels: string;
  readonly threshold?: number;
  readonly overlap?: OverlapPolicy;
}

export interface ExtractedNotice {
  readonly run: number;
  readonly results: readonly PassageResult[];
}

export interface RankParams {
  readonly passage: Passage;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
  readonly labels: string;
  readonly limit: number;
}

export interface HostStatistics {
  readonly residentBytes: number;
  readonly cachedSentences: number;
  readonly cacheBytes: number;
  /** Sentences encoded since the process began. */
  readonly encoded: number;
  /** Label texts encoded since the process began. */
  readonly labelsEncoded: number;
}

export const load = new RequestType<LoadParams, LoadedModel, void>('load');
export const putLabels = new RequestType<LabelSpec, void, void>('putLabels');
export const segment = new RequestType<SegmentParams, SegmentResult, void>('segment');
export const extract = new RequestType<ExtractParams, ExtractStatistics, void>('extract');
export const extracted = new NotificationType<ExtractedNotice>('extracted');
export const rankTypes = new RequestType<RankParams, readonly (readonly ScoredPath[])[], void>(
  'rankTypes',
);
export const statistics = new RequestType0<HostStatistics, void>('statistics');

export type { Entity, Passage, PassageResult };
