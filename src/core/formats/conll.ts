import { phrase } from '../messages/phrase';
import type { Format, ReadOptions } from './format';
import { tagFormat } from './tagColumns';
import { isTag } from './tagSchemes';
import { readTypeName } from './typeNames';

type Rows = readonly (readonly string[])[];

/** DynamicNER's conversion: token, blank, tag; `B-` begins every entity (IOB2). */
export const bioFormat: Format = tagFormat({
  name: 'bio',
  title: phrase`BIO (IOB2)`,
  extensions: ['.bio', '.iob2', '.txt', '.conll'],
  scheme: 'bio',
  separator: ' ',
  recognise: (rows) => (areTagged(rows) && !hasLone(rows) && !hasEnds(rows) ? certainty(rows) : 0),
});

/** CoNLL-2003: token, part of speech, phrase, tag; IOB2 as it is distributed today. */
export const conll2003Format: Format = tagFormat({
  name: 'conll2003',
  title: phrase`CoNLL-2003`,
  extensions: ['.conll', '.txt'],
  scheme: 'bio',
  separator: ' ',
  middle: ['-X-', '-X-'],
  head: '-DOCSTART- -X- -X- O\n\n',
  recognise: (rows, text) => {
    const sentences = rows.filter(([first]) => first !== '-DOCSTART-');
    if (!sentences.every((row) => row.length === 4 && isTag(row[3] ?? ''))) return 0;
    return text.startsWith('-DOCSTART-') ? 1 : 0.9;
  },
});

/** IOB1: `B-` only where an entity follows another of its type. */
export const iob1Format: Format = tagFormat({
  name: 'iob1',
  title: phrase`IOB1`,
  extensions: ['.iob', '.conll', '.txt'],
  scheme: 'iob1',
  separator: ' ',
  recognise: (rows) => (areTagged(rows) && hasLone(rows) && !hasEnds(rows) ? 0.9 : 0),
});

/** BIOES (IOBES): `E-` ends an entity, `S-` is one of a single token. */
export const bioesFormat: Format = tagFormat({
  name: 'bioes',
  title: phrase`BIOES`,
  extensions: ['.bioes', '.conll', '.txt'],
  scheme: 'bioes',
  separator: ' ',
  recognise: (rows) => (areTagged(rows) && hasMark(rows, /^[ES]-/u) ? 0.95 : 0),
});

/** BILOU: `L-` ends an entity, `U-` is one of a single token. */
export const bilouFormat: Format = tagFormat({
  name: 'bilou',
  title: phrase`BILOU`,
  extensions: ['.bilou', '.conll', '.txt'],
  scheme: 'bilou',
  separator: ' ',
  recognise: (rows) => (areTagged(rows) && hasMark(rows, /^[LU]-/u) ? 0.95 : 0),
});

/** Few-NERD: token, tab, `coarse-fine` without marks; tokens of one type in a row are one entity. */
export const fewNerdFormat: Format = tagFormat({
  name: 'fewnerd',
  title: phrase`Few-NERD`,
  extensions: ['.txt'],
  scheme: 'untagged',
  separator: '\t',
  recognise: (rows, text) => {
    const typed = rows.filter((row) => row[1] !== 'O');
    if (!text.includes('\t') || areTagged(rows) || !rows.every((row) => row.length === 2)) return 0;
    return typed.every((row) => /^[a-z]+-[^\s-]\S*$/iu.test(row[1] ?? '')) ? 0.9 : 0.4;
  },
  writeType: (path, label) => (path.length > 1 ? `${path[0] ?? ''}-${path.at(-1) ?? ''}` : label),
  readType: readTwoLevels,
});

function readTwoLevels(name: string, { taxonomy }: ReadOptions) {
  const [coarse = '', fine] = name.replaceAll('_', ' ').split(/-(.*)/su);
  if (fine === undefined || fine === '') return readTypeName(coarse, taxonomy);
  const path = [coarse, fine];
  return { path: taxonomy?.node(path)?.path ?? path };
}

function areTagged(rows: Rows): boolean {
  return rows.every((row) => row.length === 2 && isTag(row[1] ?? ''));
}

function certainty(rows: Rows): number {
  return hasMark(rows, /^B-/u) ? 0.95 : 0.8;
}

function hasMark(rows: Rows, mark: RegExp): boolean {
  return rows.some((row) => mark.test(row.at(-1) ?? ''));
}

function hasEnds(rows: Rows): boolean {
  return hasMark(rows, /^[ESLU]-/u);
}

/** Whether an entity begins with `I-`, which only IOB1 writes. */
function hasLone(rows: Rows): boolean {
  const tags = rows.map((row) => row[1] ?? 'O');
  const lone = tags.filter((tag, at) => tag.startsWith('I-') && (tags[at - 1] ?? 'O') === 'O');
  const begun = tags.filter((tag, at) => tag.startsWith('B-') && (tags[at - 1] ?? 'O') === 'O');
  return lone.length > begun.length;
}
