const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const accented = [...'àƀçđéƒĝĥíĵķļɱñóþɋŕšţúṽŵẋýžÀƁÇĐÉƑĜĤÍĴĶĻṀÑÓÞɊŔŠŢÚṼŴẊÝŽ'];

/** What no translation may change: places, icons, targets of links, code, names of settings and keys. */
const kept = /\{\d+\}|\$\([\w~-]+\)|\]\([^)]*\)|`[^`]*`|#[\w.]+#/gu;

/** A text as the pseudo-locale has it: every letter accented, in brackets, what is fixed unchanged. */
export function pseudoLocalise(text: string): string {
  let result = '';
  let at = 0;
  for (const found of text.matchAll(kept)) {
    result += accent(text.slice(at, found.index)) + found[0];
    at = found.index + found[0].length;
  }
  return `⟦${result}${accent(text.slice(at))}⟧`;
}

/** Letters outside of what is kept, which the pseudo-locale has none of. */
export function plainLetters(text: string): string[] {
  return text.replace(kept, '').match(/[A-Za-z]+/gu) ?? [];
}

/** What a translation keeps as it is, in order of its text. */
export function keptParts(text: string): string[] {
  return (text.match(kept) ?? []).sort();
}

function accent(text: string): string {
  return text.replace(/[A-Za-z]/gu, (letter) => accented[plain.indexOf(letter)] ?? letter);
}
