import type { FocusPlace } from '../../src/core/messages/labelEditor';

const fields = 'input, textarea, vscode-textfield, vscode-textarea';

/**
 * Tells where the focus is, each time that it goes somewhere else: contributed keys depend on it. The
 * body bears the place once they follow it.
 */
export function followFocus(
  tree: HTMLElement,
  tellNow: (place: FocusPlace) => Promise<unknown>,
): void {
  let told: FocusPlace | undefined;
  let telling = 0;
  const tell = (place: FocusPlace): void => {
    if (place === told) return;
    told = place;
    telling += 1;
    const own = telling;
    delete document.body.dataset['keys'];
    void tellNow(place).then(() => {
      if (own === telling) document.body.dataset['keys'] = place;
    });
  };
  const look = (): void => {
    tell(placeOf(document.activeElement, tree));
  };
  document.addEventListener('focusin', look);
  document.addEventListener('focusout', () => {
    // What gets the focus is known after the event.
    setTimeout(look);
  });
  window.addEventListener('focus', look);
  window.addEventListener('blur', () => {
    tell('none');
  });
  look();
}

function placeOf(element: Element | null, tree: HTMLElement): FocusPlace {
  if (!document.hasFocus()) return 'none';
  if (element === tree) return 'tree';
  const isField = element?.matches(fields) === true && element.getAttribute('type') !== 'range';
  return isField ? 'input' : 'page';
}
