import type { DatasetState, PageEdit, ShownPassage } from '../../src/core/messages/datasetPanel';
import { FindBar } from './bars/findBar';
import { Messages } from './bars/messages';
import { isFilter, ReviewBar } from './bars/reviewBar';
import { SpanBar } from './bars/spanBar';
import { Toolbar } from './bars/toolbar';
import { TypeList } from './bars/typeList';
import { moveCommands } from './commands/moves';
import { passageCommands } from './commands/passages';
import { spanCommands } from './commands/spans';
import { toolCommands } from './commands/tools';
import { Cursor } from './cursor';
import { TypeBox } from './dialogs/typeBox';
import { afterPause, make } from './dom';
import { connect, keepState, keptState, type Host } from './host';
import { keepKeys } from './keys';
import { PassageList } from './list/passageList';
import { PassagePages } from './list/passagePages';
import type { Commands, Page, Selected } from './page';
import { followPointer } from './pointer';
import { Ranking } from './ranking';

const nothingYet: DatasetState = {
  name: '',
  total: 0,
  count: 0,
  levels: [],
  level: 0,
  threshold: null,
  types: [],
  annotator: null,
  preannotation: null,
  commands: [],
  note: null,
};

/** The page of a data set: builds its parts, hands them to each other, and runs its commands. */
export class DatasetPage implements Page {
  readonly host: Host;
  readonly messages = new Messages();
  readonly typeBox = new TypeBox();
  readonly chosen = new Set<number>();
  readonly cursor = new Cursor(() => this.moved());
  readonly pages: PassagePages;
  readonly list: PassageList;
  readonly ranking: Ranking;
  state = nothingYet;
  private readonly title = make('h1', { class: 'heard' });
  private readonly toolbar: Toolbar;
  private readonly find: FindBar;
  private readonly review: ReviewBar;
  private readonly types: TypeList;
  private readonly spanBar: SpanBar;
  private readonly commands: Commands;
  /** One command at a time: the next key is about what the one before left. */
  private queue: Promise<void> = Promise.resolve();
  /** Where the page was before it was loaded again, until it is there. */
  private kept = keptState();
  /** Commands that came until now; the body says how many. */
  private heard = 0;
  /** How often it was told whether keys are commands: only the last of it counts. */
  private tellings = 0;
  private readonly keepAfterPause = afterPause(() => this.keep(), 300);
  private readonly countSoon = afterPause(() => this.run(() => this.count()), 400);
  private readonly rankSoon = afterPause(() => void this.showSelected(), 40);

  constructor() {
    this.host = connect({
      show: (state) => this.show(state),
      update: ({ count, passages }) => this.update(count, passages),
      run: ({ command, argument }) => this.runCommand(command, argument),
      reveal: ({ position, span }) => {
        if (span === null) this.cursor.moveTo(position);
        else this.cursor.selectSpan(position, span);
        this.list.revealCurrent();
      },
    });
    const { host } = this;
    const fail = (error: unknown): void => this.messages.fail(error);
    const refresh = (): void => this.refresh();
    const fetch = (from: number, to: number): Promise<ShownPassage[]> =>
      host.request('passages', { from, to });
    this.pages = new PassagePages(fetch, refresh, fail);
    this.list = new PassageList(this.pages, this.cursor, this.chosen, () => this.state, refresh);
    this.ranking = new Ranking(
      (id, { start, end }, limit) => host.request('rankTypes', { id, start, end, limit }),
      () => this.state.types,
      fail,
    );
    const runNow = (command: string, argument?: number): void =>
      this.runCommand(command, argument ?? null);
    this.toolbar = new Toolbar(runNow, {
      level: (level) => this.run(() => host.request('setLevel', level)),
      threshold: (threshold) => this.run(() => host.request('setThreshold', threshold)),
    });
    const act = (work: () => Promise<void>): void => this.run(work);
    this.find = new FindBar(() => this, act);
    this.review = new ReviewBar((filter) =>
      this.run(async () => {
        const count = await host.request('filter', filter);
        this.types.mark(filter.type);
        this.toolbar.markFilter(isFilter(filter));
        this.update(count, null);
        this.cursor.moveTo(0);
        this.list.list.place = { row: 0, offset: 0 };
      }),
    );
    this.types = new TypeList(
      (type) => this.review.chooseType(type),
      () => this.list.revealCurrent(),
    );
    this.spanBar = new SpanBar(runNow, () => this.state);
    this.commands = {
      ...moveCommands(this),
      ...spanCommands(this),
      ...passageCommands(this),
      ...toolCommands(this, {
        find: this.find,
        review: this.review,
        types: this.types,
        acceptedScore: () => this.toolbar.acceptedScore,
      }),
    };
  }

