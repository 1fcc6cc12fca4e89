import * as vscode from 'vscode';
import type { LabelList } from '../../core/labels/labelList';
import type { TriedText } from '../../core/messages/labelEditor';
import { sayError } from '../../editor/wording';
import type { LabelParts } from './labelParts';

/** A text to try a list on is a sentence or two, not a book. UTF-16 units. */
const mostUnits = 4000;

/** The spans of a text under a list; why there are none where a language model would have to be asked. */
export async function tryText(
  text: string,
  list: LabelList,
  { engine: access, view, settings }: LabelParts,
): Promise<TriedText> {
  if (access.asksModels) {
    return {
      spans: [],
      problem: vscode.l10n.t(
        'The engine in force asks a language model about each text, so nothing is tried while you type. Use the encoder to try the list.',
      ),
    };
  }
  try {
    const engine = await access.engine();
    const threshold = view.wantedThreshold;
    const passages = [{ id: 'try', text: text.slice(0, mostUnits) }];
    const results = engine.extract(passages, {
      labels: list.toSpec(),
      overlap: settings.get('overlap'),
      ...(threshold === undefined ? {} : { threshold }),
    });
    for await (const { entities } of results) {
      return {
        spans: entities.map(({ start, end, path, score }) => ({
          start,
          end,
          path: [...path],
          score: score ?? null,
        })),
        problem: '',
      };
    }
    return { spans: [], problem: '' };
  } catch (error) {
    return { spans: [], problem: sayError(error) };
  }
}
