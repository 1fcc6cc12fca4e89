/** A request that is not answered with entities: the status of its answer, and what it should have been. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  /** @param message What is wrong and how to mend it, whole sentences. */
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
