import type { ChatMessage, ChatOptions, TokenUsage } from './chatModel';

/**
 * What happens between a run and its endpoint, for the output channel and for counting. Keys are not
 * in it: no event carries headers, and a key that a server repeats in an error is masked.
 */
export type EndpointEvent =
  | {
      readonly kind: 'asked';
      /** Names the question in this process; the events of one question share it. */
      readonly id: number;
      readonly host: string;
      readonly model: string;
      /** Counted from 1. */
      readonly attempt: number;
      readonly messages: readonly ChatMessage[];
      readonly options: ChatOptions;
    }
  | {
      readonly kind: 'answered';
      readonly id: number;
      readonly text: string;
      readonly usage: TokenUsage;
      readonly milliseconds: number;
    }
  | {
      readonly kind: 'failed';
      readonly id: number;
      /** English, without keys. */
      readonly message: string;
      readonly milliseconds: number;
      /** When it is asked again; absent where it is not. */
      readonly againInMilliseconds?: number;
    };

export type EndpointListener = (event: EndpointEvent) => void;

/** Counts of one run. Seconds are wall time from the first question to the last answer. */
export interface QuestionStatistics {
  /** Questions that the run had, however they were answered. */
  readonly questions: number;
  /** Requests sent, tries counted each. */
  readonly requests: number;
  /** Questions answered from the disk. */
  readonly cached: number;
  /** Questions that joined an identical one in flight. */
  readonly shared: number;
  /** Requests that failed, for whatever reason. */
  readonly failed: number;
  /** Questions that another engine's certainty made needless. */
  readonly saved: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly seconds: number;
}

/** An exchange as lines of a log. */
export function describeEvent(event: EndpointEvent): string {
  switch (event.kind) {
    case 'asked': {
      const { id, host, model, attempt, messages, options } = event;
      const again = attempt === 1 ? '' : `, try ${attempt}`;
      const turns = messages.map(({ role, content }) => `  ${role}: ${indent(content)}`);
      return [`#${id} → ${host} ${model}${again} ${JSON.stringify(options)}`, ...turns].join('\n');
    }
    case 'answered': {
      const { id, text, usage, milliseconds } = event;
      const counts = `${usage.promptTokens} + ${usage.completionTokens} tokens`;
      return `#${id} ← ${Math.round(milliseconds)} ms, ${counts}\n  ${indent(text)}`;
    }
    case 'failed': {
      const { id, message, milliseconds, againInMilliseconds } = event;
      const again =
        againInMilliseconds === undefined
          ? ''
          : ` (again in ${Math.round(againInMilliseconds)} ms)`;
      return `#${id} ✗ ${Math.round(milliseconds)} ms, ${message}${again}`;
    }
  }
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n    ');
}
