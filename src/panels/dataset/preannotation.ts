import type { PassageId, PassageView } from '../../core/dataset/passage';
import type { Entity } from '../../core/entity/entity';
import type { OverlapPolicy } from '../../core/entity/overlap';
import type { LabelList } from '../../core/labels/labelList';
import type { DatasetState } from '../../core/messages/datasetPanel';
import type { Passage } from '../../engines/engine';
import type { OpenDataset } from '../../editor/datasets/contract';
import { Disposable } from '../../editor/disposable';
import type { EngineAccess } from '../../editor/engine/engineAccess';
import { measurePassages } from '../../editor/engine/measurePassages';
import type { Settings } from '../../editor/settings';
import type { ShownView } from '../../editor/view/viewState';
import { allPassages } from '../../editor/datasets/allPassages';

/** Results that enter the data set together, and the longest that one of them waits, in milliseconds. */
const batch = { passages: 100, milliseconds: 500 };

/** What is to be read: the passages of these ids, or all, one of them before the others. */
export interface WantedPassages {
  readonly ids: readonly PassageId[] | null;
  readonly first: PassageId | null;
}

/** An engine at work on the passages of a data set; its suggestions enter it as they come. */
export class Preannotation extends Disposable {
  private running: AbortController | undefined;
  private told: DatasetState['preannotation'] = null;

  /**
   * @param onError Told why it ended before the end, unless it was asked to.
   * @param onProgress Told when `progress` is another.
   */
  constructor(
    private readonly dataset: OpenDataset,
    private readonly parts: {
      readonly engine: EngineAccess;
      readonly settings: Settings;
      readonly view: ShownView;
    },
    private readonly onError: (error: unknown) => void,
    private readonly onProgress: () => void,
  ) {
    super();
    this._register({ dispose: () => this.stop() });
  }

  /** How far it is; null while it rests. */
  get progress(): DatasetState['preannotation'] {
    return this.told;
  }

  stop(): void {
    this.running?.abort();
  }

  /**
   * Begins with the wanted passages, in place of what was under way. Resolves once the engine
   * is ready and allowed to; what it suggests comes afterwards.
   */
  async start({ ids, first }: WantedPassages, labels: LabelList): Promise<void> {
    this.stop();
    const running = new AbortController();
    this.running = running;
    const spec = labels.toSpec();
    const wanted = ids ?? undefined;
    const { dataset } = this;
    async function* texts(): AsyncGenerator<string, void> {
      for await (const { passage } of allPassages(dataset, wanted)) yield passage.text;
    }
    const engine = await this.parts.engine.begin({
      labels: spec,
      measure: () => measurePassages(texts()),
    });
    if (running.signal.aborted) return;
    this.tell({ done: 0, total: wanted?.length ?? dataset.count, found: 0 });
    const { settings, view } = this.parts;
    const threshold = view.wantedThreshold;
    const overlap = settings.get('overlap', dataset.uri);
    const results = engine.extract(this.passages(wanted, first), {
      labels: spec,
      overlap,
      signal: running.signal,
      ...(threshold === undefined ? {} : { threshold }),
    });
    void this.take(results, overlap, running).catch((error: unknown) => {
      if (!running.signal.aborted) this.onError(error);
    });
  }

  private async *passages(
    ids: readonly PassageId[] | undefined,
    first: PassageId | null,
  ): AsyncGenerator<Passage, void> {
    const before = first === null ? [] : [first];
    for await (const view of allPassages(this.dataset, before)) yield passageOf(view);
    for await (const view of allPassages(this.dataset, ids)) {
      if (view.id !== first) yield passageOf(view);
    }
  }

  private async take(
    results: AsyncIterable<{ readonly id: string; readonly entities: readonly Entity[] }>,
    overlap: OverlapPolicy,
    running: AbortController,
  ): Promise<void> {
    let waiting: { id: PassageId; entities: readonly Entity[] }[] = [];
    let since = performance.now();
    const enter = async (): Promise<void> => {
      const entered = waiting;
      waiting = [];
      since = performance.now();
      if (entered.length === 0) return;
      await this.dataset.apply({ kind: 'suggest', overlap, results: entered }, running);
      const found = entered.reduce((sum, { entities }) => sum + entities.length, 0);
      const { done = 0, total = 0, found: before = 0 } = this.told ?? {};
      this.tell({ done: done + entered.length, total, found: before + found });
    };
    try {
      for await (const { id, entities } of results) {
        waiting.push({ id: Number(id), entities });
        const isLong = performance.now() - since > batch.milliseconds;
        if (waiting.length >= batch.passages || isLong) await enter();
      }
    } finally {
      // What was found before it was stopped is as good as what would have followed.
      await enter();
      if (this.running === running) {
        this.running = undefined;
        this.tell(null);
      }
    }
  }

  private tell(progress: DatasetState['preannotation']): void {
    this.told = progress;
    this.onProgress();
  }
}

function passageOf({ id, passage: { text, lang } }: PassageView): Passage {
  return { id: String(id), text, ...(lang === undefined ? {} : { lang }) };
}
