import * as l10n from '@vscode/l10n';
import type { DatasetState, DatasetStats } from '../../../src/core/messages/datasetPanel';
import { button, make } from '../dom';
import { percent } from '../passage/spanText';

/** The page's head: what is shown and how far it is, and commands for the whole set. */
export class Toolbar {
  readonly element = make('div', { class: 'bar tools', role: 'group' });
  private readonly levels = make('select');
  private readonly level: HTMLElement;
  private readonly threshold = slider(0.05, 0.5);
  private readonly above = slider(0.05, 0.9);
  private readonly progress = make('span', { class: 'progress', role: 'status' });
  private readonly work = make('span', { class: 'work', hidden: true });
  private readonly bar = make('progress');
  private readonly note = make('span', { class: 'note' });

  /**
   * @param run Runs a command of the page.
   * @param view What changes level and threshold.
   */
  constructor(
    run: (command: string) => void,
    view: { level(level: number): void; threshold(threshold: number): void },
  ) {
    const { t } = l10n;
    const act = (text: string, command: string): HTMLElement =>
      button(text, () => run(command), { 'data-command': command });
    this.element.setAttribute('aria-label', t('Data set'));
    this.bar.setAttribute('aria-label', t('Passages read by the engine'));
    this.levels.addEventListener('change', () => view.level(Number(this.levels.value)));
    this.threshold.input.addEventListener('change', () =>
      view.threshold(this.threshold.input.valueAsNumber),
    );
    this.level = make('label', { class: 'choice' }, make('span', {}, t('Level')), this.levels);
    this.work.append(this.bar, act(t('Stop'), 'stopAnnotation'));
    this.element.append(
      act(t('Find'), 'find'),
      act(t('Filter'), 'filter'),
      act(t('Types'), 'types'),
      this.level,
      make('label', { class: 'choice' }, make('span', {}, t('Threshold')), ...this.threshold.parts),
      act(t('Suggest'), 'annotatePassage'),
      act(t('Suggest in All'), 'annotateAll'),
      this.work,
      make('span', { class: 'choice' }, act(t('Accept Above'), 'acceptAbove'), ...this.above.parts),
      act(t('Relabel…'), 'relabel'),
      act(t('Compare…'), 'compare'),
      act(t('Add Passage…'), 'addPassage'),
      act('?', 'help'),
      this.progress,
      this.note,
    );
    this.above.input.setAttribute('aria-label', t('Least score of suggestions to accept'));
    this.element.querySelector('[data-command="help"]')?.setAttribute('aria-label', t('Keys'));
  }

  /** Least score of the suggestions to accept, in 0..1. */
  get acceptedScore(): number {
    return this.above.input.valueAsNumber;
  }

  show(state: DatasetState): void {
    const { levels, level, threshold, preannotation, note, commands } = state;
    this.level.hidden = levels.length < 2;
    this.levels.replaceChildren(
      ...levels.map((name, index) => make('option', { value: index }, name)),
    );
    this.levels.value = String(level);
    if (document.activeElement !== this.threshold.input) {
      this.threshold.input.valueAsNumber = threshold ?? 0.5;
      this.threshold.write();
    }
    this.work.hidden = preannotation === null;
    if (preannotation !== null) {
      const { done, total, found } = preannotation;
      this.bar.max = Math.max(total, 1);
      this.bar.value = done;
      this.bar.title = tellWork(done, total, found);
    }
    this.note.textContent = note ?? '';
    for (const element of this.element.querySelectorAll<HTMLElement>('[data-command]')) {
      const command = commands.find(({ name }) => name === element.dataset['command']);
      if (command !== undefined) element.title = [command.title, ...command.keys].join(' · ');
    }
  }

  /** Says that not all passages are shown, where the filter is out of sight too. */
  markFilter(isFiltered: boolean): void {
    const filter = this.element.querySelector('[data-command="filter"]');
    filter?.setAttribute('aria-pressed', String(isFiltered));
  }

  showStats({ accepted, suggested, rejected }: DatasetStats): void {
    const all = accepted + suggested + rejected;
    const share = all === 0 ? 0 : (accepted + rejected) / all;
    const decided = accepted + rejected;
    this.progress.textContent =
      all === 1
        ? l10n.t('{0} of 1 span decided', decided)
        : l10n.t('{0} of {1} spans decided', decided, all);
    this.progress.title = percent(share);
  }
}

function tellWork(done: number, total: number, found: number): string {
  const { t } = l10n;
  const read =
    total === 1 ? t('{0} of 1 passage read', done) : t('{0} of {1} passages read', done, total);
  const spans = found === 1 ? t('1 span suggested') : t('{0} spans suggested', found);
  return `${read}, ${spans}`;
}

interface Slider {
  readonly input: HTMLInputElement;
  readonly parts: readonly HTMLElement[];
  write(): void;
}

function slider(least: number, value: number): Slider {
  const input = make('input', { type: 'range', min: least, max: 1, step: 0.05, value });
  const output = make('output', {}, value.toFixed(2));
  const write = (): void => {
    output.textContent = input.valueAsNumber.toFixed(2);
  };
  input.addEventListener('input', write);
  return { input, parts: [input, output], write };
}
