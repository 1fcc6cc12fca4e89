import * as l10n from '@vscode/l10n';
import type { TaxonomyEdit } from '../../src/core/labels/taxonomyFile/taxonomyEdit';
import type { PageCommand } from '../../src/core/messages/labelEditor';
import type { Changes } from './changes';
import { textOfTypes, typesOfText, withFreeNames } from './tree/copiedTypes';
import { keyTarget, moveEdit } from './tree/moves';
import { RenameBox } from './tree/renameBox';
import type { NewPlace } from './tree/treeModel';
import type { TreeView } from './tree/treeView';
import { inTreeOrder, placeOf, type TypeNode } from './tree/typeNodes';

/** What actions ask of the user and of the clipboard, through the extension. */
export interface Questions {
  split(node: TypeNode): Promise<{
    readonly names: readonly string[];
    readonly into: 'children' | 'siblings';
  } | null>;
  /** Which of the types the others join; undefined when the user changed their mind. */
  merge(nodes: readonly TypeNode[]): Promise<TypeNode | undefined>;
  readClipboard(): Promise<string>;
  writeClipboard(text: string): Promise<unknown>;
  /** Says why something cannot be done. */
  refuse(message: string): void;
}

/** What the commands that change the list do to the selected types. Each makes one edit. */
export class TreeActions {
  private cut: readonly number[] = [];

  constructor(
    private readonly tree: TreeView,
    private readonly changes: Changes,
    private readonly questions: Questions,
    private readonly canEdit: () => boolean,
  ) {}

  /** Does what a command says, if it is one that changes the list or copies from it. */
  async run(command: PageCommand): Promise<void> {
    if (command === 'copy') return this.copy();
    // A key that follows an edit is about what that leaves.
    await this.changes.settled;
    if (!this.canEdit()) return;
    switch (command) {
      case 'rename':
        return this.rename();
      case 'addChild':
      case 'addSibling':
        return this.add(command === 'addChild');
      case 'delete':
        return this.remove();
      case 'toggleEnabled':
        return this.toggleEnabled();
      case 'moveUp':
      case 'moveDown':
      case 'moveIn':
      case 'moveOut':
        return this.moveBy(command);
      case 'merge':
        return this.merge();
      case 'split':
        return this.split();
      case 'cut':
        await this.copy();
        this.cut = this.tree.model.topSelected.map(({ id }) => id);
        return;
      case 'paste':
        return this.paste(await this.questions.readClipboard());
      default:
    }
  }

  /** Moves types and keeps them selected. */
  async move(edit: TaxonomyEdit): Promise<void> {
    await this.changes.commitNow(edit);
    this.tree.scrollToActive();
  }

  copiedText(): string {
    return textOfTypes(this.tree.model.topSelected.map(({ data }) => data));
  }

  /** Puts what was copied after the active type; what was cut moves there. */
  async paste(text: string): Promise<void> {
    if (!this.canEdit()) return;
    const { model } = this.tree;
    const { active } = model;
    const parent = active?.parent;
    const index = active === undefined ? model.roots.length : active.index + 1;
    const cut = this.cut.flatMap((id) => model.node(id) ?? []).sort(inTreeOrder);
    this.cut = [];
    if (cut.length > 0 && textOfTypes(cut.map(({ data }) => data)) === text.trim()) {
      const edit = moveEdit(cut, { parent, index });
      if (edit !== undefined) await this.move(edit);
      return;
    }
    const copied = typesOfText(text);
    if (copied === undefined) {
      this.questions.refuse(l10n.t('There are no types in the clipboard.'));
      return;
    }
    const siblings = parent?.children ?? model.roots;
    const types = withFreeNames(
      copied,
      siblings.map(({ data }) => data.name),
    );
    const above = parent === undefined ? [] : placeOf(parent);
    const edits = types.map(
      (type, at) => ({ kind: 'add', parent: above, index: index + at, type }) as const,
    );
    const done = await this.changes.commitNow(...edits);
    if (done) this.select(types.map((_, at) => [...above, index + at]));
  }

  private async copy(): Promise<void> {
    if (this.tree.model.selected.length === 0) return;
    this.cut = [];
    await this.questions.writeClipboard(this.copiedText());
  }

