import type { PassageData, Passages, WriteOptions } from '../formats/format';
import type { Taxonomy } from '../labels/taxonomy';
import type { FolderFile } from './bratFiles';
import { chooseEntities, type StateChoice } from './chooseEntities';
import type { ExportReport } from './exportReport';
import type { ExportTarget, FileTarget, FolderTarget } from './exportTargets';

export interface ExportOptions<T extends ExportTarget = ExportTarget> {
  readonly target: T;
  readonly states: StateChoice;
  /** Level whose names are the labels (0 = top); the deepest known of each entity when absent. */
  readonly level?: number;
  readonly taxonomy: Taxonomy;
  /** Told what was written and what was lost. */
  readonly report: ExportReport;
}

/** Yields the bytes of an export, each passage as it comes: memory is that of the target's format. */
export function exportPassages(
  passages: Passages,
  options: ExportOptions<FileTarget>,
): AsyncIterable<Uint8Array> {
  return options.target.write(prepare(passages, options), writeOptions(options));
}

/** Yields the files of an export into a folder, each passage's as it comes. */
export function exportFiles(
  passages: Passages,
  options: ExportOptions<FolderTarget>,
): AsyncIterable<FolderFile> {
  return options.target.files(prepare(passages, options), writeOptions(options));
}

async function* prepare(
  passages: Passages,
  { target, states, taxonomy, report }: ExportOptions,
): AsyncGenerator<PassageData, void> {
  for await (const one of passages) {
    const passage = chooseEntities(one, states);
    report.count(passage);
    yield target.prepare?.(passage, taxonomy) ?? passage;
  }
}

function writeOptions({ target, level, report }: ExportOptions): WriteOptions {
  return {
    full: true,
    ...(level === undefined || target.label === 'own' ? {} : { level }),
    onNote: (note, passage) => report.note(note, passage),
  };
}
