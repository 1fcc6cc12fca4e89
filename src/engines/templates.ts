import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../core/errors';
import { phrase } from '../core/messages/phrase';

/** A text with named holes. */
export interface TemplateSpec {
  /** The built-in text. `{name}` is a hole, `{{` and `}}` are braces. */
  readonly text: string;
  /** Holes that the text must have. */
  readonly needs: readonly string[];
  /** Holes that it may have besides. */
  readonly may?: readonly string[];
}

/** The templates of one protocol; a template lies in `FOLDER/PROTOCOL/NAME.txt` where a user has changed it. */
export interface TemplateSet<Name extends string = string> {
  readonly protocol: string;
  readonly templates: Readonly<Record<Name, TemplateSpec>>;
}

/** A checked template: its text with the holes filled. */
export type Template = (values: Readonly<Record<string, string>>) => string;

export type Templates<Name extends string = string> = Readonly<Record<Name, Template>>;

const HOLE = /\{\{|\}\}|\{(?<hole>[^{}]*)\}|[{}]/gu;

/**
 * The templates of a protocol: the built-in ones, and in their place those of a user's folder.
 * @param folder Folder of prompt templates; only built-in ones when absent.
 * @throws InputError naming the file and the hole that is wrong or missing.
 */
export async function loadTemplates<Name extends string>(
  set: TemplateSet<Name>,
  folder?: string,
): Promise<Templates<Name>> {
  const loaded = {} as Record<Name, Template>;
  for (const name of Object.keys(set.templates) as Name[]) {
    const spec = set.templates[name];
    const file = folder === undefined ? undefined : templateFile(folder, set.protocol, name);
    const own = file === undefined ? undefined : await readOwn(file);
    loaded[name] = compileTemplate(own ?? spec.text, spec, file ?? `${set.protocol}/${name}`);
  }
  return loaded;
}

/** The file of a folder of templates that takes the place of a built-in one. */
export function templateFile(folder: string, protocol: string, name: string): string {
  return path.join(folder, protocol, `${name}.txt`);
}

/**
 * Checks a template.
 * @throws InputError naming `source` and the hole that is wrong or missing.
 */
export function compileTemplate(text: string, spec: TemplateSpec, source: string): Template {
  const known = [...spec.needs, ...(spec.may ?? [])];
  const found = new Set<string>();
  for (const { 0: piece, index, groups } of text.matchAll(HOLE)) {
    const hole = groups?.['hole'];
    if (hole !== undefined && known.includes(hole)) {
      found.add(hole);
    } else if (piece !== '{{' && piece !== '}}') {
      throw new InputError(
        hole === undefined
          ? phrase`A single brace (${piece}) stands in the template`
          : phrase`The template has no use for ${`{${hole}}`}`,
        known.length === 0
          ? phrase`Write braces twice: {{ and }}.`
          : phrase`Write one of ${known.map((name) => `{${name}}`).join(', ')}, or braces twice: {{ and }}.`,
        { source, line: text.slice(0, index).split('\n').length },
      );
    }
  }
  const missing = spec.needs.find((hole) => !found.has(hole));
  if (missing !== undefined) {
    throw new InputError(
      phrase`The template lacks ${`{${missing}}`}`,
      phrase`Put it where its value belongs.`,
      { source },
    );
  }
  return (values) =>
    text.replace(HOLE, (piece, hole: string | undefined) =>
      hole === undefined ? piece.charAt(0) : (values[hole] ?? ''),
    );
}

async function readOwn(file: string): Promise<string | undefined> {
  try {
    // The line break at a file's end is the editor's, not the question's.
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/u, '').replace(/\r?\n$/u, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new InputError(
      phrase`The prompt template cannot be read (${(error as Error).message})`,
      phrase`Make the file readable, or take it away.`,
      { source: file },
    );
  }
}
