import type { Range } from '../text/range';
import { findAnchor, viewOfString, type Anchor, type TextView } from './anchor';

/** Different words that are looked for in the whole text: each takes reading it once. */
const mostWords = 2000;
/** Places of the same words whose surroundings are looked at, the nearest ones. */
const mostPlaces = 40;

/** Finds words that moved to another place of a text, by what stood around them. */
export class MovedWords {
  private readonly view: TextView;
  private readonly places = new Map<string, readonly number[]>();

  constructor(private readonly text: string) {
    this.view = viewOfString(text);
  }

  /** Where the words of an anchor stand now; undefined where nothing tells that they are the same. */
  find(anchor: Anchor, near: number): Range | undefined {
    const places = this.placesOf(anchor.quote);
    if (places.length <= mostPlaces) {
      return findAnchor(this.view, anchor, { start: 0, end: this.text.length }, near, places);
    }
    const middle = places.findIndex((place) => place >= near);
    const first = Math.max(0, (middle < 0 ? places.length : middle) - mostPlaces / 2);
    const nearest = places.slice(first, first + mostPlaces);
    return findAnchor(this.view, anchor, { start: 0, end: this.text.length }, near, nearest);
  }

  private placesOf(quote: string): readonly number[] {
    const known = this.places.get(quote);
    if (known !== undefined || quote === '' || this.places.size >= mostWords) return known ?? [];
    const places: number[] = [];
    for (let at = this.text.indexOf(quote); at >= 0; at = this.text.indexOf(quote, at + 1)) {
      places.push(at);
    }
    this.places.set(quote, places);
    return places;
  }
}
