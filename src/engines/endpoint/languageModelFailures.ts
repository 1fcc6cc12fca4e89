import { phrase, type Phrase } from '../../core/messages/phrase';
import { EndpointError, type EndpointFailure } from './errors';

/** Why a language model of VS Code did not answer, as its error's code says. */
export type LanguageModelFailure = 'not allowed' | 'blocked' | 'not found' | 'other';

/**
 * The error for a request to a language model of VS Code.
 * @param place The model as users know it.
 * @param said What the error itself says.
 */
export function languageModelError(
  failure: LanguageModelFailure,
  place: string,
  said: string,
  cause?: unknown,
): EndpointError {
  const fail = (kind: EndpointFailure, problem: Phrase, mend: Phrase): EndpointError =>
    new EndpointError(kind, place, problem, mend, { cause });
  switch (failure) {
    case 'not allowed':
      return fail(
        'endpoint',
        phrase`you have not allowed this extension to use the model`,
        phrase`Allow it when VS Code asks, or choose “Manage Language Model Access” in the Accounts menu.`,
      );
    case 'blocked':
      return fail(
        'endpoint',
        phrase`it answers no more for now (${said})`,
        phrase`Your quota is used up, or the request was blocked: see your account with the model’s maker, or choose another engine.`,
      );
    case 'not found':
      return fail(
        'endpoint',
        phrase`VS Code has no such language model`,
        phrase`Install and sign in to the extension that brings it, or choose another engine.`,
      );
    case 'other':
      return fail(
        'busy',
        phrase`the request failed (${said})`,
        phrase`Wait and try again, or choose another engine.`,
      );
  }
}
