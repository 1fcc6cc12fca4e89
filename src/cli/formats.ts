import type { Format } from '../core/formats/format';
import { findFormat, formats } from '../core/formats/formats';
import { htmlReport } from '../core/formats/htmlReport';
import { markdownSummary } from '../core/formats/markdownSummary';
import type { Report } from '../core/formats/report';

/** The names of the formats that data sets and texts come in, for options. */
export const formatNames: readonly string[] = formats.map(({ name }) => name);

/** The format of that name. @throws {Error} when there is none: options allow known names only. */
export function formatNamed(name: string): Format {
  const format = findFormat(name);
  if (format === undefined) throw new Error(`There is no format “${name}”.`);
  return format;
}

/** What is written and never read. */
export const reports: readonly Report[] = [htmlReport, markdownSummary];

/** brat's data sets are folders with two files a document. */
export const bratName = 'brat';
