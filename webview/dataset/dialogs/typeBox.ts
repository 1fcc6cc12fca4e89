import * as l10n from '@vscode/l10n';
import { formatPath } from '../../../src/core/labels/names';
import type { ShownScoredPath, TypeRow } from '../../../src/core/messages/datasetPanel';
import { make } from '../dom';
import { colourName } from '../passage/colours';
import { percent } from '../passage/spanText';
import { matchTypes } from './typeMatches';

/** Options drawn; typing on finds the others. */
const drawnAtMost = 100;

/** What was chosen: a type of the list, or the name of one to make. */
export type TypeChoice = { readonly path: readonly string[] } | { readonly create: string };

export interface TypeQuestion {
  /** What the type is for, as the box's name. */
  readonly title: string;
  readonly types: readonly TypeRow[];
  /** The engine's types, best first; shown above the others once they are there. */
  readonly best?: Promise<readonly ShownScoredPath[]>;
  /** The type it has now. */
  readonly current?: readonly string[];
  /** Where to open: below this, or above it where there is no room. */
  readonly at: DOMRect;
  readonly canCreate: boolean;
}

interface Option {
  readonly choice: TypeChoice;
  readonly type: TypeRow | undefined;
  readonly element: HTMLElement;
}

/**
 * A box to choose a type in: the engine's best first with their number keys, then all, found by
 * typing; beside it the guideline of the type that Enter would take.
 */
