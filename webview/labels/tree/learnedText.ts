import * as l10n from '@vscode/l10n';
import type { LiveState } from '../../../src/core/messages/labelEditor';

type Learned = LiveState['learned'][string];

/** How well a type was learned, in a few words; from how much where that is all that is known. */
export function learnedMark({ examples, estimate }: Learned): string {
  return estimate === null
    ? l10n.t('learned from {0}', examples)
    : l10n.t('learned: F1 {0}', percent(estimate.f1));
}

/** The same in sentences. */
export function learnedText({ examples, estimate }: Learned): string {
  const from =
    examples === 1
      ? l10n.t('Learned from 1 example.')
      : l10n.t('Learned from {0} examples.', examples);
  if (estimate === null) return from;
  const { f1, precision, recall, spans } = estimate;
  const found = l10n.t(
    'Estimate over {0} entities whose sentences were left out in turn: F1 {1}, precision {2}, recall {3}.',
    spans,
    percent(f1),
    percent(precision),
    percent(recall),
  );
  return `${from}\n${found}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
