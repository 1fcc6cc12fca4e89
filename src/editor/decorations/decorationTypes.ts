import * as vscode from 'vscode';
import type { LabelColour } from '../../core/labels/labelList';
import { backgroundColourId, borderColourId } from '../contributions';
import { Disposable } from '../disposable';
import { lookKey, type Look } from './palette';

/** Opacity of the background of a label's own colour, as two hexadecimal digits. */
const ownBackground = { dark: '1f', light: '1f' };

/** The decoration types in use: one per look, and one per colour for the overview ruler, made when needed. */
export class DecorationTypes extends Disposable {
  private readonly boxes = new Map<string, vscode.TextEditorDecorationType>();
  private readonly marks = new Map<string, vscode.TextEditorDecorationType>();

  box(look: Look): vscode.TextEditorDecorationType {
    return this.of(this.boxes, lookKey(look), () => boxOptions(look));
  }

  /** A mark in the overview ruler; shows nothing in the text. */
  mark(colour: number | LabelColour): vscode.TextEditorDecorationType {
    const key = typeof colour === 'number' ? String(colour) : `${colour.light}/${colour.dark}`;
    return this.of(this.marks, key, () => markOptions(colour));
  }

  private of(
    types: Map<string, vscode.TextEditorDecorationType>,
    key: string,
    options: () => vscode.DecorationRenderOptions,
  ): vscode.TextEditorDecorationType {
    let type = types.get(key);
    if (type === undefined) {
      type = this._register(vscode.window.createTextEditorDecorationType(options()));
      types.set(key, type);
    }
    return type;
  }
}

/**
 * Boxes of one line are equally high, so nested ones differ in where their line is drawn: the
 * innermost inside its box, the one around it just outside, the next one outside of that.
 */
function boxOptions({ colour, border, around }: Look): vscode.DecorationRenderOptions {
  const line = (value: string | vscode.ThemeColor): vscode.ThemableDecorationRenderOptions =>
    around === 0
      ? { borderColor: value, borderStyle: border, borderWidth: '1px', borderRadius: '3px' }
      : { outlineColor: value, outlineStyle: border, outlineWidth: `${around}px` };
  const common = { rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed };
  if (typeof colour === 'number') {
    return {
      ...common,
      ...line(new vscode.ThemeColor(borderColourId(colour))),
      backgroundColor: new vscode.ThemeColor(backgroundColourId(colour)),
    };
  }
  return {
    ...common,
    light: { ...line(colour.light), backgroundColor: colour.light + ownBackground.light },
    dark: { ...line(colour.dark), backgroundColor: colour.dark + ownBackground.dark },
  };
}

function markOptions(colour: number | LabelColour): vscode.DecorationRenderOptions {
  const common = {
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  };
  if (typeof colour === 'number') {
    return { ...common, overviewRulerColor: new vscode.ThemeColor(borderColourId(colour)) };
  }
  return {
    ...common,
    light: { overviewRulerColor: colour.light },
    dark: { overviewRulerColor: colour.dark },
  };
}