export class TypeBox {
  readonly element = make('div', { class: 'type-box', role: 'dialog', hidden: true });
  private readonly input = make('input', {
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': 'type-options',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  private readonly list = make('ul', { id: 'type-options', role: 'listbox' });
  private readonly guideline = make('div', { class: 'guideline', 'aria-live': 'polite' });
  private question: TypeQuestion | undefined;
  private best: readonly ShownScoredPath[] = [];
  private options: readonly Option[] = [];
  private active = 0;
  private finish: ((choice: TypeChoice | null) => void) | undefined;

  constructor() {
    this.input.setAttribute('aria-label', l10n.t('Part of a type’s name'));
    this.input.placeholder = l10n.t('Part of a type’s name');
    this.list.setAttribute('aria-label', l10n.t('Types'));
    this.element.append(make('div', { class: 'choices' }, this.input, this.list), this.guideline);
    this.input.addEventListener('input', () => this.fill());
    this.element.addEventListener('keydown', (event) => this.press(event));
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && this.element.contains(relatedTarget))) this.end(null);
    });
    // A press would take the focus from the input, and with it the box away.
    this.list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.list.addEventListener('click', ({ target }) => {
      const chosen = this.options.find(({ element }) => element.contains(target as Node));
      if (chosen !== undefined) this.end(chosen.choice);
    });
    this.list.addEventListener('pointermove', ({ target }) => {
      const index = this.options.findIndex(({ element }) => element.contains(target as Node));
      if (index >= 0 && index !== this.active) this.activate(index, false);
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** Resolves to what was chosen; null when the box was left. */
  ask(question: TypeQuestion): Promise<TypeChoice | null> {
    this.end(null);
    this.question = question;
    this.best = [];
    this.input.value = '';
    this.element.hidden = false;
    this.element.setAttribute('aria-label', question.title);
    this.fill();
    this.place(question.at);
    this.input.focus();
    void question.best?.then((best) => {
      if (this.question !== question) return;
      this.best = best;
      this.fill();
    });
    return new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  private end(choice: TypeChoice | null): void {
    const { finish } = this;
    this.finish = undefined;
    this.question = undefined;
    this.element.hidden = true;
    finish?.(choice);
  }

  private press(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 8,
      PageUp: -8,
    };
    const step = steps[event.key];
    const digit = /^[1-9]$/u.test(event.key) && this.input.value === '' ? Number(event.key) : 0;
    if (event.key === 'Escape') this.end(null);
    else if (event.key === 'Enter') this.end(this.options[this.active]?.choice ?? null);
    else if (step !== undefined) this.activate(this.active + step, true);
    else if (digit > 0 && digit <= this.best.length) {
      this.end({ path: this.best[digit - 1]?.path ?? [] });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private fill(): void {
    const { question } = this;
    if (question === undefined) return;
    const typed = this.input.value.trim();
    const matches = matchTypes(question.types, typed);
    const byPath = new Map(question.types.map((type) => [type.path.join('\n'), type]));
    const best = typed === '' ? this.best : [];
    const options = [
      ...best.map(({ path, score }, index) =>
        this.option({ path }, byPath.get(path.join('\n')), String(index + 1), score),
      ),
      ...matches.slice(0, drawnAtMost).map((type) => this.option({ path: type.path }, type)),
    ];
    const isKnown = matches.some(({ path }) => path.at(-1)?.toLowerCase() === typed.toLowerCase());
    if (question.canCreate && typed !== '' && !isKnown) {
      options.push(this.option({ create: typed }, undefined));
    }
    this.options = options;
    this.list.replaceChildren(...options.map(({ element }) => element));
    const now = question.current?.join('\n');
    const current = options.findIndex(
      ({ choice }) => 'path' in choice && choice.path.join('\n') === now,
    );
    this.activate(typed === '' && best.length === 0 && current >= 0 ? current : 0, true);
  }

  private option(
    choice: TypeChoice,
    type: TypeRow | undefined,
    key = '',
    score: number | null = null,
  ): Option {
    const element = make('li', { role: 'option', 'aria-selected': 'false' });
    if (key !== '') element.append(make('kbd', {}, key));
    if ('create' in choice) {
      element.append(l10n.t('Create the type “{0}”…', choice.create));
      return { choice, type, element };
    }
    const mark = make('span', { class: 'mark', 'aria-hidden': 'true' });
    if (type !== undefined) mark.style.background = colourName(type.colour, '');
    element.append(
      mark,
      make('span', { class: 'name' }, choice.path.at(-1) ?? ''),
      make('span', { class: 'above' }, formatPath(choice.path.slice(0, -1))),
    );
    if (score !== null) element.append(make('span', { class: 'score' }, percent(score)));
    return { choice, type, element };
  }

  private activate(wanted: number, scrolls: boolean): void {
    const index = Math.max(0, Math.min(wanted, this.options.length - 1));
    this.active = index;
    this.options.forEach(({ element }, at) => {
      element.id = `type-option-${at}`;
      element.setAttribute('aria-selected', String(at === index));
    });
    const option = this.options[index];
    if (option === undefined) this.input.removeAttribute('aria-activedescendant');
    else this.input.setAttribute('aria-activedescendant', option.element.id);
    if (scrolls) option?.element.scrollIntoView({ block: 'nearest' });
    this.explain(option);
  }

  private explain(option: Option | undefined): void {
    if (option === undefined || 'create' in option.choice) {
      const text = option === undefined ? l10n.t('No type has such a name.') : '';
      this.guideline.replaceChildren(text);
      return;
    }
    const { type, choice } = option;
    const parts = [make('p', { class: 'title' }, formatPath(choice.path))];
    parts.push(make('p', {}, type?.description ?? l10n.t('This type has no guideline.')));
    if (type !== undefined && type.synonyms.length > 0) {
      parts.push(make('p', {}, l10n.t('Also called: {0}', type.synonyms.join(', '))));
    }
    this.guideline.replaceChildren(...parts);
  }

  private place(at: DOMRect): void {
    const { width, height } = this.element.getBoundingClientRect();
    const room = window.innerHeight - at.bottom;
    const below = room > height + 8 || room > at.top;
    const top = below ? at.bottom + 4 : at.top - height - 4;
    const left = Math.min(at.left, window.innerWidth - width - 4);
    this.element.style.top = `${Math.max(0, Math.min(top, window.innerHeight - height))}px`;
    this.element.style.left = `${Math.max(0, left)}px`;
  }
}
