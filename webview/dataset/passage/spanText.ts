import * as l10n from '@vscode/l10n';
import { formatPath } from '../../../src/core/labels/names';
import type { ShownSpan } from '../../../src/core/messages/datasetPanel';

/** The name of a type at the shown level. */
export function nameAt(path: readonly string[], level: number): string {
  return path[Math.min(level, path.length - 1)] ?? '';
}

export function percent(score: number): string {
  return new Intl.NumberFormat(document.documentElement.lang || 'en', {
    style: 'percent',
  }).format(score);
}

/** What stands below a span: its type, how sure that is, and a sign of what a person said. */
export function labelText(span: ShownSpan, level: number): string {
  const name = nameAt(span.path, level);
  const marks = `${span.flag ? ' ⚑' : ''}${span.comment === '' ? '' : ' …'}`;
  if (span.state === 'rejected') return `✗ ${name}${marks}`;
  if (span.state !== 'suggested') return `✓ ${name}${marks}`;
  return `${name}${span.score === null ? ' ?' : ` ${percent(span.score)}`}${marks}`;
}

export function stateName(state: ShownSpan['state']): string {
  const names = {
    suggested: l10n.t('suggested'),
    accepted: l10n.t('accepted'),
    corrected: l10n.t('corrected'),
    added: l10n.t('added'),
    rejected: l10n.t('rejected'),
  };
  return names[state];
}

/** A span in words, for those who do not see its box. */
export function describeSpan(span: ShownSpan, text: string): string {
  const parts = [text.slice(span.start, span.end), formatPath(span.path), stateName(span.state)];
  if (span.score !== null) parts.push(percent(span.score));
  if (span.flag) parts.push(l10n.t('flagged'));
  if (span.comment !== '') parts.push(span.comment);
  return parts.join(', ');
}
