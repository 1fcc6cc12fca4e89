import * as z from 'zod/mini';
import { foldName } from '../../../src/core/labels/names';
import { typeData } from '../../../src/core/messages/labelEditorSchemas';
import type { TypeData } from '../../../src/core/labels/taxonomyFile/taxonomyFile';

/** Copied types as text: JSON with everything that is said of them. */
export function textOfTypes(types: readonly TypeData[]): string {
  return JSON.stringify(types, undefined, 2);
}

/**
 * The types of a text from the clipboard: what was copied here, or names, one a line, where indented
 * ones lie below the one above them. Undefined where there is none.
 */
export function typesOfText(text: string): TypeData[] | undefined {
  const types = /^\s*\[/u.test(text) ? typesOfJson(text) : typesOfLines(text);
  return types === undefined || types.length === 0 ? undefined : types;
}

/** The types under names that none of the siblings has, nor another one of them. */
export function withFreeNames(
  types: readonly TypeData[],
  siblings: readonly string[],
): readonly TypeData[] {
  const taken = new Set(siblings.map(foldName));
  return types.map((type) => {
    let { name } = type;
    for (let number = 2; taken.has(foldName(name)); number++) name = `${type.name} ${number}`;
    taken.add(foldName(name));
    return name === type.name ? type : { ...type, name };
  });
}

function typesOfJson(text: string): TypeData[] | undefined {
  try {
    return z.array(typeData).parse(JSON.parse(text));
  } catch {
    // It is some other text.
    return undefined;
  }
}

interface Line {
  readonly indent: number;
  readonly type: { name: string; children?: TypeData[] };
}

function typesOfLines(text: string): TypeData[] {
  const roots: TypeData[] = [];
  const above: Line[] = [];
  for (const line of text.split(/\r?\n/u)) {
    const name = line.trim();
    if (name === '') continue;
    const indent = line.length - line.trimStart().length;
    while (above.length > 0 && (above.at(-1)?.indent ?? 0) >= indent) above.pop();
    const type = { name };
    const parent = above.at(-1)?.type;
    if (parent === undefined) roots.push(type);
    else (parent.children ??= []).push(type);
    above.push({ indent, type });
  }
  return roots;
}
