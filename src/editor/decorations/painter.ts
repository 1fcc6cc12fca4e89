import * as vscode from 'vscode';
import type { LabelList } from '../../core/labels/labelList';
import type { EntitiesChange, ViewState } from '../contract';
import { Disposable } from '../disposable';
import type { Session } from '../documents/session';
import type { OpenSessions } from '../documents/sessions';
import { offsetsOf, rangeOf } from '../documents/textRanges';
import type { LabelsInForce } from '../labels/labelsInForce';
import { type Painted, probes } from '../probe';
import { DecorationTypes } from './decorationTypes';
import { sampleMarks } from './overviewMarks';
import { lookKey, nestingOf, Palette } from './palette';

/** Least time between two paintings of an editor: one frame. */
const frameMilliseconds = 16;
/** Pause before the overview ruler is drawn anew, which takes a look at every entity. */
const rulerMilliseconds = 250;
/** Lines painted above and below what is visible, so that scrolling finds them there. */
const marginLines = 120;

/** Paints the entities of visible editors: what is in sight first, then what is near, then the ruler. */
export class Painter extends Disposable {
  private readonly types = this._register(new DecorationTypes());
  private readonly painted = new WeakMap<vscode.TextEditor, Map<string, Paint>>();
  private readonly frames = new Map<vscode.TextEditor, Frame>();
  private readonly paintedAt = new WeakMap<vscode.TextEditor, number>();
  private readonly rulers = new Map<vscode.TextEditor, NodeJS.Timeout>();
  /** Lines that are painted in an editor, as long as nothing changes. */
  private readonly covered = new WeakMap<vscode.TextEditor, vscode.Range>();
  private palettes = new WeakMap<LabelList, Palette>();

