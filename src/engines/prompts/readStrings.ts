import { phrase, type Phrase } from '../../core/messages/phrase';
import { cleanAnswer, headOf, saysNothing } from './cleanAnswer';
import { readLooseJson } from './looseJson';
import type { ProtocolAnswer } from './promptProtocol';

export interface ReadStrings {
  readonly strings: readonly string[];
  readonly problems: readonly Phrase[];
}

const surfaceKeys = ['surface', 'mention', 'entity', 'text', 'name', 'word', 'value', 'span'];

/**
 * The strings of an answer that should be a JSON list of them: also of objects with one text, of an
 * object around the list, of lines with bullets or numbers, or of the bare string.
 * @param has Whether the sentence has these words: tells one mention with a comma from several.
 */
export function readStrings(
  { text, finish }: ProtocolAnswer,
  has: (words: string) => boolean,
): ReadStrings {
  const said = cleanAnswer(text);
  const broken = finish === 'cut' ? [brokenOff()] : [];
  const json = readLooseJson(said);
  if (json !== undefined && isListLike(json.value)) {
    const problems = json.isCut && broken.length === 0 ? [brokenOff()] : broken;
    return { strings: stringsIn(json.value), problems };
  }
  if (saysNothing(said)) return { strings: [], problems: broken };
  const lines = said
    .split(/\r?\n/u)
    .map(withoutBullet)
    .filter((line) => line !== '' && !saysNothing(line) && !/[:：]$/u.test(line));
  if (finish === 'cut') lines.pop();
  const strings = lines.flatMap((line) => splitMentions(line, has));
  const known = strings.filter(has);
  if (known.length > 0 || finish === 'cut') return { strings: known, problems: broken };
  return { strings: [], problems: [phrase`The answer cannot be read: “${headOf(said)}”.`] };
}

/** That an answer ended before it was whole, as a problem. */
export function brokenOff(): Phrase {
  return phrase`The answer broke off; what is whole of it was read.`;
}

/**
 * The mentions of a piece: itself where the sentence has it, else the longest stretches between its
 * commas that the sentence has, where nothing is left over.
 */
export function splitMentions(piece: string, has: (words: string) => boolean): string[] {
  if (has(piece)) return [piece];
  // Parts with what separates them, so that stretches of them are as they stand in the piece.
  const parts = piece.split(/(?<separator>\s*[,，、]\s*(?:and\s+)?|\s+(?:and|und|et|y)\s+)/u);
  const mentions: string[] = [];
  for (let from = 0; from < parts.length; from += 2) {
    let to = parts.length;
    while (to > from && !has(parts.slice(from, to).join(''))) to -= 2;
    if (to <= from) return [piece];
    mentions.push(parts.slice(from, to).join(''));
    from = to - 1;
  }
  return mentions;
}

/** Without bullet, number, stars and quotes. */
export function withoutBullet(line: string): string {
  return line
    .trim()
    .replace(/^(?:[-*•–]\s+|\(?\d{1,3}[.)、]\s*)/u, '')
    .replace(/^(?:\*\*|__|["“`])(?<inside>[^"”`]*)(?:\*\*|__|["”`])$/u, '$<inside>')
    .trim();
}

/** The text of an object that stands for a mention. */
export function surfaceIn(object: Readonly<Record<string, unknown>>): string | undefined {
  for (const key of surfaceKeys) {
    const value = object[key];
    if (typeof value === 'string') return value;
  }
  return undefined;
}

function isListLike(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return saysNothing(value) ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value !== 'object' || value === null) return [];
  const surface = surfaceIn(value as Readonly<Record<string, unknown>>);
  return surface === undefined ? Object.values(value).flatMap(stringsIn) : [surface];
}
