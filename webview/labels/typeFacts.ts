import type { TaxonomyEdit } from '../../src/core/labels/taxonomyFile/taxonomyEdit';
import type { TypeData } from '../../src/core/labels/taxonomyFile/taxonomyFile';
import type {
  LabelEditorState,
  LabelProblem,
  LiveState,
} from '../../src/core/messages/labelEditor';
import { readColour, type Rgb } from './details/contrast';
import { ownColour, slotColour, slotValue } from './theme';
import type { RowFacts } from './tree/rowView';
import { pathOf, placeOf, type TypeNode } from './tree/typeNodes';

/** Number of colours for top-level types; a list with more of them starts again at the first. */
const slots = 12;

/** What is known of types beside what the file says: counts, problems, colours, a change that is previewed. */
export class TypeFacts {
  private problems = new Map<string, LabelProblem[]>();

  constructor(
    private state: LabelEditorState,
    private live: LiveState | undefined,
  ) {
    this.show(state, live);
  }

  show(state: LabelEditorState, live: LiveState | undefined): void {
    this.state = state;
    this.live = live;
    this.problems = new Map();
    for (const problem of state.problems) {
      const key = (problem.place ?? []).join('.');
      this.problems.set(key, [...(this.problems.get(key) ?? []), problem]);
    }
  }

  /** What a type's row says of the type itself. */
  ofRow(
    node: TypeNode,
    previewed: TaxonomyEdit | undefined,
  ): Omit<RowFacts, 'found' | 'stale' | 'canDrag'> {
    const { name, threshold } = dataOf(node, previewed);
    return {
      name,
      displayName: this.displayNameOf(node),
      colour: this.colourOf(node, previewed),
      enabled: this.isEnabled(node, previewed),
      count: this.countOf(node),
      learned: this.learnedOf(node),
      threshold,
      problems: this.problemsOf(node),
    };
  }

  problemsOf(node: TypeNode): readonly LabelProblem[] {
    return this.problems.get(placeOf(node).join('.')) ?? [];
  }

  /** Problems that are about no type. */
  get fileProblems(): readonly LabelProblem[] {
    return this.problems.get('') ?? [];
  }

  countOf(node: TypeNode): number {
    return this.live?.counts[pathOf(node).join('\n')] ?? 0;
  }

  learnedOf(node: TypeNode): LiveState['learned'][string] | undefined {
    return this.live?.learned[pathOf(node).join('\n')];
  }

  displayNameOf(node: TypeNode): string | undefined {
    const name = this.state.displayNames[pathOf(node).join(' > ').toLowerCase()];
    return name?.toLowerCase() === node.data.name.toLowerCase() ? undefined : name;
  }

  isEnabled(node: TypeNode | undefined, previewed: TaxonomyEdit | undefined): boolean {
    if (node === undefined) return true;
    const { enabled = true } = dataOf(node, previewed);
    return enabled && this.isEnabled(node.parent, previewed);
  }

  /** The CSS colour of a type: its own, else that of the nearest type above that has one, else the theme's. */
  colourOf(node: TypeNode, previewed: TaxonomyEdit | undefined): string {
    const { colour } = dataOf(node, previewed);
    if (colour !== undefined) return ownColour(colour);
    if (node.parent !== undefined) return this.colourOf(node.parent, previewed);
    return slotColour(this.slotOf(node));
  }

  /** The CSS colour of a path, or of the type above it that the list has. */
  colourOfPath(
    roots: readonly TypeNode[],
    path: readonly string[],
    previewed: TaxonomyEdit | undefined,
  ): string {
    let siblings = roots;
    let found: TypeNode | undefined;
    for (const name of path) {
      const next = siblings.find((node) => dataOf(node, previewed).name === name);
      if (next === undefined) break;
      found = next;
      siblings = next.children;
    }
    return found === undefined ? 'currentcolor' : this.colourOf(found, previewed);
  }

  /** The colour that a type has without one of its own. */
  inheritedColour(node: TypeNode): Rgb {
    for (let above = node.parent; above !== undefined; above = above.parent) {
      const { colour } = above.data;
      if (colour !== undefined) return readColour(ownColour(colour)) ?? [128, 128, 128];
    }
    return slotValue(this.slotOf(node));
  }

  /** The threshold that a type has without one of its own; undefined for the model's. */
  inheritedThreshold(node: TypeNode): number | undefined {
    for (let above = node.parent; above !== undefined; above = above.parent) {
      if (above.data.threshold !== undefined) return above.data.threshold;
    }
    return this.live?.threshold ?? undefined;
  }

  private slotOf(node: TypeNode): number {
    let root = node;
    while (root.parent !== undefined) root = root.parent;
    return this.live?.slots[root.index] ?? root.index % slots;
  }
}

/** What the file says of a type, with a change that is previewed. */
export function dataOf(node: TypeNode, previewed: TaxonomyEdit | undefined): TypeData {
  if (previewed === undefined) return node.data;
  const isMeant = (place: readonly (string | number)[]): boolean =>
    place.join('.') === placeOf(node).join('.');
  if (previewed.kind === 'rename' && isMeant(previewed.type)) {
    return { ...node.data, name: previewed.name };
  }
  if (previewed.kind === 'set' && previewed.types.some(isMeant)) {
    return { ...node.data, [previewed.field]: previewed.value };
  }
  return node.data;
}
