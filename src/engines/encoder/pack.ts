import { createHash } from 'node:crypto';
import path from 'node:path';
import type { z } from 'zod';
import { phrase } from '../../core/messages/phrase';
import { ModelError, messageOf } from '../errors';
import { readModelFile } from '../models/modelFiles';
import { labelTextsSchema, packSchema, type PackManifest } from './packSchema';

/** Files that every pack of the kind "bi-encoder" has; the labels' file is named by the manifest. */
export const packFiles = {
  text: 'text.onnx',
  label: 'label.onnx',
  typing: 'typing.onnx',
  tokenizer: 'tokenizer.json',
} as const;

/** A pack whose files are complete and unchanged. */
export interface Pack {
  readonly folder: string;
  readonly manifest: PackManifest;
  /** Text of a label, by its path in lower case, joined by ` > `. */
  readonly labelTexts: ReadonlyMap<string, string>;
  readonly tokenizer: object;
  /** Tokenizer of the label texts. */
  readonly labelTokenizer: object;
  /** Where a file of the pack lies: in its folder, or in that of its base. */
  place(file: string): string;
  /** Bytes of a graph, or of the names, read and compared with the manifest's checksum. */
  bytes(file: string): Promise<Uint8Array>;
}

const REPLACE = phrase`Install the model again, or choose another one.`;

/**
 * Reads the manifest and the small files of a pack, and checks that the graphs are there; each
 * graph is read and checked when it is asked for.
 * @throws ModelError naming the file, what is wrong with it, and the mend.
 */
export async function readPack(folder: string): Promise<Pack> {
  const manifest = await readJson(folder, 'pack.json', packSchema);
  checkPattern(folder, manifest);
  const place = (name: string): string => placeOf(folder, manifest, name);
  const file = (name: string): Promise<Uint8Array> => readChecked(place(name), manifest);
  const labels = parseJson(folder, manifest.labels, await file(manifest.labels), labelTextsSchema);
  const tokenizerOf = async (name: string): Promise<object> =>
    parseTokenizer(folder, name, await file(name));
  const tokenizer = await tokenizerOf(packFiles.tokenizer);
  const { labelTokenizer } = manifest;
  return {
    folder,
    manifest,
    tokenizer,
    labelTokenizer: labelTokenizer === undefined ? tokenizer : await tokenizerOf(labelTokenizer),
    labelTexts: new Map(Object.entries(labels).map(([key, text]) => [key.toLowerCase(), text])),
    place,
    bytes: file,
  };
}

/** The label graph and the names of a pack with a base lie in the folder of that pack, which stands beside this one. */
function placeOf(folder: string, { base, gazetteer }: PackManifest, name: string): string {
  return base !== undefined && (name === packFiles.label || name === gazetteer?.file)
    ? path.join(path.dirname(path.resolve(folder)), base.name, name)
    : path.join(folder, name);
}

function parseTokenizer(folder: string, name: string, bytes: Uint8Array): object {
  const tokenizer = parseJson(folder, name, bytes);
  if (typeof tokenizer === 'object' && tokenizer !== null) return tokenizer;
  throw new ModelError(path.join(folder, name), phrase`it holds no tokenizer`, REPLACE);
}

/**
 * Reads only the manifest of a pack, for lists of models.
 * @throws ModelError as {@link readPack} does.
 */
export function readManifest(folder: string): Promise<PackManifest> {
  return readJson(folder, 'pack.json', packSchema);
}

async function readChecked(place: string, { files }: PackManifest): Promise<Uint8Array> {
  const folder = path.dirname(place);
  const name = path.basename(place);
  const expected = files[name];
  if (expected === undefined) {
    throw new ModelError(
      path.join(folder, 'pack.json'),
      phrase`its "files" do not name "${name}"`,
      phrase`Use a complete pack of the kind "bi-encoder".`,
    );
  }
  const bytes = await readModelFile(folder, name, REPLACE);
  if (bytes.length !== expected.bytes) {
    const problem = phrase`it has ${bytes.length} bytes instead of ${expected.bytes}`;
    throw new ModelError(path.join(folder, name), problem, REPLACE);
  }
  if (createHash('sha256').update(bytes).digest('hex') !== expected.sha256) {
    const problem = phrase`its content is not what the pack was made with (the checksum differs)`;
    throw new ModelError(path.join(folder, name), problem, REPLACE);
  }
  return bytes;
}

async function readJson<T>(folder: string, name: string, schema: z.ZodType<T>): Promise<T> {
  return parseJson(folder, name, await readModelFile(folder, name, REPLACE), schema);
}

function parseJson(folder: string, name: string, bytes: Uint8Array): unknown;
function parseJson<T>(folder: string, name: string, bytes: Uint8Array, schema: z.ZodType<T>): T;
function parseJson<T>(
  folder: string,
  name: string,
  bytes: Uint8Array,
  schema?: z.ZodType<T>,
): unknown {
  const file = path.join(folder, name);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ModelError(file, phrase`it is no JSON: ${messageOf(error)}`, REPLACE, {
      cause: error,
    });
  }
  if (schema === undefined) return value;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  throw new ModelError(
    file,
    phrase`"${field}" is wrong: ${issue?.message ?? phrase`it does not fit the schema`}`,
    phrase`Use a pack made for this version of the extension.`,
  );
}

function checkPattern(folder: string, { words }: PackManifest): void {
  try {
    new RegExp(words.pattern, words.flags);
  } catch (error) {
    throw new ModelError(
      path.join(folder, 'pack.json'),
      phrase`"words.pattern" is no regular expression: ${messageOf(error)}`,
      phrase`Use a pack made for this version of the extension.`,
      { cause: error },
    );
  }
}
