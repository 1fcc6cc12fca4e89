/** Keys with Ctrl (or Cmd) that text fields use themselves; Z is redo. */
const ofFields = new Set([
  'a',
  'c',
  'v',
  'x',
  'z',
  'Z',
  'y',
  'ArrowLeft',
  'ArrowRight',
  'Backspace',
]);

const modifiers = new Set(['Control', 'Meta', 'Shift', 'Alt']);

/** Whether keys are letters here: text fields and lists of choices keep them to themselves. */
export function isTyping(target: EventTarget | undefined | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type);
}

/**
 * Keeps keys that are letters to the field that has the focus: VS Code hears every key that leaves the
 * page, and takes it for a command until it knows that the focus went to a field. What follows Ctrl+K
 * is VS Code's.
 */
export function keepKeysInFields(): void {
  let isChord = false;
  document.addEventListener('keydown', (event) => {
    if (!isTyping(event.composedPath()[0]) || modifiers.has(event.key)) return;
    const withControl = event.ctrlKey || event.metaKey;
    const isSecond = isChord;
    isChord = withControl && event.key.toLowerCase() === 'k';
    if (isSecond) return;
    const isFunction = /^F\d+$/u.test(event.key);
    if (isFunction || (withControl && !ofFields.has(event.key))) return;
    event.stopPropagation();
  });
}
