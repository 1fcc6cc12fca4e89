import type { Format } from '../core/formats/format';
import { findFormat, formats } from '../core/formats/formats';

/** The names of the formats that data sets and texts come in, for options. */
export const formatNames: readonly string[] = formats.map(({ name }) => name);

/** The format of that name. @throws {Error} when there is none: options allow known names only. */
export function formatNamed(name: string): Format {
  const format = findFormat(name);
  if (format === undefined) throw new Error(`There is no format “${name}”.`);
  return format;
}
