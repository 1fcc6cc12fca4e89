import * as vscode from 'vscode';
import { EndpointError } from '../../engines/endpoint/errors';
import { hostOf, readProfile, type EndpointProfileSetting } from '../../engines/endpoint/profile';
import { sayError } from '../wording';
import { openEndpoint } from './openEndpoint';

/** Seconds that a test may take: someone is waiting. */
const testSeconds = 15;

/** What a test of a connection found: the server's models, or what is wrong. */
export type ConnectionTest =
  { readonly models: readonly string[] } | { readonly problem: string; readonly isFinal: boolean };

/**
 * Asks a server for its models, with progress that can be cancelled; no text of the user is sent.
 * @returns Undefined when it was cancelled; `isFinal` of a problem that no model's name would mend.
 */
export async function testConnection(
  profile: EndpointProfileSetting,
  key: string | undefined,
): Promise<ConnectionTest | undefined> {
  const { t } = vscode.l10n;
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t('Connecting to {0}', hostOf(profile.url)),
      cancellable: true,
    },
    async (_progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      try {
        const checked = readProfile('test', { ...profile, model: profile.model || 'test' });
        const model = await openEndpoint({ ...checked, totalSeconds: testSeconds }, key);
        return { models: await model.listModels(stop.signal) };
      } catch (error) {
        if (stop.signal.aborted) return undefined;
        // A server that answers, but has no list of its models, may be asked all the same.
        const isFinal = !(error instanceof EndpointError && error.status === 404);
        return { problem: sayError(error), isFinal };
      }
    },
  );
}
