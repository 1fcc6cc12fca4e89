/** What the tests use of node-llama-cpp: so that sources type-check where its binaries are not installed. */
declare module 'node-llama-cpp' {
  export type Token = number;

  export interface LlamaGrammar {
    readonly grammar: string;
  }

  export interface LlamaContextSequence {
    dispose(): void;
  }

  export interface LlamaContext {
    readonly sequencesLeft: number;
    getSequence(): LlamaContextSequence;
    dispose(): Promise<void>;
  }

  export interface LlamaModel {
    createContext(options: {
      readonly sequences: number;
      readonly contextSize: number;
      readonly threads: number;
    }): Promise<LlamaContext>;
    detokenize(tokens: readonly Token[]): string;
    dispose(): Promise<void>;
  }

  export interface Llama {
    loadModel(options: { readonly modelPath: string }): Promise<LlamaModel>;
    createGrammar(options: { readonly grammar: string }): Promise<LlamaGrammar>;
    dispose(): Promise<void>;
  }

  export const LlamaLogLevel: { readonly error: 'error' };

  export function getLlama(options: {
    readonly gpu: false;
    readonly build: 'never';
    readonly progressLogs: boolean;
    readonly maxThreads: number;
    readonly logLevel: 'error';
  }): Promise<Llama>;

  export class LlamaCompletion {
    constructor(options: { readonly contextSequence: LlamaContextSequence });
    generateCompletionWithMeta(
      prompt: string,
      options: {
        readonly maxTokens: number;
        readonly temperature: number;
        readonly seed: number;
        readonly signal: AbortSignal;
        readonly onToken: (tokens: Token[]) => void;
        readonly grammar?: LlamaGrammar;
      },
    ): Promise<{ readonly response: string; readonly metadata: { readonly stopReason: string } }>;
  }
}
