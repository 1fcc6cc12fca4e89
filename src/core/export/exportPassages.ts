import type { PassageData, Passages } from '../formats/format';
import type { Taxonomy } from '../labels/taxonomy';
import { chooseEntities, type StateChoice } from './chooseEntities';
import type { ExportReport } from './exportReport';
import type { ExportTarget } from './exportTargets';

export interface ExportOptions {
  readonly target: ExportTarget;
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
  { target, states, level, taxonomy, report }: ExportOptions,
): AsyncIterable<Uint8Array> {
  async function* chosen(): AsyncGenerator<PassageData, void> {
    for await (const one of passages) {
      const passage = chooseEntities(one, states);
      report.count(passage);
      yield target.prepare?.(passage, taxonomy) ?? passage;
    }
  }
  return target.write(chosen(), {
    full: true,
    ...(level === undefined || target.label === 'own' ? {} : { level }),
    onNote: (note, passage) => report.note(note, passage),
  });
}
