import { InputError } from '../errors';
import { phrase } from '../messages/phrase';

interface Identified {
  readonly id?: string;
}

/** A gold passage with its prediction; `missing` of one side means the other file lacks it. */
export interface PassagePair<T> {
  readonly gold?: T;
  readonly predicted?: T;
}

/**
 * Pairs the passages of two files: by id where both have ids, else by order. Files in the same order
 * need no memory; of files in another order only passages that wait for their partner are kept.
 * @throws InputError when an id stands twice in a file, or passages without ids differ in number.
 */
export async function* pairPassages<T extends Identified>(
  gold: AsyncIterable<T>,
  predicted: AsyncIterable<T>,
): AsyncGenerator<PassagePair<T>, void> {
  const sides = [new Side<T>(gold, 'gold'), new Side<T>(predicted, 'predicted')] as const;
  for (;;) {
    const [one, other] = [await sides[0].next(), await sides[1].next()];
    if (one === undefined && other === undefined) break;
    if ((one ?? other)?.id === undefined || (other ?? one)?.id === undefined) {
      if (one === undefined || other === undefined) throw numbersDiffer(one === undefined);
      yield { gold: one, predicted: other };
    } else if (one?.id === other?.id && one !== undefined && other !== undefined) {
      yield { gold: one, predicted: other };
    } else {
      if (one !== undefined) yield* sides[0].meet(one, sides[1]);
      if (other !== undefined) yield* sides[1].meet(other, sides[0]);
    }
  }
  for (const passage of sides[0].waiting.values()) yield { gold: passage };
  for (const passage of sides[1].waiting.values()) yield { predicted: passage };
}

/** One of the two files. */
class Side<T extends Identified> {
  /** Passages whose partner has not come yet, by id. */
  readonly waiting = new Map<string, T>();
  private readonly seen = new Set<string>();
  private readonly iterator: AsyncIterator<T>;

  constructor(
    passages: AsyncIterable<T>,
    private readonly role: 'gold' | 'predicted',
  ) {
    this.iterator = passages[Symbol.asyncIterator]();
  }

  async next(): Promise<T | undefined> {
    const step = await this.iterator.next();
    if (step.done === true) return undefined;
    const { id } = step.value;
    if (id !== undefined && this.seen.has(id)) {
      throw new InputError(
        phrase`The id “${id}” stands twice among the ${this.role} passages`,
        phrase`Give each passage an id of its own, or none to any.`,
        { field: 'id' },
      );
    }
    if (id !== undefined) this.seen.add(id);
    return step.value;
  }

  /** The pair of a passage whose partner waits on the other side; else it waits here. */
  *meet(passage: T, other: Side<T>): Generator<PassagePair<T>, void> {
    const id = passage.id ?? '';
    const partner = other.waiting.get(id);
    if (partner === undefined) {
      this.waiting.set(id, passage);
      return;
    }
    other.waiting.delete(id);
    yield this.role === 'gold'
      ? { gold: passage, predicted: partner }
      : { gold: partner, predicted: passage };
  }
}

function numbersDiffer(goldEnded: boolean): InputError {
  return new InputError(
    goldEnded
      ? phrase`There are more predicted passages than gold passages`
      : phrase`There are fewer predicted passages than gold passages`,
    phrase`Give both files the same passages in the same order, or ids.`,
  );
}
