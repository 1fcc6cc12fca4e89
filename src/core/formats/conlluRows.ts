import type { Range } from '../text/range';

/** A token of a CoNLL-U sentence as it stands in the text: a word, or several words written as one. */
export interface SurfaceToken extends Range {
  /** Numbers of the lines (from 0) of its words; the tags of entities stand on these. */
  readonly words: readonly number[];
}

export interface ConlluSentence {
  readonly id?: string;
  readonly text: string;
  readonly tokens: readonly SurfaceToken[];
  /** The columns of each line, one for comments. */
  readonly rows: readonly (readonly string[])[];
}

/** A line that is no comment and has not ten columns, or no token, from 0; undefined when all are well. */
export function findBadRow(lines: readonly string[]): number | undefined {
  const bad = lines.findIndex((line) => {
    const columns = line.split('\t');
    return !line.startsWith('#') && (columns.length !== 10 || columns[1]?.trim() === '');
  });
  return bad < 0 ? undefined : bad;
}

/**
 * The sentence of a block of lines. Its text is what `# text` says where the tokens are in it, else
 * made of the tokens with what `SpaceAfter` and `SpacesAfter` say between them.
 */
export function readSentenceRows(lines: readonly string[]): ConlluSentence {
  const rows = lines.map((line) => (line.startsWith('#') ? [line] : line.split('\t')));
  const comment = (name: string) =>
    lines
      .find((line) => new RegExp(`^#\\s*${name}\\s*=`, 'u').test(line))
      ?.replace(/^[^=]*= ?/u, '');
  const forms: { form: string; words: number[]; misc: string }[] = [];
  let last = 0;
  rows.forEach(([id = '', form = '', ...rest], line) => {
    const misc = rest[7] ?? '_';
    const range = /^(\d+)-(\d+)$/u.exec(id);
    if (range !== null) {
      forms.push({ form, words: [], misc });
      last = Number(range[2]);
    } else if (/^\d+$/u.test(id)) {
      const inRange = forms.at(-1);
      if (Number(id) <= last && inRange !== undefined) inRange.words.push(line);
      else forms.push({ form, words: [line], misc });
    }
  });
  const said = comment('text');
  const id = comment('sent_id');
  const exact = forms.some(({ misc }) => /(?:^|\|)Spaces(?:After|Before)=/u.test(misc));
  const placed = said === undefined || exact ? undefined : placeForms(said, forms);
  const { text, tokens } =
    placed === undefined || said === undefined ? joinForms(forms) : { text: said, tokens: placed };
  return { ...(id === undefined ? {} : { id }), text, tokens, rows };
}

type Form = { readonly form: string; readonly words: readonly number[]; readonly misc: string };

function placeForms(text: string, forms: readonly Form[]): SurfaceToken[] | undefined {
  const tokens: SurfaceToken[] = [];
  let at = 0;
  for (const { form, words } of forms) {
    const start = text.indexOf(form, at);
    if (start < 0 || text.slice(at, start).trim() !== '') return undefined;
    at = start + form.length;
    tokens.push({ start, end: at, words });
  }
  return text.slice(at).trim() === '' ? tokens : undefined;
}

function joinForms(forms: readonly Form[]): { text: string; tokens: SurfaceToken[] } {
  let text = '';
  const tokens = forms.map(({ form, words, misc }, number) => {
    text += unescapeMisc(miscOf(misc, 'SpacesBefore') ?? '');
    const start = text.length;
    text += form;
    const token = { start, end: text.length, words };
    const after = miscOf(misc, 'SpacesAfter');
    if (after !== undefined) text += unescapeMisc(after);
    else if (miscOf(misc, 'SpaceAfter') !== 'No' && number < forms.length - 1) text += ' ';
    return token;
  });
  return { text, tokens };
}

/** The value of a key of the column MISC. */
export function miscOf(misc: string, key: string): string | undefined {
  const entry = misc.split('|').find((one) => one.startsWith(`${key}=`));
  return entry?.slice(key.length + 1);
}

/** The column with another value of a key; undefined takes the key away. The rest stays in its order. */
export function withMisc(misc: string, key: string, value: string | undefined): string {
  const entries = misc === '_' || misc === '' ? [] : misc.split('|');
  const at = entries.findIndex((one) => one.startsWith(`${key}=`));
  if (value === undefined) {
    if (at >= 0) entries.splice(at, 1);
  } else if (at >= 0) entries[at] = `${key}=${value}`;
  else entries.push(`${key}=${value}`);
  return entries.length === 0 ? '_' : entries.join('|');
}

const escapes: readonly (readonly [string, string])[] = [
  ['\\', '\\\\'],
  [' ', '\\s'],
  ['\t', '\\t'],
  ['\r', '\\r'],
  ['\n', '\\n'],
  ['|', '\\p'],
];

/** White space and bars as UDPipe writes them in MISC. */
export function escapeMisc(text: string): string {
  return text.replaceAll(
    /[\\ \t\r\n|]/gu,
    (character) => escapes.find(([plain]) => plain === character)?.[1] ?? character,
  );
}

export function unescapeMisc(text: string): string {
  return text.replaceAll(
    /\\[\\strnp]/gu,
    (written) => escapes.find(([, escaped]) => escaped === written)?.[0] ?? written,
  );
}
