import type { PassageId, PassageView } from '../../core/dataset/passage';
import type { OpenDataset } from './contract';

const pageLength = 200;

/** All passages of a data set that could be read, in order, by pages; those of `ids` alone where given. */
export async function* allPassages(
  dataset: OpenDataset,
  ids?: readonly PassageId[],
): AsyncGenerator<PassageView, void> {
  for (let from = 0; from < (ids?.length ?? dataset.count); from += pageLength) {
    const page =
      ids === undefined
        ? await dataset.passages(from, Math.min(from + pageLength, dataset.count))
        : await dataset.passagesOf(ids.slice(from, from + pageLength));
    for (const view of page) if (!view.isBad) yield view;
  }
}
