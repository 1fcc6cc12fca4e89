import * as l10n from '@vscode/l10n';
import type {
  askedByExtension,
  askedByPage,
  LabelEditorState,
  LiveState,
  PageCommand,
} from '../../src/core/messages/labelEditor';
import type { MessageHandler } from '../../src/core/messages/messageHandler';
import { Banners } from './banners';
import { Changes } from './changes';
import { DetailPane } from './details/detailPane';
import { ProblemList } from './details/problemList';
import { followClipboard } from './clipboard';
import { FindBar } from './findBar';
import { LevelNames } from './details/levelNames';
import { layOut } from './layOut';
import { StatusLine } from './statusLine';
import { onThemeChange } from './theme';
import { Toolbar } from './toolbar';
import { dragRows } from './tree/dragRows';
import type { RowFacts } from './tree/rowView';
import { walkWithKeys } from './tree/treeKeys';
import { TreeModel } from './tree/treeModel';
import { TreeView } from './tree/treeView';
import { pathOf, type TypeNode } from './tree/typeNodes';
import { TreeActions } from './treeActions';
import { TryPane } from './tryPane';
import { TypeFacts } from './typeFacts';
import { LevelPicker, ThresholdSlider } from './viewControls';
import type { KeptPage } from './keptPage';

type Handler = MessageHandler<typeof askedByExtension, typeof askedByPage>;

/** The label editor: the tree, the details of what is selected, and a text to try the list on. */
export class LabelPage {
  readonly element = document.createElement('main');
  readonly tree: TreeView;
  private readonly model = new TreeModel();
  private readonly changes: Changes;
  private readonly actions: TreeActions;
  private readonly facts: TypeFacts;
  private readonly find: FindBar;
  private readonly details: DetailPane;
  private readonly levelNames: LevelNames;
  private readonly fileProblems: ProblemList;
  private readonly banners: Banners;
  private readonly toolbar: Toolbar;
  private readonly status = new StatusLine();
  private readonly tried: TryPane;
  private readonly levels: LevelPicker;
  private readonly threshold: ThresholdSlider;
  private live: LiveState | undefined;
  private readonly awaited: (() => void)[] = [];
  private keeping = 0;

  /** @param keep Takes what is to be there again when the page is loaded anew. */
  constructor(
    handler: Handler,
    private state: LabelEditorState,
    private readonly keep: (kept: KeptPage) => void,
  ) {
    this.facts = new TypeFacts(state, undefined);
    this.changes = new Changes(
      {
        state: () => this.state,
        preview: (edit) =>
          handler.request(
            'preview',
            edit === undefined ? null : { version: this.state.version, edit },
          ),
        edit: (edits) =>
          handler.request('edit', { version: this.state.version, edits: [...edits] }),
        nextState: () => new Promise((resolve) => this.awaited.push(resolve)),
      },
      () => {
        this.draw();
        this.tried.update();
      },
      (message) => {
        this.status.say(message);
      },
    );
    this.tree = new TreeView(this.model, (node) => this.rowFacts(node), {
      onChange: () => {
        this.showDetails();
        this.keepSoon();
      },
      onRename: () => void this.actions.run('rename'),
      onReveal: (node) => void handler.request('reveal', pathOf(node)),
    });
    this.actions = new TreeActions(
      this.tree,
      this.changes,
      {
        split: (node) => handler.request('askSplit', pathOf(node)),
        merge: async (nodes) => {
          const chosen = await handler.request('askMerge', nodes.map(pathOf));
          return chosen === null ? undefined : nodes[chosen];
        },
        readClipboard: () => handler.request('readClipboard', undefined),
        writeClipboard: (text) => handler.request('writeClipboard', text),
        refuse: (message) => {
          this.status.say(message);
        },
      },
      () => this.canEdit,
    );
    const displayName = (node: TypeNode): string | undefined => this.facts.displayNameOf(node);
    this.find = new FindBar(this.tree, { displayName }, () => {
      this.keepSoon();
    });
    this.details = new DetailPane(this.changes, ({ id }) => this.model.node(id), {
      onReveal: (node) => void handler.request('reveal', pathOf(node)),
      onLeave: () => {
        this.tree.focus();
      },
      onRename: () => void this.actions.run('rename'),
    });
    this.levelNames = new LevelNames(this.changes);
    this.fileProblems = new ProblemList((edit) => void this.changes.commitNow(edit));
    const ask =
      (name: 'reopenAsText' | 'makeCopy' | 'reextract' | 'useList' | 'exportAnnotations') => () =>
        void handler.request(name, undefined);
    this.banners = new Banners({
      reopenAsText: ask('reopenAsText'),
      makeCopy: ask('makeCopy'),
      reextract: ask('reextract'),
      useList: ask('useList'),
    });
    this.toolbar = new Toolbar(
      (command, argument) => void this.run(command, argument),
      ask('exportAnnotations'),
    );
    this.tried = new TryPane(
      (text) => handler.request('tryText', text),
      (path) => this.facts.colourOfPath(this.model.roots, path, this.changes.previewed),
      () => {
        this.keepSoon();
      },
    );
    this.levels = new LevelPicker((level) => void handler.request('setLevel', level));
    this.threshold = new ThresholdSlider((value) => void handler.request('setThreshold', value));
    layOut(this.element, {
      top: [this.banners.element],
      controls: [this.find.element, this.levels.element, this.threshold.element],
      left: [this.toolbar.element, this.tree.element],
      right: [this.details.element, this.tried.element],
      file: [this.fileProblems.element, this.levelNames.element],
      bottom: [this.status.element],
    });
    followClipboard(this.tree.element, this.actions);
    walkWithKeys(this.tree);
    dragRows(
      this.tree,
      () => this.canEdit,
      (edit) => void this.actions.move(edit),
    );
    this.tree.element.addEventListener('scroll', () => {
      this.keepSoon();
    });
    onThemeChange(() => this.draw());
  }

