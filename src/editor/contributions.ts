import type { FocusPlace } from '../core/messages/labelEditor';
import type { EngineSetting } from '../engines/settings';

/**
 * Everything that package.json contributes and the code relies on, declared once. A test compares
 * it with the manifest in both directions; a command, setting, colour or key stands in both or in none.
 */

/** The commands of the data-set editor's page, in the order in which its list of keys shows them. */
export const datasetCommands = [
  'dynamicner.dataset.nextPassage',
  'dynamicner.dataset.previousPassage',
  'dynamicner.dataset.firstPassage',
  'dynamicner.dataset.lastPassage',
  'dynamicner.dataset.nextSpan',
  'dynamicner.dataset.previousSpan',
  'dynamicner.dataset.nextSuggestion',
  'dynamicner.dataset.previousSuggestion',
  'dynamicner.dataset.nextWord',
  'dynamicner.dataset.previousWord',
  'dynamicner.dataset.extendEnd',
  'dynamicner.dataset.shrinkEnd',
  'dynamicner.dataset.extendStart',
  'dynamicner.dataset.shrinkStart',
  'dynamicner.dataset.extendEndByCharacter',
  'dynamicner.dataset.shrinkEndByCharacter',
  'dynamicner.dataset.extendStartByCharacter',
  'dynamicner.dataset.shrinkStartByCharacter',
  'dynamicner.dataset.clearSelection',
  'dynamicner.dataset.type',
  'dynamicner.dataset.chooseType',
  'dynamicner.dataset.createType',
  'dynamicner.dataset.accept',
  'dynamicner.dataset.reject',
  'dynamicner.dataset.remove',
  'dynamicner.dataset.acceptPassage',
  'dynamicner.dataset.rejectPassage',
  'dynamicner.dataset.skip',
  'dynamicner.dataset.flag',
  'dynamicner.dataset.comment',
  'dynamicner.dataset.sameMention',
  'dynamicner.dataset.editText',
  'dynamicner.dataset.addPassage',
  'dynamicner.dataset.deletePassage',
  'dynamicner.dataset.splitPassage',
  'dynamicner.dataset.mergePassage',
  'dynamicner.dataset.choosePassage',
  'dynamicner.dataset.relabel',
  'dynamicner.dataset.find',
  'dynamicner.dataset.findNext',
  'dynamicner.dataset.findPrevious',
  'dynamicner.dataset.filter',
  'dynamicner.dataset.types',
  'dynamicner.dataset.annotatePassage',
  'dynamicner.dataset.annotateAll',
  'dynamicner.dataset.stopAnnotation',
  'dynamicner.dataset.acceptAbove',
  'dynamicner.dataset.compare',
  'dynamicner.dataset.help',
] as const;

