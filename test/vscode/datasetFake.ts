import type {
  DatasetAskedByPage,
  DatasetState,
  PageEdit,
  ShownPassage,
  ShownSpan,
} from '../../src/core/messages/datasetPanel';
import type { Answers } from '../../src/core/messages/messageHandler';

const types = [
  ['person', 'scholar'],
  ['person', 'artist'],
  ['location', 'city'],
  ['location', 'country'],
  ['organization', 'company'],
];
const slots = ['person', 'location', 'organization'];

export function fakeSpan(id: string, start: number, end: number, path: string[]): ShownSpan {
  return {
    id,
    start,
    end,
    path,
    colour: slots.indexOf(path[0] ?? ''),
    border: 'solid',
    state: 'suggested',
    score: 0.83,
    annotator: null,
    source: 'encoder',
    flag: false,
    comment: '',
  };
}

export function fakePassage(id: number, text: string, spans: ShownSpan[] = []): ShownPassage {
  return {
    id,
    number: id,
    text,
    spans,
    problems: [],
    editable: true,
    status: 'open',
    flag: false,
    comment: '',
  };
}

/** An extension that keeps passages in memory, for the page alone; knows only what tests of it need. */
export class FakeDataset {
  readonly edits: PageEdit[] = [];
  readonly asked: string[] = [];
  passages = 0;
  /** What passages wait for before they come. */
  held: Promise<void> = Promise.resolve();
  /** Told after an edit, with what the page has to be told. */
  onUpdate: (position: number, passage: ShownPassage) => Promise<unknown> = () => Promise.resolve();
  private readonly made = new Map<number, ShownPassage>();

  constructor(
    readonly count: number,
    private readonly make: (id: number) => ShownPassage,
  ) {}

  passage(id: number): ShownPassage {
    const passage = this.made.get(id) ?? this.make(id);
    this.made.set(id, passage);
    return passage;
  }

  get answers(): Answers<DatasetAskedByPage> {
    return {
      state: () => this.state(),
      passages: async ({ from, to }) => {
        this.passages += 1;
        await this.held;
        const last = Math.min(to, this.count);
        return Array.from({ length: Math.max(last - from, 0) }, (_, i) => this.passage(from + i));
      },
      positionOf: (id) => id,
      edit: async (edit) => {
        this.edits.push(edit);
        await this.apply(edit);
        return [];
      },
      bulk: () => ({ passages: 2, entities: 3 }),
      filter: () => this.count,
      stats: () => ({
        passages: this.count,
        spans: 10,
        suggested: 4,
        accepted: 5,
        rejected: 1,
        types: types.map((path) => ({ path, count: 2, accepted: 1 })),
        annotators: ['ada', 'bob'],
      }),
      find: () => null,
      rankTypes: () => types.slice(0, 3).map((path, index) => ({ path, score: 0.9 - index / 4 })),
      preannotate: () => {
        throw new Error('The engine is not there.');
      },
      stopPreannotation: () => undefined,
      setLevel: () => undefined,
      setThreshold: () => undefined,
      createType: ({ parent, name }) => [...parent, name],
      setKeys: () => undefined,
      openKeys: () => undefined,
      compare: () => ({ left: 'ada', right: 'bob', count: 1, onlyLeft: 0, onlyRight: 0 }),
      diffRows: () => {
        const { text, spans } = this.passage(0);
        const [span = null] = spans;
        return [{ id: 0, passage: 0, number: 0, text, left: span, right: null, taken: null }];
      },
      takeDiff: () => undefined,
    };
  }

  private async apply(edit: PageEdit): Promise<void> {
    if (!('id' in edit)) return;
    const before = this.passage(edit.id);
    let { text, spans } = before;
    if (edit.kind === 'addEntity') {
      spans = [
        ...spans,
        {
          ...fakeSpan(edit.entityId, edit.start, edit.end, edit.path),
          state: 'added',
          score: null,
        },
      ];
    } else if (edit.kind === 'changeEntities') {
      const { change, entityIds } = edit;
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      spans = spans.map((span) =>
        entityIds.includes(span.id) ? { ...span, ...Object.fromEntries(given) } : span,
      );
    } else if (edit.kind === 'removeEntities') {
      spans = spans.filter(({ id }) => !edit.entityIds.includes(id));
    } else if (edit.kind === 'changeText') {
      text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
    }
    spans = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
    const after = { ...before, text, spans };
    this.made.set(edit.id, after);
    await this.onUpdate(edit.id, after);
  }

  private state(): DatasetState {
    const paths = [['person'], ['location'], ['organization'], ...types];
    return {
      name: 'fake.json',
      total: this.count,
      count: this.count,
      levels: ['coarse', 'fine'],
      level: 1,
      threshold: null,
      types: paths.map((path) => ({
        path,
        colour: slots.indexOf(path[0] ?? ''),
        description: `What counts as ${path.at(-1)}.`,
        synonyms: [],
      })),
      annotator: 'ada',
      preannotation: null,
      commands: [{ name: 'accept', title: 'Accept', keys: ['A'] }],
      note: null,
    };
  }
}
