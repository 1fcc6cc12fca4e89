import { countScripts, type Script } from './scripts';

/** Languages that a script alone tells, or all but tells. */
const languageOfScript: Partial<Record<Script, string>> = {
  Han: 'zh',
  Hangul: 'ko',
  Hiragana: 'ja',
  Katakana: 'ja',
  Cyrillic: 'ru',
  Thai: 'th',
  Lao: 'lo',
  Khmer: 'km',
  Myanmar: 'my',
};

/** A character of these scripts says about as much as three letters. */
const DENSE: ReadonlySet<Script> = new Set(['Han', 'Hiragana', 'Katakana', 'Hangul']);
const DENSITY = 3;
/** Share of kana among Han and kana from which a text is Japanese. */
const KANA = 0.1;

/**
 * The language of a text as far as its scripts tell: a BCP 47 primary language; `Latin` for a text
 * that is mostly in Latin letters, which many languages are; undefined for one without letters, or in
 * a script that is not told apart.
 */
export function languageByScript(text: string): string | undefined {
  const counts = new Map(
    countScripts(text).map(({ script, letters }) => [
      script,
      letters * (DENSE.has(script) ? DENSITY : 1),
    ]),
  );
  const of = (script: Script): number => counts.get(script) ?? 0;
  const kana = of('Hiragana') + of('Katakana');
  const unspaced = kana + of('Han');
  const [most] = [...counts.keys()].sort((a, b) => of(b) - of(a));
  if (most === undefined) return undefined;
  if (unspaced >= of(most)) return kana >= KANA * unspaced ? 'ja' : 'zh';
  return most === 'Latin' ? 'Latin' : languageOfScript[most];
}
