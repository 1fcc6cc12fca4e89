import * as vscode from 'vscode';
import { takeTurns } from '../../engines/turns';

/** Units that are compared at once. */
const BLOCK = 65_536;

/** An edit that gives a document another text; what both have at their ends is left alone. */
export async function editTo(
  document: vscode.TextDocument,
  text: string,
): Promise<vscode.WorkspaceEdit> {
  const before = document.getText();
  // A document has line breaks of one kind only.
  const wanted = document.eol === vscode.EndOfLine.CRLF ? text : text.replaceAll('\r\n', '\n');
  const most = Math.min(before.length, wanted.length);
  const start = await sharedStart(most, (from, to) => [
    before.slice(from, to),
    wanted.slice(from, to),
  ]);
  const end = await sharedStart(most - start, (from, to) => [
    reversed(before, from, to),
    reversed(wanted, from, to),
  ]);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(start), document.positionAt(before.length - end)),
    wanted.slice(start, wanted.length - end),
  );
  return edit;
}

/** Number of units from the start, at most `most`, that two texts share. */
async function sharedStart(
  most: number,
  blocks: (from: number, to: number) => [string, string],
): Promise<number> {
  const breath = takeTurns();
  for (let at = 0; at < most; at += BLOCK) {
    const [one, other] = blocks(at, Math.min(most, at + BLOCK));
    if (one !== other) {
      let unit = 0;
      while (one[unit] === other[unit]) unit++;
      return at + unit;
    }
    await breath();
  }
  return most;
}

/** A block of a text counted from its end, its last unit first. */
function reversed(text: string, from: number, to: number): string {
  const block = text.slice(text.length - to, text.length - from);
  return block.split('').reverse().join('');
}
