import { InvalidArgumentError } from 'commander';

/**
 * A BCP 47 language as an option's value, in lower case: `en`, `zh-hant`.
 * @throws {InvalidArgumentError} for anything else.
 */
export function parseLanguage(value: string): string {
  if (!/^[a-z]{2,3}(-[a-z0-9]+)*$/iu.test(value)) {
    throw new InvalidArgumentError('Name a language such as en, de or zh.');
  }
  return value.toLowerCase();
}