  private rename(): void {
    const { active } = this.tree.model;
    if (active === undefined) return;
    const { id, data } = active;
    const editFor = (name: string): TaxonomyEdit | undefined => {
      const node = this.tree.model.node(id);
      if (node === undefined || name === '' || name === data.name) return undefined;
      return { kind: 'rename', type: placeOf(node), name };
    };
    this.tree.rename(
      new RenameBox(l10n.t('New name of “{0}”', data.name), data.name, {
        onInput: (name) => {
          this.changes.preview(editFor(name.trim()));
        },
        onCommit: (name) => {
          this.end();
          void this.changes.commit(() => editFor(name));
        },
        onCancel: () => {
          this.end();
          this.changes.preview(undefined);
        },
      }),
    );
  }

  /** Leaves the text box; the focus goes to the tree only where it has not gone elsewhere. */
  private end(): void {
    const hadFocus = document.activeElement?.closest('.tree') !== null;
    this.tree.endEdit();
    if (hadFocus || document.activeElement === document.body) this.tree.focus();
  }

  private add(below: boolean): void {
    const { model } = this.tree;
    const { active } = model;
    const place: NewPlace =
      below && active !== undefined
        ? { parent: active, index: active.children.length }
        : { parent: active?.parent, index: active === undefined ? 0 : active.index + 1 };
    const parentId = place.parent?.id;
    this.tree.addDraft(
      place,
      new RenameBox(l10n.t('Name of the new type'), '', {
        onInput: () => undefined,
        onCancel: () => {
          this.end();
        },
        onCommit: (name) => {
          this.end();
          if (name === '') return;
          const parent = (): readonly number[] => {
            const node = parentId === undefined ? undefined : model.node(parentId);
            return node === undefined ? [] : placeOf(node);
          };
          void this.changes
            .commit(() => ({
              kind: 'add',
              parent: parent(),
              index: place.index,
              type: { name },
            }))
            .then((done) => {
              if (done) this.select([[...parent(), place.index]]);
            });
        },
      }),
    );
  }

  private async remove(): Promise<void> {
    const { model } = this.tree;
    const nodes = model.topSelected;
    const [first] = nodes;
    if (first === undefined) return;
    const { parent, index } = first;
    const edit: TaxonomyEdit = { kind: 'remove', types: nodes.map(placeOf) };
    if (!(await this.changes.commitNow(edit))) return;
    const siblings = parent === undefined ? model.roots : (model.node(parent.id)?.children ?? []);
    const next = siblings[Math.min(index, siblings.length - 1)];
    model.select(next ?? (parent === undefined ? undefined : model.node(parent.id)));
    this.tree.change();
  }

  private async toggleEnabled(): Promise<void> {
    const { selected } = this.tree.model;
    const [first] = selected;
    if (first === undefined) return;
    const value = first.data.enabled === false ? undefined : false;
    await this.changes.commit(() => ({
      kind: 'set',
      types: selected.flatMap(({ id }) => this.tree.model.node(id) ?? []).map(placeOf),
      field: 'enabled',
      value,
    }));
  }

  private async moveBy(how: 'moveUp' | 'moveDown' | 'moveIn' | 'moveOut'): Promise<void> {
    const { model } = this.tree;
    const nodes = model.topSelected;
    const siblingsOf = (parent: TypeNode | undefined): readonly TypeNode[] =>
      parent?.children ?? model.roots;
    const target = keyTarget(nodes, how, siblingsOf);
    const edit = target === undefined ? undefined : moveEdit(nodes, target);
    if (edit === undefined) return;
    if (target?.parent !== undefined) model.expand(target.parent, true);
    await this.move(edit);
  }

  private async merge(): Promise<void> {
    const nodes = this.tree.model.topSelected;
    if (nodes.length < 2) {
      this.questions.refuse(l10n.t('Select two or more types to merge.'));
      return;
    }
    const into = await this.questions.merge(nodes);
    if (into === undefined) return;
    const types = nodes.filter((node) => node !== into).map(placeOf);
    if (await this.changes.commitNow({ kind: 'merge', types, into: placeOf(into) })) {
      this.tree.model.select(this.tree.model.node(into.id));
      this.tree.change();
    }
  }

  private async split(): Promise<void> {
    const { active } = this.tree.model;
    if (active === undefined) return;
    const answer = await this.questions.split(active);
    if (answer === null) return;
    const type = placeOf(active);
    this.tree.model.expand(active, true);
    await this.changes.commitNow({ kind: 'split', type, ...answer });
  }

  private select(places: readonly (readonly number[])[]): void {
    const { model } = this.tree;
    const nodes = places.flatMap((place) => model.at(place) ?? []);
    for (const node of nodes) model.reveal(node);
    model.selectMany(nodes);
    this.tree.change();
  }
}
