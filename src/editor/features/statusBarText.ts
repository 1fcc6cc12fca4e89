import * as vscode from 'vscode';
import type { EditorParts, EngineStatus } from '../contract';
import { appendPlain } from './hoverMarkdown';
import { levelTitle } from './levelTitle';
import { formatCount, percent } from './numbers';

/** What the status bar shows of these parts. */
export interface StatusBarText {
  readonly text: string;
  readonly tooltip: vscode.MarkdownString;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly isWarning: boolean;
}

type StatusParts = Pick<EditorParts, 'sessions' | 'view' | 'labels' | 'status'>;

/** Engine, shown level and number of entities as the status bar says them. */
export function describeStatus(parts: StatusParts): StatusBarText {
  const { current } = parts.status;
  const facts = describeFacts(parts);
  const tooltip = new vscode.MarkdownString('', true);
  for (const fact of facts) appendPlain(tooltip, fact).appendMarkdown('\n\n');
  appendPlain(tooltip, vscode.l10n.t('Click to change how entities are found and shown.'));
  return {
    text: [
      iconOf(parts),
      ...(current.remote ? ['$(shield)'] : []),
      withoutIcons([current.engine, ...levelAndCount(parts)].join(' · ')),
      ...(current.note === undefined ? [] : ['$(info)']),
    ].join(' '),
    tooltip,
    spoken: ['DynamicNER', ...levelAndCount(parts), ...facts].join(', '),
    isWarning: current.state === 'failed',
  };
}

function iconOf({ status, sessions }: StatusParts): string {
  const { state } = status.current;
  if (state === 'failed') return '$(warning)';
  const isBusy = state === 'busy' || state === 'starting' || sessions.active?.busy === true;
  return isBusy ? '$(loading~spin)' : '$(tag)';
}

/** Names of engines are text: `$(` in them is no icon. */
function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}

/** The shown level, unless there is only one, and the number of entities, once there can be any. */
function levelAndCount({ labels, view, sessions }: StatusParts): string[] {
  const { active } = sessions;
  const { depth } = labels.taxonomy;
  const count = active?.entityCount ?? 0;
  return [
    ...(depth > 1 ? [levelTitle(view.level, depth)] : []),
    ...(active?.extracted === true || count > 0 ? [formatCount(count)] : []),
  ];
}

function describeFacts({ status, view, sessions }: StatusParts): string[] {
  const { t } = vscode.l10n;
  const { current } = status;
  const count = sessions.active?.entityCount;
  return [
    ...(current.problem === undefined ? [] : [current.problem]),
    t('Engine: {0} ({1})', current.engine, current.model),
    describeState(current.state),
    current.remote
      ? t('The text of the document leaves this machine.')
      : t('The text of the document stays on this machine.'),
    ...(current.spent === undefined ? [] : [t('Last run: {0}', current.spent)]),
    ...(current.note === undefined ? [] : [current.note]),
    ...(view.threshold > 0 ? [t('Least probability shown: {0}', percent(view.threshold))] : []),
    ...(count === undefined ? [] : [t('Entities shown: {0}', formatCount(count))]),
  ];
}

function describeState(state: EngineStatus['state']): string {
  const { t } = vscode.l10n;
  switch (state) {
    case 'off':
      return t('The engine starts when it is needed.');
    case 'starting':
      return t('The engine is starting.');
    case 'ready':
      return t('The engine is ready.');
    case 'busy':
      return t('The engine is at work.');
    case 'failed':
      return t('The engine does not work.');
  }
}
