import { languageByScript } from '../../core/text/language';

/**
 * The library that tells languages in Latin letters apart, chosen by measurement: share (%) of the
 * written development sets' sentences that go to the right side of "English or not" (undecided is
 * English), whole and cut to their first 60 and 30 characters; size of its data; licence.
 *
 *     library                      English: all 60 30    de, fr, es: all  60 30    MB   licence
 *     eld 2.1 extrasmall, reliable          100 99 92                100  99 97    1.0  Apache-2.0
 *     the same, 0.1 above English           100 99 97                100  99 95    1.0  (chosen)
 *     tinyld 1.3                             87 83 67                 98  99 96    0.6  MIT
 *     tinyld 1.3, among 8 languages          99 96 86                 98  99 94    0.6  MIT
 *     franc-min 6.2                          99 90 63                100 100 98    0.2  MIT
 *     franc-min 6.2, among 4 languages       99 93 80                100 100 97    0.2  MIT
 *
 * eld chooses among common languages in Latin letters, and is believed where it calls itself reliable.
 * A short sentence full of foreign names looks little like English: only a clear lead speaks against it.
 */
type Detector = (text: string) => string | undefined;

const LATIN = 'en de fr es it pt nl sv da nb fi pl cs hu ro tr vi id'.split(' ');
/** How much more likely than English another language must look, by eld's scores of 0 to 1. */
const LEAD = 0.1;
/** More of a paragraph says nothing new. */
const MOST_UNITS = 400;

let loading: Promise<Detector> | undefined;

/**
 * The language of a paragraph, a BCP 47 primary language; undefined where it is too short to tell,
 * has no letters, or is in a script that is not told apart.
 */
export async function detectLanguage(text: string): Promise<string | undefined> {
  const language = languageByScript(text);
  if (language !== 'Latin') return language;
  const detect = await (loading ??= loadDetector());
  return detect(text.slice(0, MOST_UNITS));
}

async function loadDetector(): Promise<Detector> {
  const { eld } = await import('eld/extrasmall');
  eld.setLanguageSubset(LATIN);
  return (text) => {
    const found = eld.detect(text);
    if (!found.isReliable() || found.language === '') return undefined;
    const scores: Readonly<Record<string, number>> = found.getScores();
    const lead = (scores[found.language] ?? 0) - (scores['en'] ?? 0);
    return found.language === 'en' || lead >= LEAD ? found.language : undefined;
  };
}
