/** Most lines that are looked through for the end of the front matter. */
const mostLines = 100;

/**
 * What a document says of its label list in its front matter (`entities: FILE` or `entities: NAME`
 * between two lines of `---` at its beginning); undefined where it says nothing.
 * @param text The document, or as much of its beginning as is at hand.
 */
export function readFrontMatterLabels(text: string): string | undefined {
  const lines = text.split(/\r?\n/u, mostLines);
  if (lines[0]?.replace(/^\ufeff/u, '').trimEnd() !== '---') return undefined;
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/u.test(line));
  if (end < 0) return undefined;
  for (const line of lines.slice(1, end)) {
    const found = /^entities\s*:\s*(.*)$/u.exec(line)?.[1]?.trim() ?? '';
    const quoted = /^(["'])(.*)\1/u.exec(found)?.[2];
    const value = quoted ?? found.replace(/\s#.*$/u, '').trim();
    if (value !== '') return value;
  }
  return undefined;
}
