import type * as vscode from 'vscode';
import { documentFormat, piecesOf } from '../programs/documentInput';
import type { LabelArguments } from '../programs/labelArguments';
import type { Program } from '../programs/program';
import { parseFindings, type ShownFinding } from './findings';

/** Runs the checks of the command line over documents. */
export class Checker {
  constructor(
    private readonly program: Program,
    private readonly labels: LabelArguments,
  ) {}

  /**
   * What is wrong in a document as it stands in the editor.
   * @throws an Error with what the program said, when it could not check.
   */
  async check(document: vscode.TextDocument, signal: AbortSignal): Promise<ShownFinding[]> {
    const args = ['check', '--to', 'json', ...(await this.options(document)), '-'];
    const { code, stdout, stderr } = await this.program.run(args, {
      input: piecesOf(document),
      signal,
    });
    if (code === 2 || stdout === '') throw new Error(stderr.trim());
    return parseFindings(stdout);
  }

  /**
   * The text of a document after fixes; undefined when none of them fits it any more.
   * @param fixes Ids of fixes, or `safe` for those that change no meaning.
   */
  async mend(
    document: vscode.TextDocument,
    fixes: readonly string[] | 'safe',
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const wanted = fixes === 'safe' ? ['--fix'] : ['--fixes', fixes.join(',')];
    const args = ['check', ...wanted, ...(await this.options(document)), '-'];
    const { code, stdout, stderr } = await this.program.run(args, {
      input: piecesOf(document),
      signal,
    });
    if (code === 2) throw new Error(stderr.trim());
    return /: mended [1-9]/.test(stderr) ? stdout : undefined;
  }

  private async options(document: vscode.TextDocument): Promise<string[]> {
    const format = documentFormat(document);
    const labels = await this.labels.of(document.uri);
    return [...(format === undefined ? [] : ['--from', format]), ...labels];
  }
}
