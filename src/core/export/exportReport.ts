import type { PassageData, WriteNote } from '../formats/format';
import { clampRange } from '../text/range';
import { phrase, phraseText, type Phrase, type Translate } from '../messages/phrase';
import { escapeMarkdown } from './escapeMarkdown';

/** Passages that are shown for each kind of note. */
const shownPassages = 20;
const shownUnits = 100;

interface Noted {
  readonly note: WriteNote;
  passages: number;
  readonly examples: { readonly number: number; readonly head: string }[];
}

/** What an export wrote, what its format could not say, and what could not be read. */
export class ExportReport {
  private readonly notes = new Map<string, Noted>();
  private readonly unread: Phrase[] = [];
  private unreadCount = 0;
  passages = 0;
  entities = 0;

  count({ entities }: PassageData): void {
    this.passages++;
    this.entities += entities.length;
  }

  /** Called for the passage that was counted last. */
  note(note: WriteNote, { text }: PassageData): void {
    const noted = this.notes.get(note.kind) ?? { note, passages: 0, examples: [] };
    noted.passages++;
    if (noted.examples.length < shownPassages) {
      const line = text.replaceAll(/\s+/gu, ' ');
      const { end } = clampRange(line, 0, shownUnits);
      const head = line.slice(0, end);
      noted.examples.push({ number: this.passages, head });
    }
    this.notes.set(note.kind, noted);
  }

  /** Something that could not be read and is therefore not in the export. */
  leaveOut(problem: Phrase): void {
    this.unreadCount++;
    if (this.unread.length < shownPassages) this.unread.push(problem);
  }

  /** Entries that say the places of their mentions, because readers would find others. */
  get spanEntries(): number {
    return this.notes.get('span-key')?.passages ?? 0;
  }

  /** Kinds of things that the file does not say. */
  get lossCount(): number {
    return [...this.notes.values()].filter(({ note }) => note.lost).length;
  }

  get leftOut(): number {
    return this.unreadCount;
  }

  get isEmpty(): boolean {
    return this.notes.size === 0 && this.unreadCount === 0;
  }

  /** The report as Markdown. @param translate Gives it in a user's language. */
  toMarkdown(file: string, translate?: Translate): string {
    const say = (words: Phrase): string => phraseText(words, translate);
    const all = [...this.notes.values()];
    const lines = [`# ${say(phrase`Export to ${file}`)}`, '', say(this.describeWritten())];
    const list = (title: Phrase, noted: readonly Noted[]): void => {
      if (noted.length === 0) return;
      lines.push('', `## ${say(title)}`);
      for (const { note, passages, examples } of noted) {
        lines.push('', `### ${say(note.message)}`, '');
        lines.push(say(phrase`Passages: ${passages}`), '');
        for (const { number, head } of examples) lines.push(`- ${number}: ${escapeMarkdown(head)}`);
        if (passages > examples.length) lines.push('- …');
      }
    };
    list(
      phrase`What the format does not say`,
      all.filter(({ note }) => note.lost),
    );
    list(
      phrase`What was written in another way`,
      all.filter(({ note }) => !note.lost),
    );
    if (this.unreadCount > 0) {
      lines.push('', `## ${say(phrase`What could not be read`)}`, '');
      lines.push(say(phrase`Left out: ${this.unreadCount}`), '');
      lines.push(...this.unread.map((problem) => `- ${escapeMarkdown(say(problem))}`));
    }
    return `${lines.join('\n')}\n`;
  }

  private describeWritten(): Phrase {
    const { entities, passages } = this;
    const places = passages === 1 ? phrase`1 passage` : phrase`${passages} passages`;
    return entities === 1
      ? phrase`${phrase`1 entity`} in ${places} was written.`
      : phrase`${phrase`${entities} entities`} in ${places} were written.`;
  }
}
