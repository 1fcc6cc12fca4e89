/** How a JSON file is laid out. */
export interface JsonLayout {
  /** One step of indentation; empty for a file on one line. */
  readonly unit: string;
  /** The line break before each member; empty for a file on one line. */
  readonly lineBreak: string;
  readonly afterColon: string;
}

/** The layout of a JSON object, seen from what stands between its brace and its first key. */
export function indentOf(text: string, brace: number): JsonLayout {
  const head = text.slice(brace, brace + 1000);
  const [, lineBreak = '', unit = ''] = /^\{[ \t]*(\r?\n)\s*?([ \t]*)"/u.exec(head) ?? [];
  const colon = /"(?:[^"\\]|\\.)*"\s*:([ \t]*)/u.exec(head);
  const isEmpty = /^\{\s*\}/u.test(head);
  if (isEmpty) return { unit: '    ', lineBreak: '\n', afterColon: ' ' };
  return { unit, lineBreak, afterColon: colon?.[1] ?? ' ' };
}

/** A value as JSON in a layout, at a depth of so many steps; its first line is not indented. */
export function layOut(value: unknown, layout: JsonLayout, depth: number): string {
  if (layout.lineBreak === '') return JSON.stringify(value);
  const lines = JSON.stringify(value, null, layout.unit).split('\n');
  return lines.join(layout.lineBreak + layout.unit.repeat(depth));
}
