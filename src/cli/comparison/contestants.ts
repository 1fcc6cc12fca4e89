import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { protocolNames } from '../../engines/settings';
import { UsageError } from '../exit';

/** What is compared: an engine, with a model where it is an encoder, or a file of predictions. */
export interface Contestant {
  /** As the user named it. */
  readonly name: string;
  readonly engine?: (typeof protocolNames)[number];
  readonly model?: string;
  readonly file?: string;
}

/**
 * What `--engines` names, separated by commas: a protocol (`encoder`, `cascade`, `b2ner`, …), a bundled
 * model or a folder of a model, or a file of predictions.
 * @throws {UsageError} for fewer than one, or a name that stands twice.
 */
export function parseContestants(list: string, folder: string): Contestant[] {
  const names = list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new UsageError('--engines needs one or more names.');
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new UsageError(`“${twice}” stands twice in --engines.`);
  return names.map((name) => {
    const engine = protocolNames.find((one) => one === name);
    if (engine !== undefined) return { name, engine };
    const file = path.resolve(folder, name);
    if (existsSync(file) && statSync(file).isFile()) return { name, file };
    return { name, engine: 'encoder', model: name };
  });
}

/** A file name for a contestant, without characters that file systems dislike. */
export function fileNameOf({ name }: Contestant): string {
  return `${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_')}.jsonl`;
}
