/**
 * Converts between UTF-16 offsets and code point offsets of one text, as Python and most file
 * formats count. A lone surrogate is one code point. Text without astral characters costs one
 * scan and no memory; a conversion costs a binary search.
 */
export class CodePointMap {
  /** UTF-16 offsets of the pairs' first halves. */
  private readonly pairs: readonly number[];
  /** Length of the text in code points. */
  readonly length: number;
  private readonly units: number;

  constructor(text: string) {
    this.pairs = findPairs(text);
    this.length = text.length - this.pairs.length;
    this.units = text.length;
  }

  /**
   * The code point offset of a UTF-16 offset; between the halves of a pair, that of the pair.
   * @throws RangeError when the offset is not a whole number inside the text.
   */
  toCodePoint(offset: number): number {
    checkOffset(offset, this.units, 'UTF-16');
    return offset - countBelow(this.pairs.length, (i) => (this.pairs[i] ?? 0) < offset);
  }

  /**
   * The UTF-16 offset of a code point offset.
   * @throws RangeError when the offset is not a whole number inside the text.
   */
  toUtf16(codePoint: number): number {
    checkOffset(codePoint, this.length, 'code point');
    return codePoint + countBelow(this.pairs.length, (i) => (this.pairs[i] ?? 0) - i < codePoint);
  }
}

const CHECKPOINT_UNITS = 256;

/**
 * Converts between UTF-16 offsets and byte offsets of one text in UTF-8, where a lone surrogate
 * takes three bytes, as U+FFFD does that encoders put for it. Keeps one number for 256 units.
 */
export class Utf8Map {
  /** Bytes before every 256th unit. */
  private readonly checkpoints: Float64Array;
  /** Length of the text in bytes. */
  readonly length: number;

  constructor(private readonly text: string) {
    this.checkpoints = new Float64Array(Math.floor(text.length / CHECKPOINT_UNITS) + 1);
    let bytes = 0;
    for (let at = 0; at < text.length; at++) {
      if (at % CHECKPOINT_UNITS === 0) this.checkpoints[at / CHECKPOINT_UNITS] = bytes;
      bytes += bytesOfUnit(text, at);
    }
    if (text.length % CHECKPOINT_UNITS === 0) {
      this.checkpoints[text.length / CHECKPOINT_UNITS] = bytes;
    }
    this.length = bytes;
  }

  /**
   * The byte offset of a UTF-16 offset; between the halves of a pair, that of the pair.
   * @throws RangeError when the offset is not a whole number inside the text.
   */
  toByte(offset: number): number {
    checkOffset(offset, this.text.length, 'UTF-16');
    const checkpoint = Math.floor(offset / CHECKPOINT_UNITS);
    let bytes = this.checkpoints[checkpoint] ?? 0;
    for (let at = checkpoint * CHECKPOINT_UNITS; at < offset; at++) {
      bytes += bytesOfUnit(this.text, at);
    }
    return isSecondHalf(this.text, offset) ? bytes - 4 : bytes;
  }

  /**
   * The UTF-16 offset of a byte offset; inside a character, the offset of the character.
   * @throws RangeError when the offset is not a whole number inside the text.
   */
  toUtf16(byte: number): number {
    checkOffset(byte, this.length, 'byte');
    const checkpoint =
      countBelow(this.checkpoints.length, (i) => (this.checkpoints[i] ?? 0) <= byte) - 1;
    let at = checkpoint * CHECKPOINT_UNITS;
    let bytes = this.checkpoints[checkpoint] ?? 0;
    while (at < this.text.length && bytes + bytesOfUnit(this.text, at) <= byte) {
      bytes += bytesOfUnit(this.text, at);
      at++;
    }
    return isSecondHalf(this.text, at) && bytes > byte ? at - 1 : at;
  }
}

/** Bytes that a unit adds: a pair's four are counted at its first half. */
function bytesOfUnit(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  if ((unit & 0xfc00) === 0xd800 && isSecondHalf(text, at + 1)) return 4;
  return isSecondHalf(text, at) ? 0 : 3;
}

function isSecondHalf(text: string, at: number): boolean {
  return (
    at > 0 &&
    at < text.length &&
    (text.charCodeAt(at) & 0xfc00) === 0xdc00 &&
    (text.charCodeAt(at - 1) & 0xfc00) === 0xd800
  );
}

function findPairs(text: string): number[] {
  const pairs: number[] = [];
  for (let at = 0; at + 1 < text.length; at++) {
    if ((text.charCodeAt(at) & 0xfc00) === 0xd800 && isSecondHalf(text, at + 1)) pairs.push(at++);
  }
  return pairs;
}

/** How many of the first `count` indices fulfil a condition that no later one does. */
function countBelow(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function checkOffset(offset: number, length: number, kind: string): void {
  if (!Number.isInteger(offset) || offset < 0 || offset > length) {
    throw new RangeError(`The ${kind} offset ${offset} lies outside the text (0 to ${length}).`);
  }
}
