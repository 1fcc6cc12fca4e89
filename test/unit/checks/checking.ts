import { DataSetCheck, type CheckOptions } from '../../../src/core/checks/checkDataSet';
import type { Finding } from '../../../src/core/checks/finding';
import { findFormat } from '../../../src/core/formats/formats';
import { phraseText } from '../../../src/core/messages/phrase';

/** What the checks find in a file, after its last record. */
export async function check(
  content: string,
  options: CheckOptions = {},
  format = 'jsonl',
): Promise<Finding[]> {
  const reader = findFormat(format);
  if (reader === undefined) throw new Error(`There is no format ${format}.`);
  const checking = new DataSetCheck(options);
  const findings: Finding[] = [];
  for await (const record of reader.read([new TextEncoder().encode(content)])) {
    findings.push(...checking.add(record));
  }
  return [...findings, ...checking.finish()];
}

/** A JSONL line of a text with its entities in brackets: `[[Ada|person]] wrote`. */
export function line(marked: string): string {
  let text = '';
  const entities: { start: number; end: number; label: string }[] = [];
  for (const [part = '', mention, label] of marked.matchAll(/\[\[(.*?)\|(.*?)\]\]|[\s\S]/gu)) {
    if (mention === undefined || label === undefined) {
      text += part;
      continue;
    }
    const start = [...text].length;
    text += mention;
    entities.push({ start, end: [...text].length, label });
  }
  return JSON.stringify({ text, entities });
}

/** Rule, line and message of findings. */
export function told(findings: readonly Finding[]): string[] {
  return findings.map(({ rule, line, message }) => `${rule} ${line}: ${phraseText(message)}`);
}
