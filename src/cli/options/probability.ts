import { InvalidArgumentError } from 'commander';

/** The number of a probability option. @throws {InvalidArgumentError} when it is not in 0..1. */
export function parseProbability(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError('Give a number from 0 to 1.');
  }
  return value;
}

/** The number of a counting option. @throws {InvalidArgumentError} when it is not a whole number above 0. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('Give a whole number above 0.');
  }
  return value;
}
