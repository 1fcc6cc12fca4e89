import { randomBytes } from 'node:crypto';

/** Gives the entities that one engine finds their ids. */
export class EntityIds {
  private readonly prefix = randomBytes(6).toString('base64url');
  private last = 0;

  next(): string {
    return `${this.prefix}${(++this.last).toString(36)}`;
  }
}
