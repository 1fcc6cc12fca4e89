import type { ScoredPath } from '../../core/entity/entity';
import type { Range } from '../../core/text/range';
import type { Session } from '../documents/session';
import { lengthOf, rangeOf } from '../documents/textRanges';
import type { EngineAccess } from '../engine/engineAccess';
import type { Reading } from './extractor';

/** Text on each side of a span that is looked through for its sentence. */
const surroundings = 4000;

/** The engine's types for a span of a document, best first: read in the passage that the span stands in. */
export async function rankTypesOf(
  session: Session,
  { start, end }: Range,
  limit: number,
  access: Pick<EngineAccess, 'engine' | 'segment'>,
  readingOf: () => Promise<Reading>,
): Promise<readonly ScoredPath[]> {
  const { document } = session;
  const [engine, { labels }] = await Promise.all([access.engine(), readingOf()]);
  const from = Math.max(0, start - surroundings);
  const to = Math.min(lengthOf(document), end + surroundings);
  const text = document.getText(rangeOf(document, { start: from, end: to }));
  const { offsets } = await access.segment({ text, languageId: document.languageId });
  let passage = { start: start - from, end: end - from };
  for (let i = 0; i + 1 < offsets.length; i += 2) {
    const one = { start: offsets[i] ?? 0, end: offsets[i + 1] ?? 0 };
    if (one.start <= start - from && end - from <= one.end) passage = one;
  }
  const span = { start: start - from - passage.start, end: end - from - passage.start };
  const [best = []] = await engine.rankTypes(
    { id: 'span', text: text.slice(passage.start, passage.end) },
    [span],
    { labels, limit },
  );
  return best;
}
