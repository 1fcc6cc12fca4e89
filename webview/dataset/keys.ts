import { isTyping, keepKeysInFields } from '../fieldKeys';

/** What Enter and the space bar press. */
const pressed = 'button, input[type="checkbox"], summary';

/**
 * Keeps keys that are letters to the field that has the focus, and those that press a button to the
 * button: VS Code hears every key that leaves the page, and would take them for commands. Tells whether
 * keys are commands now.
 */
export function keepKeys(tell: (areCommands: boolean) => void): void {
  document.addEventListener('keydown', (event) => {
    const [target] = event.composedPath();
    const presses = event.key === 'Enter' || event.key === ' ';
    if (presses && target instanceof Element && target.matches(pressed)) event.stopPropagation();
  });
  keepKeysInFields();
  let told: boolean | undefined;
  const look = (): void => {
    const areCommands =
      document.hasFocus() &&
      !isTyping(document.activeElement) &&
      !document.activeElement?.matches('[role="listbox"]') &&
      document.querySelector('dialog[open]') === null;
    if (areCommands === told) return;
    told = areCommands;
    tell(areCommands);
  };
  // What has the focus is known once the event is over.
  const soon = (): void => void setTimeout(look);
  document.addEventListener('focusin', soon);
  document.addEventListener('focusout', soon);
  window.addEventListener('focus', soon);
  window.addEventListener('blur', soon);
  look();
}
