import { cFamily } from './languages/cFamily';
import { data } from './languages/data';
import { phpCode, scripting } from './languages/scripting';
import { scanMarkup, type EmbeddedScan } from './markup';
import type { CodeRegion } from './regions';
import type { Language } from './rules';
import { Scanner } from './scanner';

export type { CodeRegion } from './regions';

const tables: ReadonlyMap<string, Language> = new Map(
  Object.entries({ ...cFamily, ...scripting, ...data }),
);

const markupLanguages: ReadonlySet<string> = new Set([
  'html',
  'xml',
  'xsl',
  'svg',
  'vue',
  'svelte',
]);

/** The VS Code language ids that `findCommentsAndStrings` knows, sorted. */
export const supportedLexerLanguages: readonly string[] = [
  ...tables.keys(),
  ...markupLanguages,
  'php',
].sort();

/**
 * The prose of the comments and strings of source code, in order: UTF-16 offsets, end exclusive,
 * without delimiters, without outer white space, without what is empty. A block comment whose
 * lines begin with asterisks gives one region for each line, without the asterisks; a string with
 * holes (`${…}`) gives one for each part, and the holes are code again. Characters between
 * apostrophes (C, Java, Go, …), regular expressions, plain scalars of YAML and the text between
 * tags of HTML are neither. Unterminated constructs end with the line, or the text where they
 * may have many lines. Never throws; time is linear in the length.
 *
 * @param languageId VS Code's id of the language.
 * @returns undefined for a language that is not in `supportedLexerLanguages`.
 */
export function findCommentsAndStrings(text: string, languageId: string): CodeRegion[] | undefined {
  const regions: CodeRegion[] = [];
  const table = tables.get(languageId);
  if (table !== undefined) {
    new Scanner(text, 0, text.length, table, regions).scan();
  } else if (languageId === 'php') {
    scanPhp(text, regions);
  } else if (markupLanguages.has(languageId)) {
    const embedded: EmbeddedScan = (id, start, end) => {
      const language = tables.get(id);
      if (language !== undefined) new Scanner(text, start, end, language, regions).scan();
    };
    scanMarkup(text, 0, text.length, regions, hasScripts.has(languageId) ? embedded : undefined);
  } else {
    return undefined;
  }
  return regions;
}

const hasScripts: ReadonlySet<string> = new Set(['html', 'vue', 'svelte']);

const phpOpen = /<\?(?!xml)(?:php\b|=)?/gi;

/** PHP begins outside its code; a text without any `<?` is taken as bare code. */
function scanPhp(text: string, regions: CodeRegion[]): void {
  let at = /<\?(?!xml)/i.test(text) ? 0 : -1;
  if (at < 0) new Scanner(text, 0, text.length, phpCode, regions).scan();
  while (at >= 0 && at < text.length) {
    phpOpen.lastIndex = at;
    const open = phpOpen.exec(text);
    scanMarkup(text, at, open?.index ?? text.length, regions);
    if (open === null) return;
    const codeStart = open.index + open[0].length;
    const codeEnd = new Scanner(text, codeStart, text.length, phpCode, regions).scan();
    at = codeEnd + '?>'.length;
  }
}
