import * as l10n from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type {
  SettingChange,
  TaxonomyEdit,
} from '../../../src/core/labels/taxonomyFile/taxonomyEdit';
import type { Changes } from '../changes';
import { pathOf, placeOf, type TypeNode } from '../tree/typeNodes';
import { ColourField } from './colourField';
import type { Rgb } from './contrast';
import { LiveField, type TextControl } from './liveField';
import { ProblemList, type ShownProblem } from './problemList';
import { ThresholdField } from './thresholdField';

/** What the pane shows of the selected types beside their data. */
export interface DetailFacts {
  readonly readOnly: boolean;
  readonly displayName: string | undefined;
  readonly count: number;
  /** The colour that the first has without one of its own. */
  readonly inheritedColour: Rgb;
  /** The threshold that it has without one of its own. */
  readonly inheritedThreshold: number | undefined;
  readonly problems: readonly ShownProblem[];
}

export interface DetailEvents {
  readonly onReveal: (node: TypeNode) => void;
  /** Escape in a field that is as it was. */
  readonly onLeave: () => void;
  /** The type is to get another name. */
  readonly onRename: () => void;
}

/** Everything that a list says of the selected type; of several, what they can have in common. */
export class DetailPane {
  readonly element = document.createElement('section');
  private readonly heading = document.createElement('h2');
  private readonly path = document.createElement('p');
  private readonly reveal = document.createElement('vscode-button');
  private readonly alone = document.createElement('div');
  private readonly former = document.createElement('p');
  private readonly fields: Readonly<
    Record<'name' | 'description' | 'synonyms' | 'examples' | 'shortcut', LiveField>
  >;
  private readonly enabled = document.createElement('vscode-checkbox');
  private readonly colour: ColourField;
  private readonly threshold: ThresholdField;
  private readonly problems: ProblemList;
  private nodes: readonly TypeNode[] = [];

  constructor(
    private readonly changes: Changes,
    /** The node of now with the id of one of before. */
    private readonly current: (node: TypeNode) => TypeNode | undefined,
    private readonly events: DetailEvents,
  ) {
    const { element } = this;
    element.className = 'details';
    element.setAttribute('aria-label', l10n.t('Details of the selected type'));
    this.heading.dir = 'auto';
    this.path.dir = 'auto';
    this.path.className = 'hint';
    this.reveal.secondary = true;
    this.reveal.addEventListener('click', () => {
      const [node] = this.nodes;
      if (node !== undefined) events.onReveal(node);
    });
    this.fields = {
      name: this.text('name', l10n.t('Name'), (name, node) =>
        name === '' ? undefined : { kind: 'rename', type: placeOf(node), name },
      ),
      description: this.area('description', l10n.t('Description'), 3, (text) => ({
        field: 'description',
        value: orNothing(text),
      })),
      synonyms: this.area('synonyms', l10n.t('Synonyms, one a line'), 3, (text) => ({
        field: 'synonyms',
        value: linesOf(text),
      })),
      examples: this.area('examples', l10n.t('Examples, one a line'), 3, (text) => ({
        field: 'examples',
        value: linesOf(text),
      })),
      shortcut: this.text('shortcut', l10n.t('Shortcut: a letter or digit'), (key, node) => ({
        kind: 'set',
        types: [placeOf(node)],
        field: 'shortcut',
        value: orNothing(key.slice(0, 1).toLowerCase()),
      })),
    };
    this.enabled.label = l10n.t('Enabled: looked for in texts');
    this.enabled.addEventListener('change', () => {
      void this.commit({ field: 'enabled', value: this.enabled.checked ? undefined : false });
    });
    const cancel = (): void => {
      changes.preview(undefined);
    };
    this.colour = new ColourField({
      onInput: (value) => this.preview({ field: 'colour', value }),
      onCommit: (value) => void this.commit({ field: 'colour', value }),
      onCancel: cancel,
    });
    this.threshold = new ThresholdField({
      onInput: (value) => this.preview({ field: 'threshold', value }),
      onCommit: (value) => void this.commit({ field: 'threshold', value }),
      onCancel: cancel,
    });
    this.problems = new ProblemList(
      (edit) => void changes.commitNow(edit),
      () => {
        events.onRename();
      },
    );
    this.former.className = 'hint';
    this.former.dir = 'auto';
    this.alone.className = 'fields';
    element.append(this.heading, this.path, this.problems.element, this.alone);
    element.append(this.enabled, this.threshold.element, this.colour.element);
    this.alone.after(this.reveal);
    element.append(this.former);
  }

