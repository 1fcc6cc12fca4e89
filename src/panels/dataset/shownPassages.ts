import type { PassageView } from '../../core/dataset/passage';
import type { Entity } from '../../core/entity/entity';
import type { Phrase } from '../../core/messages/phrase';
import type { ShownPassage, ShownSpan } from '../../core/messages/datasetPanel';
import { describeProblem } from '../../core/problem';
import type { Palette } from '../../editor/decorations/palette';

/** How passages are shown. */
export interface Showing {
  readonly palette: Palette;
  /** Least probability of suggestions that are shown. */
  readonly threshold: number;
  /** A phrase in the user's language. */
  readonly say: (phrase: Phrase) => string;
}

/** A passage as the page draws it: spans in text order, the outer before those inside it. */
export function shownPassage(
  view: PassageView,
  { palette, threshold, say }: Showing,
): ShownPassage {
  const { id, number, passage, review, problems, isBad } = view;
  const spans = passage.entities
    .filter(({ state, score }) => state !== 'suggested' || (score ?? 1) >= threshold)
    .map((entity) => shownSpan(entity, palette))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  return {
    id,
    number,
    text: passage.text,
    spans,
    problems: problems.map((problem) => say(describeProblem(problem))),
    editable: !isBad,
    status: review.status,
    flag: review.flag,
    comment: review.comment,
  };
}

/** An entity as the page draws it, in the colours of the text editor. */
export function shownSpan(entity: Entity, palette: Palette): ShownSpan {
  const { id, start, end, path, state, score, annotator, source, flag, comment } = entity;
  const { colour, border } = palette.look(path, 0);
  const found = [source?.engine, source?.model].filter((part) => part !== undefined).join(' · ');
  return {
    id,
    start,
    end,
    path: [...path],
    colour,
    border,
    state,
    score: score ?? null,
    annotator: annotator ?? source?.user ?? null,
    source: found === '' ? null : found,
    flag: flag === true,
    comment: comment ?? '',
  };
}