  /** Takes a state of the file, the first or another. */
  show(state: LabelEditorState): void {
    this.take(state, this.live);
    this.model.show(state.types);
    this.find.search();
    this.draw();
    this.tried.update();
    for (const resolve of this.awaited.splice(0)) resolve();
  }

  /** Takes other problems of the state that is shown. */
  showProblems(version: number, problems: LabelEditorState['problems']): void {
    if (version !== this.state.version) return;
    this.take({ ...this.state, problems }, this.live);
    this.draw();
  }

  showLive(live: LiveState): void {
    const wasBusy = this.live?.busy === true;
    this.take(this.state, live);
    this.draw();
    if (wasBusy && !live.busy) this.tried.update();
  }

  restore(kept: KeptPage): void {
    if (kept.tree !== undefined) this.model.restore(kept.tree);
    this.find.onlyMatches = kept.onlyMatches ?? false;
    this.find.text = kept.find ?? '';
    this.tried.text = kept.tried ?? '';
    this.draw();
    this.tree.scrollTop = kept.scroll ?? 0;
  }

  /** Does what a contributed command or a button says. */
  async run(command: PageCommand, argument = 1): Promise<void> {
    switch (command) {
      case 'selectAll':
        this.model.selectAll();
        return this.tree.change();
      case 'find':
        return this.find.focus();
      case 'findNext':
      case 'findPrevious':
        return this.find.step(command === 'findNext' ? 1 : -1);
      case 'expandLevel':
      case 'expandAll':
      case 'collapseAll':
        this.model.expandToLevel(
          { expandLevel: argument, expandAll: Infinity, collapseAll: 1 }[command],
        );
        return this.tree.change();
      case 'showDetails':
        return this.details.focus();
      case 'tryText':
        return this.tried.focus();
      case 'nextProblem':
      case 'previousProblem':
        return this.goToProblem(command === 'nextProblem' ? 1 : -1);
      default:
        return this.actions.run(command);
    }
  }

  private take(state: LabelEditorState, live: LiveState | undefined): void {
    this.state = state;
    this.live = live;
    this.facts.show(state, live);
  }

  private get canEdit(): boolean {
    return this.state.readOnly === null;
  }

  private draw(): void {
    this.banners.show(this.state, this.live);
    this.status.show(this.model.size, this.live);
    this.levels.show(this.live?.levelNames ?? [], this.live?.level ?? 0);
    if (this.live !== undefined) this.threshold.show(this.live.threshold);
    this.levelNames.show(this.state.levels, !this.canEdit);
    this.fileProblems.show(this.facts.fileProblems, !this.canEdit);
    this.tree.show();
    this.showDetails();
  }

  private showDetails(): void {
    const { selected } = this.model;
    const [node] = selected;
    this.toolbar.show({
      readOnly: !this.canEdit,
      depth: this.model.all.reduce((most, { depth }) => Math.max(most, depth + 1), 0),
      levelNames: this.state.levels,
      selected: this.model.topSelected.length,
    });
    if (node === undefined) return;
    this.details.show(selected, {
      readOnly: !this.canEdit,
      displayName: this.facts.displayNameOf(node),
      count: this.facts.countOf(node),
      inheritedColour: this.facts.inheritedColour(node),
      inheritedThreshold: this.facts.inheritedThreshold(node),
      problems: this.facts.problemsOf(node),
    });
  }

  private rowFacts(node: TypeNode): RowFacts {
    return {
      ...this.facts.ofRow(node, this.changes.previewed),
      found: this.find.isFound(node),
      stale: this.live !== undefined && this.live.stale > 0 && !this.live.freeLabels,
      canDrag: this.canEdit,
    };
  }

  private goToProblem(by: 1 | -1): void {
    const hasProblem = (node: TypeNode): boolean => this.facts.problemsOf(node).length > 0;
    const goal = this.model.neighbour(this.model.all.filter(hasProblem), by);
    if (goal === undefined) this.status.say(l10n.t('There are no problems.'));
    else this.tree.goTo(goal);
  }

  /** Keeps what is to be there again, soon; the body says when it is kept. */
  private keepSoon(): void {
    delete document.body.dataset['kept'];
    this.keeping ||= window.setTimeout(() => {
      this.keeping = 0;
      document.body.dataset['kept'] = 'true';
      this.keep({
        tree: this.model.kept,
        scroll: this.tree.scrollTop,
        find: this.find.text,
        onlyMatches: this.find.onlyMatches,
        tried: this.tried.text,
      });
    }, 200);
  }
}
