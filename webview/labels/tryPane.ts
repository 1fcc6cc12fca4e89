import * as l10n from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import type { TriedText } from '../../src/core/messages/labelEditor';

/** A text to try the list on: its spans are shown as the list is edited. */
export class TryPane {
  readonly element = document.createElement('section');
  private readonly input = document.createElement('vscode-textarea');
  private readonly result = document.createElement('p');
  private isAsking = false;
  private isAsked = false;

  /**
   * @param find The spans of a text under the list as it is shown.
   * @param colourOf The colour of a type.
   */
  constructor(
    private readonly find: (text: string) => Promise<TriedText>,
    private readonly colourOf: (path: readonly string[]) => string,
    onInput: () => void,
  ) {
    this.element.className = 'try';
    this.element.setAttribute('aria-label', l10n.t('Try it'));
    const heading = document.createElement('h2');
    heading.textContent = l10n.t('Try it');
    this.input.rows = 2;
    this.input.resize = 'vertical';
    this.input.dir = 'auto';
    this.input.label = l10n.t('A sentence to try the list on');
    this.input.placeholder = l10n.t('Type a sentence to see its entities under this list');
    this.input.addEventListener('input', () => {
      onInput();
      this.update();
    });
    this.result.className = 'tried';
    this.result.dir = 'auto';
    this.result.setAttribute('role', 'status');
    this.element.append(heading, this.input, this.result);
  }

  get text(): string {
    return this.input.value;
  }

  set text(value: string) {
    this.input.value = value;
    this.update();
  }

  focus(): void {
    this.input.focus();
  }

  /** Asks for the spans anew; while it waits, the latest text and list count. */
  update(): void {
    if (this.text.trim() === '' && this.result.textContent === '') return;
    this.isAsked = true;
    void this.ask();
  }

  private async ask(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      while (this.isAsked) {
        this.isAsked = false;
        const { text } = this;
        this.show(text, text.trim() === '' ? { spans: [], problem: '' } : await this.find(text));
      }
    } finally {
      this.isAsking = false;
    }
  }

  private show(text: string, { spans, problem }: TriedText): void {
    const pieces: (Node | string)[] = [];
    let at = 0;
    for (const { start, end, path, score } of spans) {
      // One that lies in another is told of there only by the outer one.
      if (start < at) continue;
      pieces.push(text.slice(at, start), this.mark(text.slice(start, end), path, score));
      at = end;
    }
    pieces.push(text.slice(at));
    if (problem !== '') pieces.push(document.createElement('br'), problem);
    this.result.replaceChildren(...pieces);
  }

  private mark(mention: string, path: readonly string[], score: number | null): HTMLElement {
    const mark = document.createElement('mark');
    mark.style.borderColor = this.colourOf(path);
    const type = document.createElement('small');
    type.dir = 'auto';
    type.textContent = path.at(-1) ?? '';
    const percent = score === null ? '' : ` ${Math.round(score * 100)} %`;
    mark.title = `${path.join(' › ')}${percent}`;
    mark.append(mention, ' ', type);
    return mark;
  }
}
