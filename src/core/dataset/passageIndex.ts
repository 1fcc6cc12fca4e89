import type { Phrase } from '../messages/phrase';
import type { SourcePlace } from '../formats/format';

/** Records of a block of the index. */
const BLOCK = 65_536;

interface Block {
  readonly starts: Float64Array;
  readonly lengths: Uint32Array;
  readonly lines: Uint32Array;
}

/**
 * Where the records of a file stand: bytes and lines. 16 bytes a record, in blocks, so that it grows
 * without being copied; records are added in the order of the file.
 */
export class PassageIndex {
  private readonly blocks: Block[] = [];
  private readonly broken = new Map<number, Phrase>();
  private size = 0;

  /** Number of records known so far. */
  get count(): number {
    return this.size;
  }

  /** @param broken Why the record cannot be read, where its file breaks off there. */
  add(place: SourcePlace, broken?: Phrase): void {
    const at = this.size % BLOCK;
    let block = this.blocks.at(-1);
    if (at === 0 || block === undefined) {
      block = {
        starts: new Float64Array(BLOCK),
        lengths: new Uint32Array(BLOCK),
        lines: new Uint32Array(BLOCK),
      };
      this.blocks.push(block);
    }
    block.starts[at] = place.start;
    block.lengths[at] = place.end - place.start;
    block.lines[at] = place.line;
    if (broken !== undefined) this.broken.set(this.size, broken);
    this.size++;
  }

  /** The place of a record, by its number from 0. @throws RangeError when there is none. */
  place(record: number): SourcePlace {
    const block = this.blocks[Math.floor(record / BLOCK)];
    if (block === undefined || !(record < this.size)) {
      throw new RangeError(`There is no record ${record}.`);
    }
    const at = record % BLOCK;
    const start = block.starts[at] ?? 0;
    return { start, end: start + (block.lengths[at] ?? 0), line: block.lines[at] ?? 1 };
  }

  brokenReason(record: number): Phrase | undefined {
    return this.broken.get(record);
  }
}