  constructor(
    private readonly sessions: OpenSessions,
    private readonly labels: LabelsInForce,
    private readonly view: ViewState,
  ) {
    super();
    this._register(
      sessions.onDidChangeEntities(({ session: { document }, ranges }) => {
        if (ranges.length > 0) this.ask(document, ranges);
      }),
    );
    // Lines have moved: what is painted is not known by its lines any more.
    this._register(sessions.onDidEdit(({ document }) => this.uncover(document)));
    this._register(
      view.onDidChange(() => {
        this.palettes = new WeakMap();
        this.askAll();
      }),
    );
    this._register(labels.onDidChange(() => this.askAll()));
    this._register(vscode.window.onDidChangeVisibleTextEditors(() => this.askAll()));
    this._register(
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.scroll(textEditor)),
    );
    this.askAll();
  }

  private paletteOf({ uri }: vscode.TextDocument): Palette {
    const list = this.labels.of(uri);
    let palette = this.palettes.get(list);
    if (palette === undefined) {
      palette = new Palette(list, this.view.level);
      this.palettes.set(list, palette);
    }
    return palette;
  }

  private askAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.askOne(editor);
  }

  private ask(document: vscode.TextDocument, ranges: EntitiesChange['ranges']): void {
    for (const editor of editorsOf(document)) {
      if (this.concerns(editor, ranges)) this.askOne(editor, this.restOfFrame(editor));
      else this.askRuler(editor);
    }
  }

  /** Whether something of the ranges is painted, or may be. */
  private concerns(editor: vscode.TextEditor, ranges: EntitiesChange['ranges']): boolean {
    const covered = this.covered.get(editor);
    if (covered === undefined || ranges === 'all') return true;
    const painted = offsetsOf(editor.document, covered);
    return ranges.some(({ start, end }) => start <= painted.end && painted.start <= end);
  }

  private uncover(document: vscode.TextDocument): void {
    for (const editor of editorsOf(document)) this.covered.delete(editor);
  }

  private scroll(editor: vscode.TextEditor): void {
    const covered = this.covered.get(editor);
    if (covered !== undefined && editor.visibleRanges.every((one) => covered.contains(one))) return;
    if (!this.frames.has(editor)) this.paintSoon(editor, marginLines);
  }

  /** Other entities are painted at once, unless the last painting was in this frame. */
  private restOfFrame(editor: vscode.TextEditor): number {
    const since = performance.now() - (this.paintedAt.get(editor) ?? -Infinity);
    return Math.max(0, frameMilliseconds - since);
  }

  private askOne(editor: vscode.TextEditor, pause = frameMilliseconds): void {
    if (this.frames.get(editor)?.margin !== 0) this.paintSoon(editor, 0, pause);
    this.askRuler(editor);
  }

  private askRuler(editor: vscode.TextEditor): void {
    clearTimeout(this.rulers.get(editor));
    this.rulers.set(
      editor,
      setTimeout(() => void this.paintRuler(editor), rulerMilliseconds),
    );
  }

  private paintSoon(editor: vscode.TextEditor, margin: number, pause = frameMilliseconds): void {
    clearTimeout(this.frames.get(editor)?.timer);
    const timer = setTimeout(() => this.paint(editor, margin), pause);
    this.frames.set(editor, { timer, margin });
  }

  /** Paints what is visible, and in the next frame what lies within the margin. */
  private paint(editor: vscode.TextEditor, margin: number): void {
    this.frames.delete(editor);
    this.paintedAt.set(editor, performance.now());
    const session = this.sessionOf(editor);
    const lines = linesNear(editor, margin);
    if (margin > 0) this.covered.set(editor, lines);
    const range = offsetsOf(editor.document, lines);
    const entities = session?.entitiesIn(range.start, range.end) ?? [];
    const palette = this.paletteOf(editor.document);
    const around = nestingOf(entities);
    const next = new Map<string, Paint>();
    entities.forEach((entity, index) => {
      const look = palette.look(entity.path, around[index] ?? 0);
      const key = `box ${lookKey(look)}`;
      let paint = next.get(key);
      if (paint === undefined) next.set(key, (paint = { type: this.types.box(look), ranges: [] }));
      paint.ranges.push(rangeOf(editor.document, entity));
    });
    this.apply(editor, 'box ', next);
    if (probes.painted.hasSubscribers) {
      const document = editor.document.uri.toString();
      probes.painted.publish({ document, entities: entities.length } satisfies Painted);
    }
    if (margin === 0 && session !== undefined) this.paintSoon(editor, marginLines);
  }

  private async paintRuler(editor: vscode.TextEditor): Promise<void> {
    this.rulers.delete(editor);
    const session = this.sessionOf(editor);
    const next = new Map<string, Paint>();
    if (session !== undefined) {
      const palette = this.paletteOf(editor.document);
      for (const [key, { colour, offsets }] of await sampleMarks(session, palette)) {
        const ranges = offsets.map((start) => rangeOf(editor.document, { start, end: start + 1 }));
        next.set(`mark ${key}`, { type: this.types.mark(colour), ranges });
      }
    }
    this.apply(editor, 'mark ', next);
  }

  /** Sets each decoration type once, and empties those of this kind that are not needed any more. */
  private apply(editor: vscode.TextEditor, kind: string, next: ReadonlyMap<string, Paint>): void {
    const now = this.painted.get(editor) ?? new Map<string, Paint>();
    for (const [key, { type }] of now) {
      if (!key.startsWith(kind) || next.has(key)) continue;
      editor.setDecorations(type, []);
      now.delete(key);
    }
    for (const [key, paint] of next) {
      editor.setDecorations(paint.type, paint.ranges);
      now.set(key, paint);
    }
    this.painted.set(editor, now);
  }

  private sessionOf(editor: vscode.TextEditor): Session | undefined {
    return editor.document.isClosed ? undefined : this.sessions.existing(editor.document);
  }

  override dispose(): void {
    for (const { timer } of this.frames.values()) clearTimeout(timer);
    for (const timer of this.rulers.values()) clearTimeout(timer);
    super.dispose();
  }
}

function editorsOf(document: vscode.TextDocument): readonly vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
}

/** What is visible of the document, from its first line to its last, with some lines around. */
function linesNear(editor: vscode.TextEditor, margin: number): vscode.Range {
  const first = editor.visibleRanges.at(0)?.start.line ?? 0;
  const last = editor.visibleRanges.at(-1)?.end.line ?? first;
  const lines = new vscode.Range(Math.max(0, first - margin), 0, last + margin + 1, 0);
  return editor.document.validateRange(lines);
}

/** A painting to come, with the lines around what is visible that it covers. */
interface Frame {
  readonly timer: NodeJS.Timeout;
  readonly margin: number;
}

interface Paint {
  readonly type: vscode.TextEditorDecorationType;
  readonly ranges: vscode.Range[];
}
