import { InvalidArgumentError } from 'commander';
import type { CodePart } from '../../host/protocol';

/** The parts of source code that `--only` names. @throws {InvalidArgumentError} for any other name. */
export function parseParts(text: string): readonly CodePart[] {
  const names = text.split(',').map((name) => name.trim());
  const parts = names.map((name): CodePart => {
    if (name === 'comments' || name === 'strings') return name;
    throw new InvalidArgumentError('Use comments, strings, or comments,strings.');
  });
  return [...new Set(parts)];
}
