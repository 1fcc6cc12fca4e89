import * as vscode from 'vscode';
import type { Entity } from '../../core/entity/entity';
import type { Labels, ViewState } from '../contract';
import { Disposable } from '../disposable';
import type { Session } from '../documents/session';
import type { OpenSessions } from '../documents/sessions';
import { offsetsOf, rangeOf } from '../documents/textRanges';
import { DecorationTypes } from './decorationTypes';
import { sampleMarks } from './overviewMarks';
import { lookKey, nestingOf, Palette } from './palette';

/** Time between two paintings of an editor: one frame. */
const frameMilliseconds = 16;
/** Pause before the overview ruler is drawn anew, which takes a look at every entity. */
const rulerMilliseconds = 250;
/** Lines painted above and below what is visible, so that scrolling finds them there. */
const marginLines = 120;

/** Paints the entities of visible editors: what is in sight first, then what is near, then the ruler. */
export class Painter extends Disposable {
  private readonly types = this._register(new DecorationTypes());
  private readonly painted = new WeakMap<vscode.TextEditor, Map<string, Paint>>();
  private readonly frames = new Map<vscode.TextEditor, NodeJS.Timeout>();
  private readonly rulers = new Map<vscode.TextEditor, NodeJS.Timeout>();
  private palette: Palette;

  constructor(
    private readonly sessions: OpenSessions,
    private readonly labels: Labels,
    private readonly view: ViewState,
  ) {
    super();
    this.palette = new Palette(labels.list, view.level);
    this._register(sessions.onDidChange(({ document }) => this.ask(document)));
    this._register(view.onDidChange(() => this.renew()));
    this._register(labels.onDidChange(() => this.renew()));
    this._register(vscode.window.onDidChangeVisibleTextEditors(() => this.askAll()));
    this._register(
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) =>
        this.askOne(textEditor, false),
      ),
    );
    this.askAll();
  }

  private renew(): void {
    this.palette = new Palette(this.labels.list, this.view.level);
    this.askAll();
  }

  private askAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.askOne(editor, true);
  }

  private ask(document: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document) this.askOne(editor, true);
    }
  }

  private askOne(editor: vscode.TextEditor, withRuler: boolean): void {
    if (!this.frames.has(editor)) {
      this.frames.set(
        editor,
        setTimeout(() => this.paint(editor, 0), frameMilliseconds),
      );
    }
    if (!withRuler) return;
    clearTimeout(this.rulers.get(editor));
    this.rulers.set(
      editor,
      setTimeout(() => void this.paintRuler(editor), rulerMilliseconds),
    );
  }

  /** Paints what is visible, and in the next frame what lies within the margin. */
  private paint(editor: vscode.TextEditor, margin: number): void {
    this.frames.delete(editor);
    const session = this.sessionOf(editor);
    const entities = session === undefined ? [] : this.entitiesNear(editor, session, margin);
    const around = nestingOf(entities);
    const next = new Map<string, Paint>();
    entities.forEach((entity, index) => {
      const look = this.palette.look(entity.path, around[index] ?? 0);
      const key = `box ${lookKey(look)}`;
      let paint = next.get(key);
      if (paint === undefined) next.set(key, (paint = { type: this.types.box(look), ranges: [] }));
      paint.ranges.push(rangeOf(editor.document, entity));
    });
    this.apply(editor, 'box ', next);
    if (margin === 0 && session !== undefined) {
      const more = setTimeout(() => this.paint(editor, marginLines), frameMilliseconds);
      this.frames.set(editor, more);
    }
  }

  private entitiesNear(editor: vscode.TextEditor, session: Session, margin: number): Entity[] {
    const near = new Map<string, Entity>();
    for (const { start, end } of editor.visibleRanges) {
      const first = new vscode.Position(Math.max(0, start.line - margin), 0);
      const lines = new vscode.Range(first, new vscode.Position(end.line + margin + 1, 0));
      const range = offsetsOf(editor.document, editor.document.validateRange(lines));
      for (const entity of session.entitiesIn(range.start, range.end)) near.set(entity.id, entity);
    }
    return [...near.values()];
  }

  private async paintRuler(editor: vscode.TextEditor): Promise<void> {
    this.rulers.delete(editor);
    const session = this.sessionOf(editor);
    const next = new Map<string, Paint>();
    if (session !== undefined) {
      const { palette } = this;
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
    for (const timer of [...this.frames.values(), ...this.rulers.values()]) clearTimeout(timer);
    super.dispose();
  }
}

interface Paint {
  readonly type: vscode.TextEditorDecorationType;
  readonly ranges: vscode.Range[];
}