export const commandIds = [
  ...datasetCommands,
  'dynamicner.extract',
  'dynamicner.extractSelection',
  'dynamicner.extractFiles',
  'dynamicner.stop',
  'dynamicner.clear',
  'dynamicner.nextEntity',
  'dynamicner.previousEntity',
  'dynamicner.changeLevel',
  'dynamicner.changeThreshold',
  'dynamicner.selectModel',
  'dynamicner.selectEngine',
  'dynamicner.editPrompts',
  'dynamicner.setUpEndpoint',
  'dynamicner.forgetKey',
  'dynamicner.allowSending',
  'dynamicner.clearAnswers',
  'dynamicner.restoreRejected',
  'dynamicner.accept',
  'dynamicner.reject',
  'dynamicner.changeType',
  'dynamicner.addEntity',
  'dynamicner.undo',
  'dynamicner.redo',
  'dynamicner.export',
  'dynamicner.import',
  'dynamicner.exportFinetuning',
  'dynamicner.learn',
  'dynamicner.undoLearning',
  'dynamicner.forgetLearned',
  'dynamicner.reviewUncertain',
  'dynamicner.createDynamicVersion',
  'dynamicner.compareVersions',
  'dynamicner.changeLabelList',
  'dynamicner.openDataset',
  'dynamicner.openFolderAsDataset',
  'dynamicner.reopenDatasetWithEncoding',
  'dynamicner.newDataset',
  'dynamicner.checkDataset',
  'dynamicner.evaluate',
  'dynamicner.convertDataset',
  'dynamicner.findConflicts',
  'dynamicner.splitDataset',
  'dynamicner.sampleDataset',
  'dynamicner.pruneDataset',
  'dynamicner.suggestFromPatterns',
  'dynamicner.suggestFromAccepted',
  'dynamicner.showLabels',
  'dynamicner.labels.rename',
  'dynamicner.labels.addChild',
  'dynamicner.labels.addSibling',
  'dynamicner.labels.delete',
  'dynamicner.labels.toggleEnabled',
  'dynamicner.labels.moveUp',
  'dynamicner.labels.moveDown',
  'dynamicner.labels.moveIn',
  'dynamicner.labels.moveOut',
  'dynamicner.labels.merge',
  'dynamicner.labels.split',
  'dynamicner.labels.copy',
  'dynamicner.labels.cut',
  'dynamicner.labels.paste',
  'dynamicner.labels.selectAll',
  'dynamicner.labels.find',
  'dynamicner.labels.findNext',
  'dynamicner.labels.findPrevious',
  'dynamicner.labels.expandLevel',
  'dynamicner.labels.expandAll',
  'dynamicner.labels.collapseAll',
  'dynamicner.labels.showDetails',
  'dynamicner.labels.nextProblem',
  'dynamicner.labels.previousProblem',
  'dynamicner.labels.tryText',
  'dynamicner.labels.reopenAsText',
  'dynamicner.selectLabels',
  'dynamicner.newLabels',
  'dynamicner.exportLabels',
  'dynamicner.showLog',
  'dynamicner.files.clear',
  'dynamicner.showDetails',
  'dynamicner.showAllMentions',
  'dynamicner.acceptAllMentions',
  'dynamicner.rejectAllMentions',
  'dynamicner.changeTypeOfAllMentions',
  'dynamicner.toggleTypeNames',
  'dynamicner.showMenu',
  'dynamicner.openSample',
  'dynamicner.entities.groupByType',
  'dynamicner.entities.listInTextOrder',
  'dynamicner.entities.sortByCount',
  'dynamicner.entities.sortByName',
  'dynamicner.entities.filter',
  'dynamicner.entities.clearFilter',
  'dynamicner.entities.followCursor',
  'dynamicner.entities.stopFollowing',
  'dynamicner.entities.accept',
  'dynamicner.entities.reject',
  'dynamicner.entities.place',
  'dynamicner.entities.remove',
  'dynamicner.entities.changeType',
] as const;
export type CommandId = (typeof commandIds)[number];

export const levelNames = ['coarse', 'medium', 'fine'] as const;
export type LevelName = (typeof levelNames)[number];

export const codePartsChoices = ['commentsAndStrings', 'comments', 'strings', 'all'] as const;
export type CodePartsChoice = (typeof codePartsChoices)[number];

export const overlapChoices = ['flat', 'nested', 'multi-label'] as const;

/** The settings, by their name after `dynamicner.`, with the type of their value. */
export interface Settings {
  readonly model: string;
  readonly labels: string | readonly string[];
  readonly labelAssociations: Readonly<Record<string, string>>;
  readonly level: LevelName;
  readonly threshold: number | null;
  readonly overlap: (typeof overlapChoices)[number];
  readonly 'extract.automatic': boolean;
  readonly 'extract.delay': number;
  readonly 'extract.code': CodePartsChoice;
  readonly 'inlayHints.enabled': boolean;
  /** Name kept with what a human does; empty for none. */
  readonly annotator: string;
  /** `beside`, `storage`, or a folder relative to the workspace folder. */
  readonly 'annotations.folder': string;
  readonly engine: EngineSetting;
  /** Profiles by name; each is checked when it is used, so that one that does not fit harms no other. */
  readonly endpoints: Readonly<Record<string, unknown>>;
  readonly 'endpoint.trace': boolean;
  readonly 'encoder.threads': number | null;
  readonly 'encoder.idleMinutes': number;
}
export type SettingName = keyof Settings;

/** Where a setting may be set, as the manifest says it. */
export type SettingScope =
  'window' | 'resource' | 'language-overridable' | 'machine' | 'machine-overridable';

