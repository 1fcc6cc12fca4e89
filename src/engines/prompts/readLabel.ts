import { foldName } from '../../core/labels/names';
import { matchType } from '../cascade/matchType';
import type { AskedLabel } from './promptProtocol';

/** Finds the labels that answers name. */
export class LabelReader {
  /** Names, then last names of paths, then synonyms; two labels of the same one give none. */
  private readonly exact: readonly ReadonlyMap<string, AskedLabel | undefined>[];

  constructor(private readonly labels: readonly AskedLabel[]) {
    this.exact = [
      indexBy(labels, ({ name }) => [name, name.replaceAll('->', ' ')]),
      indexBy(labels, ({ path }) => path.slice(-1)),
      indexBy(labels, ({ synonyms = [] }) => synonyms),
    ];
  }

  /** The label of exactly this name, last name or synonym, without regard to case and quotes. */
  named(said: string): AskedLabel | undefined {
    const name = foldName(bare(said));
    for (const index of this.exact) if (index.has(name)) return index.get(name);
    return undefined;
  }

  /**
   * The label that these words most likely mean: `none` where they say that none applies, undefined
   * where it cannot be told.
   */
  meant(said: string): AskedLabel | 'none' | undefined {
    const named = this.named(said);
    if (named !== undefined) return named;
    const names = this.labels.map(({ name }) => ({ name }));
    const match = matchType(bare(said), names);
    if (match.kind === 'unknown') return 'none';
    return match.kind === 'option' ? this.labels[match.index] : undefined;
  }
}

function indexBy(
  labels: readonly AskedLabel[],
  namesOf: (label: AskedLabel) => readonly string[],
): ReadonlyMap<string, AskedLabel | undefined> {
  const index = new Map<string, AskedLabel | undefined>();
  for (const label of labels) {
    for (const name of new Set(namesOf(label).map(foldName))) {
      index.set(name, index.has(name) ? undefined : label);
    }
  }
  return index;
}

/** Without what models put around names: quotes, brackets, stars, a final full stop. */
function bare(said: string): string {
  return said.trim().replace(/^[\s"'“”‘’`*_[(<{「]+|[\s"'“”‘’`*_\])>}」.。]+$/gu, '');
}
