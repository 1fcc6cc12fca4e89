import type { LabelColour } from '../../core/labels/labelList';
import { takeTurns } from '../../engines/turns';
import type { Session } from '../documents/session';
import { lengthOf } from '../documents/textRanges';
import type { Palette } from './palette';

/** Places that an overview ruler can tell apart; more marks than that only cost. */
const places = 500;

export interface Marks {
  readonly colour: number | LabelColour;
  /** UTF-16 offsets, one for each place of the ruler that has such an entity. */
  readonly offsets: number[];
}

/** Where the overview ruler shows which colour, in turns that leave the extension host free. */
export async function sampleMarks(
  session: Session,
  palette: Palette,
): Promise<ReadonlyMap<string, Marks>> {
  const { table } = session.state;
  const length = Math.max(lengthOf(session.document), 1);
  const marks = new Map<string, Marks>();
  const taken = new Set<string>();
  const breath = takeTurns();
  for (let index = 0; index < table.size; index++) {
    const pause = index % 256 === 0 ? breath() : undefined;
    if (pause !== undefined) await pause;
    const entity = table.peek(index);
    if (entity === undefined || !session.isShown(entity)) continue;
    const colour = palette.colour(entity.path);
    const key = typeof colour === 'number' ? String(colour) : `${colour.light}/${colour.dark}`;
    const start = table.start(index);
    const place = `${key} ${Math.floor((start / length) * places)}`;
    if (taken.has(place)) continue;
    taken.add(place);
    const known = marks.get(key);
    if (known === undefined) marks.set(key, { colour, offsets: [start] });
    else known.offsets.push(start);
  }
  return marks;
}
