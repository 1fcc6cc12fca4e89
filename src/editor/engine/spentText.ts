import * as vscode from 'vscode';
import type { QuestionStatistics } from '../../engines/endpoint/events';
import { formatCount } from '../features/numbers';

/** What a run asked and took, on one line: requests, tokens and seconds, and what it was spared. */
export function describeSpent(spent: QuestionStatistics): string {
  const { t } = vscode.l10n;
  const { requests, failed, cached, saved, promptTokens, completionTokens, seconds } = spent;
  return [
    requests === 1 ? t('1 request') : t('{0} requests', formatCount(requests)),
    t('{0} tokens', formatCount(promptTokens + completionTokens)),
    t('{0} s', seconds.toFixed(1)),
    ...(failed > 0 ? [t('{0} failed', formatCount(failed))] : []),
    ...(cached > 0 ? [t('{0} answered from the cache', formatCount(cached))] : []),
    ...(saved > 0 ? [t('{0} saved by certainty', formatCount(saved))] : []),
  ].join(', ');
}
