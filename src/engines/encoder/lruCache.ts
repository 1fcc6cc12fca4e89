/** A map that holds no more than `capacity` bytes: what was not asked for longest goes first. */
export class LruCache<Value> {
  private readonly entries = new Map<string, { readonly value: Value; readonly bytes: number }>();
  private held = 0;

  /** @param bytesOf Size of a value in bytes; its key is counted besides. */
  constructor(
    readonly capacity: number,
    private readonly bytesOf: (value: Value) => number,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  get bytes(): number {
    return this.held;
  }

  /** Everything it holds, what was not asked for longest first. */
  contents(): Map<string, Value> {
    return new Map([...this.entries].map(([key, { value }]) => [key, value]));
  }

  get(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    // A Map keeps the order of insertion, so the end is what was used last.
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }

  /** Keeps a value; one that is larger than the whole cache is not kept. */
  set(key: string, value: Value): void {
    this.delete(key);
    const bytes = this.bytesOf(value) + 2 * key.length + ENTRY_BYTES;
    if (bytes > this.capacity) return;
    this.entries.set(key, { value, bytes });
    this.held += bytes;
    for (const oldest of this.entries.keys()) {
      if (this.held <= this.capacity) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    this.entries.delete(key);
    this.held -= entry.bytes;
  }
}

/** What an entry takes besides its key and value, roughly. */
const ENTRY_BYTES = 128;
