import * as vscode from 'vscode';
import type { LearnedLabel } from '../../core/learning/adapterSet';
import { formatCount, percent } from './numbers';

/** How well a label was learned, in a few words; from how much where that is all that is known. */
export function learnedMark({ examples, estimate }: LearnedLabel): string {
  const { t } = vscode.l10n;
  return estimate === undefined
    ? t('learned from {0}', formatCount(examples))
    : t('learned: F1 {0}', percent(estimate.f1));
}

/** From how many examples something was learned, in a sentence. */
export function learnedFrom(examples: number): string {
  const { t } = vscode.l10n;
  return examples === 1
    ? t('Learned from 1 example.')
    : t('Learned from {0} examples.', formatCount(examples));
}

/** How well a label was learned, in sentences. */
export function learnedText({ examples, estimate }: LearnedLabel): string {
  const { t } = vscode.l10n;
  const from = learnedFrom(examples);
  if (estimate === undefined) return from;
  const { f1, precision, recall, spans } = estimate;
  const found = t(
    'Estimate over {0} entities whose sentences were left out in turn: F1 {1}, precision {2}, recall {3}.',
    formatCount(spans),
    percent(f1),
    percent(precision),
    percent(recall),
  );
  return `${from}\n${found}`;
}
