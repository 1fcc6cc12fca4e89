/**
 * A short name of a text's content: 16 hexadecimal digits, the same in every process and version.
 * Two FNV-1a hashes of 32 bits with different bases; for telling contents apart, not for secrets.
 */
export function contentId(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = step(step(low, unit & 0xff), unit >>> 8);
    high = step(step(high, (unit >>> 8) ^ 0x5a), unit & 0xff);
  }
  return hex(high) + hex(low);
}

function step(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

function hex(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0');
}
