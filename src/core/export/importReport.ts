import type { TypePath } from '../entity/entity';
import type { PassageData } from '../formats/format';
import { formatPath } from '../labels/names';
import { phrase, phraseText, type Phrase, type Translate } from '../messages/phrase';
import { escapeMarkdown } from './escapeMarkdown';

const shownLines = 200;

/** What became of the annotations of a file that were imported into a document. */
export class ImportReport {
  private readonly problems: Phrase[] = [];
  private readonly noPlaces: string[] = [];
  /** Parts of the file that could not be read. */
  leftOut = 0;
  /** Annotations whose words are not in the document. */
  missing = 0;
  /** Annotations that the document had, or that contradict what people decided there. */
  known = 0;
  imported = 0;

  leaveOut(problem: Phrase): void {
    this.leftOut++;
    if (this.problems.length < shownLines) this.problems.push(problem);
  }

  /** Counts what a passage lists and its own text does not have. */
  countRead({ unplaced = [] }: PassageData): void {
    for (const { mention, label } of unplaced) this.noPlace(mention, [label]);
  }

  noPlace(mention: string, path: TypePath): void {
    this.missing++;
    if (this.noPlaces.length >= shownLines) return;
    const words = mention.replaceAll(/\s+/gu, ' ');
    this.noPlaces.push(`- ${escapeMarkdown(words)} · ${escapeMarkdown(formatPath(path))}`);
  }

  get isEmpty(): boolean {
    return this.leftOut + this.missing === 0;
  }

  /** The report as Markdown. @param translate Gives it in a user's language. */
  toMarkdown(document: string, translate?: Translate): string {
    const say = (words: Phrase): string => phraseText(words, translate);
    const lines = [`# ${say(phrase`Import into ${document}`)}`];
    if (this.missing > 0) {
      lines.push('', `## ${say(phrase`Without a place in the text`)}`, '', ...this.noPlaces);
      if (this.missing > this.noPlaces.length) lines.push('- …');
    }
    if (this.leftOut > 0) {
      lines.push('', `## ${say(phrase`What could not be read`)}`, '');
      lines.push(...this.problems.map((problem) => `- ${escapeMarkdown(say(problem))}`));
      if (this.leftOut > this.problems.length) lines.push('- …');
    }
    return `${lines.join('\n')}\n`;
  }
}
