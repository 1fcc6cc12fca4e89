import { classifyLine, type LineKind } from './blockLines';
import { splitLines } from './lines';
import { clampRange, type Range } from './range';
import { trimRange } from './trim';

/**
 * A paragraph, list item, heading, table or fenced code: UTF-16 offsets, end exclusive, without
 * outer white space. In `rows` every line stands for itself; in `prose` lines are wrapped.
 */
export interface Block extends Range {
  readonly kind: 'prose' | 'rows';
}

/** The blocks of plain text or Markdown, in order; all that is not white space lies in one. */
export function splitBlocks(text: string, start?: number, end?: number): Block[] {
  const range = clampRange(text, start, end);
  const builder = new BlockBuilder(text);
  for (const line of splitLines(text, range.start, range.end)) builder.add(line);
  builder.close();
  return builder.blocks;
}

class BlockBuilder {
  readonly blocks: Block[] = [];
  private open: { start: number; end: number; kind: Block['kind'] } | undefined;
  private fence: string | undefined;
  private inFrontMatter = false;
  private itemNumber = 0;
  private previous: LineKind = { type: 'blank', quoted: false };

  constructor(private readonly text: string) {}

  add(line: Range): void {
    const kind = classifyLine(this.text, line);
    if (this.fence !== undefined) {
      this.extend(line, 'rows');
      if (kind.type === 'fence' && kind.marker === this.fence) {
        this.fence = undefined;
        this.close();
      }
    } else if (this.inFrontMatter) {
      if (kind.type !== 'blank') this.extend(line, 'rows');
      if (kind.type === 'rule' || kind.type === 'blank') {
        this.inFrontMatter = false;
        this.close();
      }
    } else {
      this.addMarkdown(line, kind);
    }
    this.previous = kind;
  }

  close(): void {
    if (this.open === undefined) return;
    const trimmed = trimRange(this.text, this.open.start, this.open.end);
    if (trimmed !== undefined) this.blocks.push({ ...trimmed, kind: this.open.kind });
    this.open = undefined;
  }

  private addMarkdown(line: Range, kind: LineKind): void {
    switch (kind.type) {
      case 'blank':
        this.close();
        return;
      case 'fence':
        this.begin(line, 'rows');
        this.fence = kind.marker;
        return;
      case 'rule':
        this.begin(line, 'rows');
        if (this.opensFrontMatter(line)) this.inFrontMatter = true;
        else this.close();
        return;
      case 'heading':
        this.begin(line, 'prose');
        this.close();
        return;
      case 'row':
        if (this.open?.kind === 'rows') this.open.end = line.end;
        else this.begin(line, 'rows');
        return;
      case 'item':
        if (this.interrupts(kind.number)) this.begin(line, 'prose');
        else this.extend(line, 'prose');
        return;
      case 'entry':
        this.begin(line, 'prose');
        return;
      case 'prose': {
        const opensQuote = kind.quoted && !this.previous.quoted;
        if (opensQuote || this.open?.kind === 'rows') this.begin(line, 'prose');
        else this.extend(line, 'prose');
      }
    }
  }

  /** YAML between two lines of `---` at the very start of a file, up to a blank line at most. */
  private opensFrontMatter(line: Range): boolean {
    return line.start === 0 && line.end >= 3 && this.text.slice(0, line.end).trim() === '---';
  }

  /** A wrapped line may begin with a number and a full stop: only the number that is due opens. */
  private interrupts(number: number | undefined): boolean {
    const due = this.itemNumber;
    if (number === undefined) return true;
    const opens = this.open === undefined || number === 1 || number === due || number === due + 1;
    if (opens) this.itemNumber = number;
    return opens;
  }

  private begin(line: Range, kind: Block['kind']): void {
    this.close();
    this.open = { start: line.start, end: line.end, kind };
  }

  private extend(line: Range, kind: Block['kind']): void {
    if (this.open === undefined) this.begin(line, kind);
    else this.open.end = line.end;
  }
}
