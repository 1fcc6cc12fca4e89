import { phrase, type Phrase } from '../../core/messages/phrase';
import { cleanAnswer, headOf, saysNothing } from './cleanAnswer';
import { readLooseJson } from './looseJson';
import { placesOf } from './placeMentions';
import type {
  AskedLabel,
  ProtocolAnswer,
  ProtocolQuestion,
  ProtocolReading,
  ReadMention,
} from './promptProtocol';
import { LabelReader } from './readLabel';
import { brokenOff, splitMentions, withoutBullet } from './readStrings';
import { readTypedJson } from './readTypedJson';

/**
 * Reads `label: mention; label: mention`. Also lines instead of semicolons, a label above its
 * mentions, several mentions with commas, the pair the other way round, mentions that contain the
 * signs that separate, words before the first pair, and JSON in place of all this.
 */
export function readPairs(
  { text, finish }: ProtocolAnswer,
  question: ProtocolQuestion,
): ProtocolReading {
  const said = cleanAnswer(text).replace(/^(?:answer|output|答案|输出)\s*[:：]\s*/iu, '');
  const labels = new LabelReader(question.labels);
  const broken = finish === 'cut' ? [brokenOff()] : [];
  if (saysNothing(said)) return { mentions: [], problems: broken };
  const json = /^[[{]/u.test(said) ? readLooseJson(said) : undefined;
  if (json !== undefined) {
    const { mentions, problems } = readTypedJson(json.value, labels);
    return { mentions, problems: [...problems, ...broken] };
  }
  const pieces = said.split(/(?<separator>[;；]|\r?\n)/u);
  // The last piece of what broke off is half a mention, or half a label.
  if (finish === 'cut') pieces.splice(-1);
  const reader = new PieceReader(labels, question.sentence);
  for (let at = 0; at < pieces.length; at += 2) reader.read(pieces[at] ?? '', pieces[at - 1] ?? '');
  return { mentions: reader.mentions, problems: [...reader.problems, ...broken] };
}

/** Reads one piece after the other; what stands before tells what a piece without label is. */
class PieceReader {
  readonly mentions: ReadMention[] = [];
  readonly problems: Phrase[] = [];
  private label: AskedLabel | undefined;
  private readonly has: (words: string) => boolean;

  constructor(
    private readonly labels: LabelReader,
    sentence: string,
  ) {
    this.has = placesOf(sentence);
  }

  read(raw: string, separator: string): void {
    const piece = withoutBullet(raw);
    if (piece === '' || this.continues(raw, separator) || saysNothing(piece)) return;
    const pair = this.split(piece);
    if (pair !== undefined) {
      this.label = pair.label;
      this.add(pair.mention, pair.label);
    } else if (this.label !== undefined && this.has(piece)) this.add(piece, this.label);
    else this.refuse(piece);
  }

  /** A mention may contain the sign that separates: then the text has it with what follows. */
  private continues(raw: string, separator: string): boolean {
    const last = this.mentions.at(-1);
    if (last === undefined || separator.trim() === '' || raw.trim() === '') return false;
    const whole = `${last.mention}${separator}${raw.trimEnd()}`;
    if (!this.has(whole) || this.split(raw.trim()) !== undefined) return false;
    this.mentions[this.mentions.length - 1] = { ...last, mention: whole };
    return true;
  }

  /** Label and mention around the first colon that has a label on one of its sides. */
  private split(piece: string): { label: AskedLabel; mention: string } | undefined {
    const sides = [...piece.matchAll(/[:：=]|\s[-–—|]\s/gu)].map(({ 0: { length }, index }) => ({
      left: piece.slice(0, index).trim(),
      right: piece.slice(index + length).trim(),
    }));
    for (const { left, right } of sides) {
      const label = this.labels.named(left);
      if (label !== undefined) return { label, mention: right };
    }
    for (const { left, right } of sides) {
      const label = this.labels.named(right);
      if (label !== undefined && this.has(left)) return { label, mention: left };
    }
    const [first] = sides;
    if (first === undefined || first.right === '') return undefined;
    const label = this.labels.meant(first.left);
    return label === undefined || label === 'none' ? undefined : { label, mention: first.right };
  }

  private add(said: string, label: AskedLabel): void {
    const mention = unquoted(said);
    if (mention === '' || (saysNothing(mention) && !this.has(mention))) return;
    if (mention.startsWith('[')) {
      const list = readLooseJson(mention)?.value;
      if (Array.isArray(list) && list.every((one) => typeof one === 'string')) {
        for (const one of list) this.mentions.push({ mention: one, label });
        return;
      }
    }
    for (const one of splitMentions(mention, this.has)) this.mentions.push({ mention: one, label });
  }

  private refuse(piece: string): void {
    const before = /^(?<said>[^:：]{1,60})[:：]\s*\S/u.exec(piece)?.groups?.['said'];
    // A sentence that leads to the pairs says nothing of its own.
    if (/[:：]$/u.test(piece)) return;
    if (before === undefined) {
      this.problems.push(phrase`A part of the answer cannot be read: “${headOf(piece)}”.`);
    } else if (this.labels.meant(before) !== 'none') {
      this.problems.push(phrase`“${headOf(before)}” is none of the types that were asked about.`);
    }
  }
}

function unquoted(said: string): string {
  return said.trim().replace(/^["“](?<inside>[^"”]*)["”]$/u, '$<inside>');
}
