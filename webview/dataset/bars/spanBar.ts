import * as l10n from '@vscode/l10n';
import { formatPath } from '../../../src/core/labels/names';
import type { DatasetState, ShownScoredPath } from '../../../src/core/messages/datasetPanel';
import { button, make } from '../dom';
import { colourName } from '../passage/colours';
import { describeSpan, nameAt, percent, stateName } from '../passage/spanText';
import type { Selected } from '../page';

/**
 * What is selected and what can be done with it: the best types with their number keys, the guideline
 * of its type, and buttons for those who have no keys at hand.
 */
export class SpanBar {
  readonly element = make('section', { class: 'span-bar' });
  private readonly what = make('div', { class: 'what' });
  private readonly best = make('div', { class: 'best', role: 'group' });
  private readonly acts = make('div', { class: 'acts' });
  private readonly spanActs: readonly HTMLElement[];

  /** @param run Runs a command of the page. */
  constructor(
    private readonly run: (command: string, argument?: number) => void,
    private readonly state: () => DatasetState,
  ) {
    const { t } = l10n;
    this.element.setAttribute('aria-label', t('Selected span'));
    this.best.setAttribute('aria-label', t('Best types'));
    const act = (text: string, command: string): HTMLElement =>
      button(text, () => this.run(command), { 'data-command': command });
    this.spanActs = [
      act(t('Accept'), 'accept'),
      act(t('Reject'), 'reject'),
      act(t('Remove'), 'remove'),
      act(t('Same Mention…'), 'sameMention'),
    ];
    this.acts.append(
      act(t('Type…'), 'chooseType'),
      ...this.spanActs,
      act(t('Flag'), 'flag'),
      act(t('Comment…'), 'comment'),
    );
    this.element.append(this.what, this.best, this.acts);
    this.show(undefined, []);
  }

  /** Names the keys of the commands on their buttons. */
  nameKeys(commands: DatasetState['commands']): void {
    for (const element of this.acts.querySelectorAll<HTMLElement>('[data-command]')) {
      const command = commands.find(({ name }) => name === element.dataset['command']);
      if (command !== undefined) element.title = [command.title, ...command.keys].join(' · ');
    }
  }

  show(selected: Selected | undefined, best: readonly ShownScoredPath[]): void {
    this.acts.hidden = selected === undefined;
    for (const element of this.spanActs) element.hidden = selected?.span === undefined;
    this.what.replaceChildren(...this.describe(selected));
    this.best.replaceChildren(...best.map((type, index) => this.chip(type, index + 1)));
  }

  /** What is selected in one sentence. */
  static sentence({ passage, range, span }: Selected): string {
    return span === undefined
      ? passage.text.slice(range.start, range.end)
      : describeSpan(span, passage.text);
  }

  private describe(selected: Selected | undefined): Node[] {
    const { t } = l10n;
    if (selected === undefined) {
      return [
        make('span', { class: 'hint' }, t('Select words to mark them; press ? for the keys.')),
      ];
    }
    const { passage, range, span } = selected;
    const mention = make('bdi', { class: 'mention' }, passage.text.slice(range.start, range.end));
    if (span === undefined) return [mention];
    const parts: Node[] = [mention, make('span', { class: 'path' }, formatPath(span.path))];
    const facts = [stateName(span.state)];
    if (span.score !== null) facts.push(percent(span.score));
    if (span.annotator !== null) facts.push(span.annotator);
    else if (span.source !== null) facts.push(span.source);
    if (span.flag) facts.push(t('flagged'));
    parts.push(make('span', { class: 'facts' }, facts.join(' · ')));
    if (span.comment !== '') parts.push(make('q', { dir: 'auto' }, span.comment));
    const key = span.path.join('\n');
    const type = this.state().types.find(({ path }) => path.join('\n') === key);
    if (typeof type?.description === 'string')
      parts.push(make('span', { class: 'help' }, type.description));
    return parts;
  }

  private chip({ path, score }: ShownScoredPath, number: number): HTMLElement {
    const element = button('', () => this.run('type', number), { class: 'chip' });
    const key = path.join('\n');
    const type = this.state().types.find((one) => one.path.join('\n') === key);
    element.append(make('kbd', {}, String(number)), ' ', nameAt(path, Infinity));
    if (score !== null) element.append(make('span', { class: 'score' }, percent(score)));
    element.title = [formatPath(path), type?.description ?? ''].filter(Boolean).join('\n');
    if (type !== undefined) {
      element.style.setProperty('--colour', colourName(type.colour, ''));
    }
    return element;
  }
}
