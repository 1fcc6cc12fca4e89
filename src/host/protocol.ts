import { NotificationType, NotificationType0, RequestType } from 'vscode-jsonrpc';
import type { Entity, ScoredPath } from '../core/entity/entity';
import type { OverlapPolicy } from '../core/entity/overlap';
import type { LabelSpec } from '../core/labels/labelSpec';
import type { AlikePair } from '../core/similarity/alikeVectors';
import type { AdapterSet } from '../core/learning/adapterSet';
import type {
  AnnotatedPassage,
  ExtractStatistics,
  Passage,
  PassageResult,
} from '../engines/engine';
import type { Phrase } from '../core/messages/phrase';
import type { ModelDescription } from '../engines/models/localEngine';

/**
 * The contract between a client and the encoder's process: JSON-RPC, one message a line, on the
 * process's standard input and output. All offsets are UTF-16 units, end exclusive. Requests are
 * cancelled with vscode-jsonrpc's cancellation tokens.
 */

/** Raised with every change that an older client or process would misunderstand. */
export const PROTOCOL_VERSION = 6;

/** The first thing that a process says. */
export interface HelloNotice {
  readonly protocol: number;
  readonly pid: number;
}

export interface LoadParams {
  /** Folder of the model, of any kind. */
  readonly folder: string;
  /** Threads of ONNX Runtime; physical cores up to 4 when absent. */
  readonly threads?: number;
  /** Which runtime: `native` is onnxruntime-node, `wasm` is onnxruntime-web; the first that loads when absent. */
  readonly runtime?: 'native' | 'wasm';
  /** Bytes of word features to keep; 96 MB when absent. */
  readonly cacheBytes?: number;
  /** Folder that keeps the vectors of labels for the next process; they are not kept when absent. */
  readonly labelCache?: string;
}

export interface LoadedModel extends ModelDescription {
  readonly runtime: 'native' | 'wasm';
  /** Whether another label list costs no new reading of the text. */
  readonly freeLabels: boolean;
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

export interface LearnParams {
  readonly passages: readonly AnnotatedPassage[];
  /** Id of a label list sent before by `putLabels`. */
  readonly labels: string;
  readonly estimates: boolean;
}

export interface EmbedParams {
  readonly texts: readonly string[];
}

export interface AlikeParams {
  readonly groups: readonly (readonly string[])[];
  /** Least cosine. */
  readonly from: number;
}

export interface HostStatistics {
  readonly residentBytes: number;
  readonly cachedSentences: number;
  readonly cacheBytes: number;
  /** Sentences encoded since the model was loaded. */
  readonly encoded: number;
  /** Label texts encoded since the model was loaded. */
  readonly labelsEncoded: number;
}

export const hello = new NotificationType<HelloNotice>('hello');
/** Answered at once; tells a busy process from one that hangs. */
export const ping = new RequestType<null, null, void>('ping');
/** The process ends after this. */
export const leave = new NotificationType0('leave');
export const load = new RequestType<LoadParams, LoadedModel, void>('load');
export const putLabels = new RequestType<LabelSpec, null, void>('putLabels');
export const segment = new RequestType<SegmentParams, SegmentResult, void>('segment');
export const extract = new RequestType<ExtractParams, ExtractStatistics, void>('extract');
export const extracted = new NotificationType<ExtractedNotice>('extracted');
export const rankTypes = new RequestType<RankParams, readonly (readonly ScoredPath[])[], void>(
  'rankTypes',
);
/** One vector for each text. */
export const embed = new RequestType<EmbedParams, readonly (readonly number[])[], void>('embed');
/** One vector for each name of a type. */
export const embedLabels = new RequestType<EmbedParams, readonly (readonly number[])[], void>(
  'embedLabels',
);
/** Of each label of a group the one before it that means nearly the same. */
export const alikeLabels = new RequestType<AlikeParams, readonly AlikePair[], void>('alikeLabels');
/** What annotated passages teach of a label list. */
export const learn = new RequestType<LearnParams, AdapterSet, void>('learn');
export const statistics = new RequestType<null, HostStatistics, void>('statistics');

/** Codes of error responses besides those of JSON-RPC itself. */
export const HostErrorCode = {
  /** A `ModelError`; `data` is a {@link ModelErrorData}. */
  model: -32010,
  /** The labels were not sent, or dropped since: send them (again). */
  unknownLabels: -32011,
  /** No model was loaded in this process. */
  noModel: -32012,
  /** The request was cancelled. */
  cancelled: -32800,
} as const;

export interface ModelErrorData {
  readonly file: string;
  readonly problem: Phrase;
  readonly mend: Phrase;
}

export type { Entity, Passage, PassageResult };
