import { dynamicnerFormat } from '../core/formats/dynamicner';
import type { Format } from '../core/formats/format';
import { jsonlFormat } from '../core/formats/jsonl';

/** The formats that commands read and write, by their name. */
export const formats: readonly Format[] = [jsonlFormat, dynamicnerFormat];

/** Their names, for options. */
export const annotatedFormats: readonly string[] = formats.map(({ name }) => name);

/** The format of that name. @throws {Error} when there is none: options allow known names only. */
export function formatNamed(name: string): Format {
  const format = formats.find((each) => each.name === name);
  if (format === undefined) throw new Error(`There is no format “${name}”.`);
  return format;
}
