import { foldName } from '../labels/names';

/** Short names that data sets use, with what they mean. */
const meanings: ReadonlyMap<string, string> = new Map([
  ['per', 'person'],
  ['pers', 'person'],
  ['org', 'organization'],
  ['organisation', 'organization'],
  ['orgs', 'organization'],
  ['corp', 'corporation'],
  ['loc', 'location'],
  ['gpe', 'geopolitical entity'],
  ['geo', 'location'],
  ['fac', 'facility'],
  ['misc', 'miscellaneous'],
  ['norp', 'nationality, religion or political group'],
  ['prod', 'product'],
  ['evt', 'event'],
  ['woa', 'work of art'],
  ['cw', 'creative work'],
  ['grp', 'group'],
  ['veh', 'vehicle'],
  ['wea', 'weapon'],
  ['tim', 'time'],
  ['lang', 'language'],
  ['num', 'number'],
]);

/**
 * The name that a data set's label stands for, as it is compared between data sets: words parted,
 * lower case, singular, short names written out. `GeopoliticalEntity`, `ORG`, `work_of_art`.
 */
export function unifyName(label: string): string {
  const parted = label.replaceAll(/[_./]+/gu, ' ').replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ');
  const folded = foldName(parted).replaceAll('-', ' ');
  const meant = meanings.get(folded) ?? folded;
  return meant
    .replace(/(?<=\p{L}{2}[^aeious])ies$/u, 'y')
    .replace(/(?<=(?:ss|x|ch|sh))es$/u, '')
    .replace(/(?<=\p{L}{2}[^sicu])s$/u, '');
}
