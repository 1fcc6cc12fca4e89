import { ResponseError } from 'vscode-jsonrpc';
import { WordedError } from '../core/errors';
import { ModelError, messageOf } from '../engines/errors';
import { phrase } from '../core/messages/phrase';
import { HostErrorCode, type ModelErrorData } from './protocol';

/** The encoder's process could not be started, ended, fell silent or spoke nonsense. */
export class HostError extends WordedError {
  override readonly name = 'HostError';
}

/** What the process answers when a request failed. */
export function toResponseError(error: unknown): ResponseError<ModelErrorData | undefined> {
  if (error instanceof ResponseError) return error as ResponseError<undefined>;
  if (error instanceof ModelError) {
    const { file, problem, mend } = error;
    return new ResponseError(HostErrorCode.model, error.message, { file, problem, mend });
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return new ResponseError(HostErrorCode.cancelled, error.message);
  }
  return new ResponseError(-32603, messageOf(error));
}

/** The error that a client throws for what the process answered. */
export function fromResponseError(error: unknown): unknown {
  if (!(error instanceof ResponseError)) return error;
  if (error.code === (HostErrorCode.model as number)) {
    const { file, problem, mend } = error.data as ModelErrorData;
    return new ModelError(file, problem, mend, { cause: error });
  }
  return new HostError(phrase`The encoder’s process failed: ${error.message}`, { cause: error });
}

/** Whether the process answered a request with the given code. */
export function isAnswer(error: unknown, code: number): boolean {
  return error instanceof ResponseError && error.code === code;
}
