import type { LabelArguments } from '../programs/labelArguments';
import type { Program } from '../programs/program';
import type { CheckedText } from './checkedText';
import { parseFindings, type ShownFinding } from './findings';

/** Runs the checks of the command line. */
export class Checker {
  constructor(
    private readonly program: Program,
    private readonly labels: LabelArguments,
  ) {}

  /**
   * What is wrong in a data set.
   * @throws an Error with what the program said, when it could not check.
   */
  async check(text: CheckedText, signal: AbortSignal): Promise<ShownFinding[]> {
    const args = ['check', '--to', 'json', ...(await this.options(text)), '-'];
    const { code, stdout, stderr } = await this.program.run(args, {
      input: text.pieces(),
      signal,
    });
    if (code === 2 || stdout === '') throw new Error(stderr.trim());
    return parseFindings(stdout);
  }

  /**
   * The text after fixes; undefined when none of them fits it any more.
   * @param fixes Ids of fixes, or `safe` for those that change no meaning.
   */
  async mend(
    text: CheckedText,
    fixes: readonly string[] | 'safe',
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const wanted = fixes === 'safe' ? ['--fix'] : ['--fixes', fixes.join(',')];
    const args = ['check', ...wanted, ...(await this.options(text)), '-'];
    const { code, stdout, stderr } = await this.program.run(args, {
      input: text.pieces(),
      signal,
    });
    if (code === 2) throw new Error(stderr.trim());
    return /: mended [1-9]/.test(stderr) ? stdout : undefined;
  }

  private async options({ uri, format }: CheckedText): Promise<string[]> {
    const labels = await this.labels.of(uri);
    return [...(format === undefined ? [] : ['--from', format]), ...labels];
  }
}
