import type { DatasetCounts } from '../../core/dataset/counts';
import type { TypePath } from '../../core/entity/entity';
import type { LabelList } from '../../core/labels/labelList';
import { foldPath } from '../../core/labels/names';
import type { TypeRow } from '../../core/messages/datasetPanel';
import type { Palette } from '../../editor/decorations/palette';

/**
 * The types to choose from in a data set: the enabled ones of the label list in its order, then those
 * that its entities have besides, then those that were made for it.
 */
export function typeRows(
  list: LabelList,
  palette: Palette,
  counts: DatasetCounts | undefined,
  made: readonly TypePath[],
): TypeRow[] {
  const rows: TypeRow[] = list.labels
    .filter(({ path }) => list.isEnabled(path))
    .map(({ path, description, synonyms }) => ({
      path: [...path],
      colour: palette.colour(path),
      description: description ?? null,
      synonyms: [...(synonyms ?? [])],
    }));
  const known = new Set(rows.map(({ path }) => foldPath(path)));
  for (const path of [...(counts?.types ?? []).map((type) => type.path), ...made]) {
    if (known.has(foldPath(path))) continue;
    known.add(foldPath(path));
    const colour = palette.colour(path);
    rows.push({ path: [...path], colour, description: null, synonyms: [] });
  }
  return rows;
}