  async start(): Promise<void> {
    const head = make(
      'header',
      {},
      this.title,
      this.toolbar.element,
      this.find.element,
      this.review.element,
    );
    const columns = make('div', { class: 'columns' }, this.list.element, this.types.element);
    const main = make('main', {}, this.messages.element, columns);
    const foot = make('footer', {}, this.spanBar.element);
    document.body.append(head, main, foot, this.typeBox.element);
    keepKeys((areCommands) => void this.tellKeys(areCommands));
    followPointer(this, (act) => this.run(act));
    this.list.element.addEventListener('scroll', () => this.keepSoon());
    // The theme's colours and fonts are in the body's class and style.
    new MutationObserver(() => this.list.redraw()).observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['class', 'style'],
      subtree: false,
    });
    try {
      this.show(await this.host.request('state', undefined));
    } catch (error) {
      this.messages.fail(error);
      return;
    }
    this.countSoon();
  }

  async edit(edit: PageEdit): Promise<readonly number[]> {
    const ids = await this.host.request('edit', edit);
    this.ranking.forget();
    this.countSoon();
    return ids;
  }

  refresh(): void {
    this.list.list.refresh();
    this.rankSoon();
  }

  /** Tells whether keys are commands; the body says when that is in force. */
  private async tellKeys(areCommands: boolean): Promise<void> {
    this.tellings += 1;
    const own = this.tellings;
    document.body.dataset['keys'] = 'off';
    try {
      await this.host.request('setKeys', areCommands);
      if (areCommands && own === this.tellings) document.body.dataset['keys'] = 'on';
    } catch (error) {
      this.messages.fail(error);
    }
  }

  private runCommand(command: string, argument: number | null): void {
    const act = this.commands[command];
    if (act === undefined) return;
    this.heard += 1;
    document.body.dataset['heard'] = String(this.heard);
    this.run(async () => {
      // A key pressed twice comes here again after the dialog that it opened, which is to be answered first.
      if (document.querySelector('dialog[open]') === null) await act(argument);
    });
  }

  private run(act: () => Promise<void>): void {
    // What waits for the user lets the keys through: an open box would hold up all that follows.
    const waits =
      this.typeBox.isOpen || document.querySelector('dialog[open], .text-area') !== null;
    const work = async (): Promise<void> => {
      try {
        await act();
      } catch (error) {
        this.messages.fail(error);
      }
    };
    this.queue = waits ? work() : this.queue.then(work);
  }

  private show(state: DatasetState): void {
    this.state = state;
    this.title.textContent = state.name;
    this.toolbar.show(state);
    this.review.show(state);
    this.types.show(state);
    this.spanBar.nameKeys(state.commands);
    this.list.list.setCount(state.count);
    this.restore();
    this.refresh();
  }

  private update(
    count: number,
    passages: readonly { readonly position: number; readonly passage: ShownPassage }[] | null,
  ): void {
    if (count !== this.state.count) this.show({ ...this.state, count });
    if (passages === null) this.pages.invalidate();
    else for (const { position, passage } of passages) this.pages.put(position, passage);
    this.refresh();
    this.countSoon();
  }

  private moved(): void {
    this.kept = undefined;
    this.refresh();
    this.keepSoon();
  }

  /** Shows what is selected with its best types, and says it. */
  private async showSelected(): Promise<void> {
    const passage = this.pages.get(this.cursor.position);
    const range = this.cursor.rangeIn(passage);
    if (passage === undefined || range === null) {
      this.spanBar.show(undefined, []);
      return;
    }
    const now: Selected = { passage, range, span: this.cursor.spanIn(passage) };
    const isStill = (): boolean => {
      const later = this.cursor.rangeIn(this.pages.get(this.cursor.position));
      return later?.start === range.start && later.end === range.end;
    };
    this.spanBar.show(now, []);
    this.messages.announce(SpanBar.sentence(now));
    const best = await this.ranking.best(passage.id, range);
    if (isStill()) this.spanBar.show(now, best);
  }

  private async count(): Promise<void> {
    const stats = await this.host.request('stats', undefined);
    this.toolbar.showStats(stats);
    this.types.showStats(stats);
    this.review.offer(stats);
  }

  /** Keeps the place after a pause; the body says when it is kept. */
  private keepSoon(): void {
    delete document.body.dataset['kept'];
    this.keepAfterPause();
  }

  private keep(): void {
    // What is to be come back to is not forgotten while its passages are still being read.
    if (this.kept !== undefined) return;
    const { position, span } = this.cursor;
    keepState({ ...this.list.list.place, position, span });
    document.body.dataset['kept'] = 'true';
  }

  /** Goes back to where the page was before it was loaded again, once so many passages are known. */
  private restore(): void {
    const { kept } = this;
    if (kept === undefined || Math.max(kept.position, kept.row) >= this.state.count) return;
    if (kept.span === null) this.cursor.moveTo(kept.position);
    else this.cursor.selectSpan(kept.position, kept.span);
    this.list.list.place = { row: kept.row, offset: kept.offset };
    this.kept = undefined;
  }
}
