import { make } from '../dom';

/** A list of choices with its name beside it; `value` is the chosen one. */
export class Choices<Value extends string> {
  readonly element: HTMLElement;
  private readonly select = make('select');

  constructor(name: string, choices: readonly (readonly [Value, string])[], onChange: () => void) {
    this.element = make('label', { class: 'choice' }, make('span', {}, name), this.select);
    this.set(choices);
    this.select.addEventListener('change', onChange);
  }

  get value(): Value {
    return this.select.value as Value;
  }

  set value(value: Value) {
    this.select.value = value;
  }

  /** Offers other choices; the chosen one stays if it is still among them. */
  set(choices: readonly (readonly [Value, string])[]): void {
    const { value } = this.select;
    this.select.replaceChildren(
      ...choices.map(([choice, text]) => make('option', { value: choice }, text)),
    );
    if (choices.some(([choice]) => choice === value)) this.select.value = value;
  }
}