export const settings: {
  readonly [K in SettingName]: { readonly default: Settings[K]; readonly scope: SettingScope };
} = {
  model: { default: '', scope: 'machine-overridable' },
  labels: { default: '', scope: 'language-overridable' },
  labelAssociations: { default: {}, scope: 'resource' },
  level: { default: 'fine', scope: 'window' },
  threshold: { default: null, scope: 'window' },
  overlap: { default: 'flat', scope: 'resource' },
  'extract.automatic': { default: false, scope: 'language-overridable' },
  'extract.delay': { default: 500, scope: 'window' },
  'extract.code': { default: 'commentsAndStrings', scope: 'language-overridable' },
  'inlayHints.enabled': { default: true, scope: 'language-overridable' },
  annotator: { default: '', scope: 'window' },
  'annotations.folder': { default: 'beside', scope: 'resource' },
  engine: { default: {}, scope: 'machine-overridable' },
  endpoints: { default: {}, scope: 'machine' },
  'endpoint.trace': { default: false, scope: 'machine' },
  'encoder.threads': { default: null, scope: 'machine' },
  'encoder.idleMinutes': { default: 10, scope: 'machine' },
};

/** Settings whose workspace value is ignored until the workspace is trusted. */
export const restrictedSettings: readonly SettingName[] = ['model', 'engine', 'endpoints'];

/** Context keys of `when` clauses, with the type of their value. */
export interface ContextKeys {
  /** The active document shows entities. */
  readonly 'dynamicner.hasEntities': boolean;
  /** The active document has rejected entities. */
  readonly 'dynamicner.hasRejected': boolean;
  /** An extraction is under way in the active document. */
  readonly 'dynamicner.busy': boolean;
  /** A shown entity touches the cursor. */
  readonly 'dynamicner.atEntity': boolean;
  /** The active text document is a data set of a format that is known. */
  readonly 'dynamicner.isDataset': boolean;
  /** "Extract Entities in Files…" has results. */
  readonly 'dynamicner.hasFilesResults': boolean;
  /** How the tree "Entities" is built. */
  readonly 'dynamicner.entities.order': 'type' | 'text';
  readonly 'dynamicner.entities.sort': 'count' | 'name';
  /** Where the focus is in the label editor: in its tree, in a field, elsewhere in it, or not in it. */
  readonly 'dynamicner.labels.focus': FocusPlace;
  /** What the label editor shows cannot be edited. */
  readonly 'dynamicner.labels.readOnly': boolean;
  /** The tree shows only what matches a filter. */
  readonly 'dynamicner.entities.filtered': boolean;
  /** Keys are commands of the data-set editor in front: its page has the focus, and no input of it. */
  readonly 'dynamicner.dataset.keys': boolean;
  /** The tree shows the entity at the cursor. */
  readonly 'dynamicner.entities.follow': boolean;
}

/** The custom editor for `*.taxonomy.json`, and the panel for lists that cannot be edited. */
export const labelEditorType = 'dynamicner.labelEditor';
export const labelPanelType = 'dynamicner.labels';
/** The editor of data sets, and the files that it is offered for. */
export const datasetEditor = {
  viewType: 'dynamicner.datasetEditor',
  endings: [
    '.json',
    '.jsonl',
    '.ndjson',
    '.txt',
    '.tsv',
    '.csv',
    '.conll',
    '.conllu',
    '.bio',
    '.iob',
    '.iob2',
    '.bioes',
    '.bilou',
    '.xml',
    '.html',
  ],
} as const;
/** Those of them that stand for data; most files of the others are prose and pages. */
export const dataEndings = datasetEditor.endings.filter(
  (ending) => ending !== '.txt' && ending !== '.html',
);

export const viewIds = ['dynamicner.entities', 'dynamicner.files'] as const;

/** Number of colours for top-level types; a taxonomy with more of them starts again at the first. */
export const colourSlots = 12;

/** Theme colour of a slot, 0 to 11, for borders and the overview ruler. */
export function borderColourId(slot: number): string {
  return `dynamicner.type${slot + 1}`;
}

/** Theme colour of a slot, 0 to 11, for backgrounds: translucent, so that nested ones stack. */
export function backgroundColourId(slot: number): string {
  return `dynamicner.type${slot + 1}Background`;
}