  /** Shows the selected types; the first is the one whose values are seen. */
  show(nodes: readonly TypeNode[], facts: DetailFacts): void {
    const sameType = nodes[0]?.id === this.nodes[0]?.id && nodes.length === this.nodes.length;
    if (!sameType) for (const field of Object.values(this.fields)) field.leave();
    this.nodes = nodes;
    const [node] = nodes;
    this.element.classList.toggle('empty', node === undefined);
    if (node === undefined) {
      this.heading.textContent = l10n.t('No type is selected');
      this.path.textContent = '';
      return;
    }
    const { data } = node;
    const isOne = nodes.length === 1;
    this.heading.textContent = isOne ? data.name : l10n.t('{0} types', nodes.length);
    this.path.textContent = isOne
      ? [...(node.depth === 0 ? [] : [pathOf(node).join(' › ')]), facts.displayName ?? '']
          .filter((part) => part !== '')
          .join(' · ')
      : nodes.map((one) => one.data.name).join(', ');
    this.alone.hidden = !isOne;
    this.fields.name.show(data.name);
    this.fields.description.show(data.description ?? '');
    this.fields.synonyms.show((data.synonyms ?? []).join('\n'));
    this.fields.examples.show((data.examples ?? []).join('\n'));
    this.fields.shortcut.show(data.shortcut ?? '');
    for (const { control } of Object.values(this.fields)) {
      (control as TextControl & { readonly: boolean }).readonly = facts.readOnly;
    }
    this.enabled.checked = data.enabled ?? true;
    this.enabled.disabled = facts.readOnly;
    this.threshold.show(data.threshold, facts.inheritedThreshold, facts.readOnly);
    this.colour.show(data.colour, facts.inheritedColour, facts.readOnly);
    this.reveal.hidden = facts.count === 0 || !isOne;
    this.reveal.textContent =
      facts.count === 1
        ? l10n.t('Show the Entity')
        : l10n.t('Show the Next of {0} Entities', facts.count);
    this.problems.show(facts.problems, facts.readOnly);
    const former = (data.formerly ?? []).map((path) => path.join(' › '));
    this.former.hidden = former.length === 0 || !isOne;
    this.former.textContent = l10n.t('Formerly: {0}', former.join('; '));
  }

  focus(): void {
    this.fields.name.control.focus();
  }

  private text(
    name: string,
    label: string,
    editFor: (value: string, node: TypeNode) => TaxonomyEdit | undefined,
  ): LiveField {
    const control = document.createElement('vscode-textfield');
    return this.field(control, name, label, false, editFor);
  }

  private area(
    name: string,
    label: string,
    rows: number,
    change: (value: string) => SettingChange,
  ): LiveField {
    const control = document.createElement('vscode-textarea');
    control.rows = rows;
    control.resize = 'vertical';
    return this.field(control, name, label, true, (value, node) => ({
      kind: 'set',
      types: [placeOf(node)],
      ...change(value),
    }));
  }

  private field(
    control: TextControl & { label: string },
    name: string,
    label: string,
    isMultiline: boolean,
    editFor: (value: string, node: TypeNode) => TaxonomyEdit | undefined,
  ): LiveField {
    control.dataset['field'] = name;
    control.label = label;
    control.dir = 'auto';
    const caption = document.createElement('span');
    caption.className = 'caption';
    caption.textContent = label;
    caption.setAttribute('aria-hidden', 'true');
    this.alone.append(caption, control);
    const editNow = (value: string, of: TypeNode | undefined): TaxonomyEdit | undefined => {
      const node = of === undefined ? undefined : this.current(of);
      return node === undefined ? undefined : editFor(value.trim(), node);
    };
    return new LiveField(control, isMultiline, {
      onInput: (value) => {
        this.changes.preview(editNow(value, this.nodes[0]));
      },
      onCommit: (value) => {
        const [node] = this.nodes;
        return this.changes.commit(() => editNow(value, node));
      },
      onCancel: () => {
        this.changes.preview(undefined);
      },
      onLeave: this.events.onLeave,
    });
  }

  private preview(change: SettingChange): void {
    this.changes.preview(this.editOf(this.nodes, change));
  }

  private commit(change: SettingChange): Promise<boolean> {
    const { nodes } = this;
    return this.changes.commit(() => this.editOf(nodes, change));
  }

  private editOf(nodes: readonly TypeNode[], change: SettingChange): TaxonomyEdit | undefined {
    const types = nodes.flatMap((node) => this.current(node) ?? []).map(placeOf);
    return types.length === 0 ? undefined : { kind: 'set', types, ...change };
  }
}

function orNothing(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function linesOf(text: string): string[] | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.length === 0 ? undefined : lines;
}
