import { phrase, type Phrase } from '../../core/messages/phrase';
import { cleanAnswer, headOf, saysNothing } from './cleanAnswer';
import { readLooseJson } from './looseJson';
import type {
  AskedLabel,
  ProtocolAnswer,
  ProtocolQuestion,
  ProtocolReading,
  ReadMention,
} from './promptProtocol';
import { LabelReader } from './readLabel';
import { brokenOff, withoutBullet } from './readStrings';
import { readTypedJson } from './readTypedJson';

const isTrue = /^(?:true|yes|y|t|entity|是|真|正确|✓|✔|✅)[.!]?$/iu;
const isFalse = /^(?:false|no|n|f|not an entity|否|假|不是|✗|✘|❌|x)[.!]?$/iu;

/**
 * Reads lines `N. candidate | True or False | reason (type)`. Also tables with bars at their edges and
 * with the type as a column, other words for true and false, lines that go on in the next one, types
 * outside of brackets, and JSON in place of all this. Candidates that are no entity are left out.
 */
export function readCandidates(
  { text, finish }: ProtocolAnswer,
  question: ProtocolQuestion,
): ProtocolReading {
  const said = cleanAnswer(text);
  const labels = new LabelReader(question.labels);
  const broken = finish === 'cut' ? [brokenOff()] : [];
  if (/^[[{]/u.test(said)) {
    const json = readLooseJson(said);
    if (json !== undefined) {
      const { mentions, problems } = readTypedJson(json.value, labels);
      return { mentions, problems: [...problems, ...broken] };
    }
  }
  const lines = wholeLines(said);
  // Where the answer broke off, its last line may lack the type, or half of the candidate.
  if (finish === 'cut') lines.pop();
  const mentions: ReadMention[] = [];
  const problems: Phrase[] = [];
  for (const line of lines) {
    const read = readLine(line, labels);
    if (read === undefined) continue;
    if ('problem' in read) problems.push(read.problem);
    else mentions.push(read);
  }
  if (lines.length === 0 && finish !== 'cut' && !saysNothing(said)) {
    problems.push(phrase`The answer cannot be read: “${headOf(said)}”.`);
  }
  return { mentions, problems: [...problems, ...broken] };
}

/** Lines with bars or numbers; a line without goes on with the one before it. */
function wholeLines(said: string): string[] {
  const lines: string[] = [];
  for (const line of said.replaceAll('｜', '|').split(/\r?\n/u)) {
    if (line.includes('|') || /^\s*\d{1,3}[.)]\s/u.test(line)) lines.push(line.trim());
    else if (line.trim() === '') lines.push('');
    else if ((lines.at(-1) ?? '') !== '') lines[lines.length - 1] += ` ${line.trim()}`;
  }
  return lines.filter((line) => line !== '');
}

function readLine(
  line: string,
  labels: LabelReader,
): ReadMention | { readonly problem: Phrase } | undefined {
  const cells = line
    .replace(/^\|/u, '')
    .replace(/\|$/u, '')
    .split('|')
    .map((cell) => cell.trim());
  const at = cells.findIndex((cell) => isTrue.test(plain(cell)) || isFalse.test(plain(cell)));
  // Headings of tables and the line below them have no verdict.
  const isHeading = cells.every((cell) => /^:?-*:?$/u.test(cell) || /^[\p{L}\s#/]+$/u.test(cell));
  if (at < 1) {
    return isHeading
      ? undefined
      : { problem: phrase`A part of the answer cannot be read: “${headOf(line)}”.` };
  }
  if (isFalse.test(plain(cells[at] ?? ''))) return undefined;
  const before =
    /^\d{1,3}[.)]?$/u.test(cells[0] ?? '') && at > 1 ? cells.slice(1, at) : cells.slice(0, at);
  const mention = withoutBullet(before.join(' | '));
  const after = cells.slice(at + 1);
  const found = findType(after, labels);
  if (found === undefined) {
    const said = /\((?<type>[^()]*)\)[.\s]*$/u.exec(after.join(' '))?.groups?.['type'];
    return {
      problem: phrase`“${headOf(said ?? line)}” is none of the types that were asked about.`,
    };
  }
  if (found.label === 'none') return undefined;
  const { label, reason } = found;
  return { mention, label, ...(reason === '' ? {} : { reason }) };
}

/** The type in the last brackets, in a column of its own, or named in the reason. */
function findType(
  cells: readonly string[],
  labels: LabelReader,
): { readonly label: AskedLabel | 'none'; readonly reason: string } | undefined {
  const text = cells.join(' | ');
  const brackets = /[([（](?<type>[^()[\]（）]*)[)\]）][.\s|]*$/u.exec(text);
  if (brackets !== null) {
    const label = labels.meant(brackets.groups?.['type'] ?? '');
    if (label !== undefined) return { label, reason: text.slice(0, brackets.index).trim() };
  }
  for (const [index, cell] of cells.entries()) {
    const label = labels.named(cell);
    if (label === undefined) continue;
    const others = cells.filter((_, other) => other !== index);
    return { label, reason: others.join(' | ').trim() };
  }
  const meant = text === '' ? undefined : labels.meant(text);
  return meant === undefined ? undefined : { label: meant, reason: text };
}

function plain(cell: string): string {
  return cell.replace(/^[*_`"']+|[*_`"']+$/gu, '').trim();
}
