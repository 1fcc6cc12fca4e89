import * as vscode from 'vscode';
import { estimateRequests } from '../../engines/combine/estimateRequests';
import type { EngineSettings } from '../../engines/settings';
import { formatCount } from '../features/numbers';
import type { WorkSize, Work } from './engineAccess';

/** A run on more passages than these says how many requests it takes, and asks. */
export const passagesWithoutAsking = 50;

/**
 * Asks the user about a long run.
 * @param hosts Who is asked, as the user knows them.
 * @throws an AbortError when the user does not want it, or it is in the background.
 */
export async function confirmRun(
  settings: EngineSettings,
  { labels, isBackground = false }: Work,
  size: WorkSize,
  hosts: readonly string[],
): Promise<void> {
  if (size.passages <= passagesWithoutAsking) return;
  if (isBackground) {
    throw new DOMException('Nobody was there to be asked about so many requests.', 'AbortError');
  }
  const { t } = vscode.l10n;
  const units = settings.extractor.unit === 'passage' ? size.passages : size.sentences;
  const { certain, likely } = estimateRequests(settings, units, labels);
  const send = t('Send');
  const answer = await vscode.window.showWarningMessage(
    t(
      'About {0} requests to {1} for {2} passages?',
      formatCount(likely),
      hosts.join(', '),
      formatCount(size.passages),
    ),
    { modal: true, detail: describeEstimate(settings, size, certain) },
    send,
  );
  if (answer !== send) throw new DOMException('The run was not wanted.', 'AbortError');
}

function describeEstimate(
  { budget, verify }: EngineSettings,
  { sentences }: WorkSize,
  certain: number,
): string {
  const { t } = vscode.l10n;
  const said = [
    t(
      'The passages have {0} sentences. At least {1} requests are certain; the others depend on how many entities there are. Questions that were answered before cost nothing.',
      formatCount(sentences),
      formatCount(certain),
    ),
  ];
  if (verify !== undefined) {
    said.push(t('Only what the encoder is uncertain about is asked, which makes it far fewer.'));
  }
  if (budget?.requests !== undefined) {
    said.push(
      t(
        'The run stops at its budget of {0} requests and can go on later.',
        formatCount(budget.requests),
      ),
    );
  }
  if (budget?.tokens !== undefined) {
    said.push(
      t(
        'The run stops at its budget of {0} tokens and can go on later.',
        formatCount(budget.tokens),
      ),
    );
  }
  return said.join('\n\n');
}
