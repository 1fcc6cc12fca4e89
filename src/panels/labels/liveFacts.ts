import * as vscode from 'vscode';
import type { LiveState } from '../../core/messages/labelEditor';
import { estimateRequests } from '../../engines/combine/estimateRequests';
import { Palette } from '../../editor/decorations/palette';
import { Disposable } from '../../editor/disposable';
import type { Session } from '../../editor/documents/session';
import { addSizes } from '../../editor/engine/measurePassages';
import { Throttle } from '../../editor/features/throttle';
import { EntityCounter } from './entityCounts';
import type { LabelParts } from './labelParts';
import type { LabelSource } from './labelSource';

/** Least time between two states that are told, in milliseconds. */
const pause = 100;

/** What the open documents say of a list: counts, staleness, what the last change took. */
export class LiveFacts extends Disposable {
  private readonly counter = new EntityCounter();
  private requests: number | null = null;
  /** What the requests were counted for. */
  private measured = '';
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Something is different, at most some times a second. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly all: LabelParts,
    private readonly source: LabelSource,
  ) {
    super();
    const throttle = this._register(
      new Throttle(() => {
        this.changed.fire();
        void this.measure();
      }, pause),
    );
    const ask = (): void => throttle.ask();
    const { sessions, view, labels, relabelling, engine } = all;
    this._register(sessions.onDidChange(ask));
    this._register(sessions.onWillClose(ask));
    this._register(view.onDidChange(ask));
    this._register(labels.onDidChange(ask));
    this._register(relabelling.onDidChange(ask));
    this._register(engine.onDidChangeModel(ask));
    this._register(source.onDidChange(ask));
  }

  get state(): LiveState {
    const { view, relabelling } = this.all;
    const { list } = this.source;
    const using = this.using();
    const { counts, others } = this.counter.count(
      list.taxonomy,
      using.map((session) => session.listed),
    );
    const palette = new Palette(list, view.level);
    const { lastCost } = relabelling;
    return {
      documents: this.documents(),
      counts: { ...counts },
      learned: this.learned(),
      others: others.map(({ path, count }) => ({ path: [...path], count })),
      freeLabels: relabelling.freeLabels,
      stale: this.stale().length,
      requests: this.requests,
      busy: using.some((session) => session.busy),
      last:
        lastCost === undefined
          ? null
          : { encoded: lastCost.encoded, milliseconds: lastCost.milliseconds },
      threshold: view.threshold > 0 ? view.threshold : null,
      level: view.level,
      levelNames: [...list.taxonomy.levelNames],
      slots: list.taxonomy.roots.map(({ path }) => palette.slot(path)),
    };
  }

  /** Whether the list is the one in force for a document. */
  uses({ uri }: vscode.TextDocument): boolean {
    const { file, list } = this.source;
    const { labels } = this.all;
    return file === undefined
      ? labels.of(uri) === list
      : labels.fileFor(uri)?.toString() === file.toString();
  }

  /** What was learned of the list's types, as far as a document is open that it is in force for. */
  private learned(): LiveState['learned'] {
    const [session] = this.using();
    if (session === undefined) return {};
    const list = this.all.labels.of(session.document.uri);
    const learned = list.labels.flatMap(({ path }) => {
      const known = list.learned(path);
      if (known === undefined) return [];
      const { examples, estimate = null } = known;
      return [[path.join('\n'), { examples, estimate }] as const];
    });
    return Object.fromEntries(learned);
  }

  private documents(): number {
    return [...this.all.sessions.all].filter(({ document }) => this.uses(document)).length;
  }

  private using(): readonly Session[] {
    return [...this.all.sessions.all].filter(({ document }) => this.uses(document));
  }

  private stale(): readonly Session[] {
    return this.all.relabelling.stale.filter(({ document }) => this.uses(document));
  }

  /** Counts what reading the stale documents again asks of an endpoint. */
  private async measure(): Promise<void> {
    const { engine, extractor } = this.all;
    const stale = engine.asksModels ? this.stale() : [];
    const key = stale.map(({ key, document }) => `${key} ${document.version}`).join('\n');
    if (key === this.measured) return;
    this.measured = key;
    let requests: number | null = null;
    if (stale.length > 0) {
      const sizes = await Promise.all(stale.map(({ document }) => extractor.measure(document)));
      const { passages, sentences } = addSizes(sizes);
      const settings = engine.inForce;
      const units = settings.extractor.unit === 'passage' ? passages : sentences;
      requests = estimateRequests(settings, units, this.source.list.toSpec()).likely;
    }
    if (this.isDisposed || key !== this.measured || requests === this.requests) return;
    this.requests = requests;
    this.changed.fire();
  }
}
