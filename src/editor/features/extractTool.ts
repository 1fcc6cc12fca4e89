import path from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../../core/errors';
import { LabelList } from '../../core/labels/labelList';
import { phrase } from '../../core/messages/phrase';
import type { Entity } from '../../core/entity/entity';
import type { Passage } from '../../engines/engine';
import type { EngineAccess } from '../engine/engineAccess';
import { measurePassages } from '../engine/measurePassages';
import { sliceDocument } from '../extraction/slices';
import { rangeOf } from '../documents/textRanges';
import { partsToRead } from '../extraction/textParts';
import type { LabelsInForce } from '../labels/labelsInForce';
import type { Settings } from '../settings';
import { extractToolSchema, type ExtractToolInput } from './extractToolInput';
import { say, sayError } from '../wording';

/** More entities than these are counted, not listed: an answer has to fit into a conversation. */
const mostListed = 2000;

/** What the tool answers, as JSON; offsets are UTF-16 units from the text's beginning, end exclusive. */
export interface ExtractToolAnswer {
  readonly engine: string;
  readonly model: string;
  readonly entities: readonly {
    readonly text: string;
    readonly type: readonly string[];
    readonly start: number;
    readonly end: number;
    readonly score?: number;
  }[];
  /** Entities that are not listed because there are too many. */
  readonly notListed?: number;
  readonly diagnostics?: readonly string[];
}

/** The parts of a text that are read, and the text itself. */
interface Source {
  readonly document: vscode.TextDocument;
  readonly passages: readonly { readonly start: number; readonly text: string }[];
}

/** The tool `extract_entities` for language models inside VS Code: text or a file, and labels, to entities. */
export class ExtractTool implements vscode.LanguageModelTool<unknown> {
  constructor(
    private readonly access: EngineAccess,
    private readonly labels: LabelsInForce,
    private readonly settings: Settings,
  ) {}

  prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<unknown>): vscode.PreparedToolInvocation {
    const { t } = vscode.l10n;
    const { data } = extractToolSchema.safeParse(input);
    const what = data?.file ?? t('a text');
    const { remote, model } = this.access.current;
    return {
      invocationMessage: t('Extracting entities from {0}', what),
      ...(remote
        ? {
            confirmationMessages: {
              title: t('Extract Entities'),
              // The file's name comes from a language model: no markup of it counts.
              message: new vscode.MarkdownString().appendText(
                t('The text of {0} leaves this machine: {1}.', what, model),
              ),
            },
          }
        : {}),
    };
  }

  async invoke(
    { input, tokenizationOptions }: vscode.LanguageModelToolInvocationOptions<unknown>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const stop = new AbortController();
    const listening = token.onCancellationRequested(() => stop.abort());
    try {
      const answer = await this.extract(readInput(input), stop.signal);
      const text = await fittingText(answer, tokenizationOptions, token);
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
    } catch (error) {
      stop.signal.throwIfAborted();
      // What a language model reads about a failure is what a user would.
      throw new Error(sayError(error), { cause: error });
    } finally {
      listening.dispose();
    }
  }

  private async extract(input: ExtractToolInput, signal: AbortSignal): Promise<ExtractToolAnswer> {
    const { document, passages } = await this.open(input);
    const labels = (
      input.labels === undefined
        ? await this.labels.ready(document.uri)
        : LabelList.flat(input.labels.map((name) => ({ name })))
    ).toSpec();
    const texts = passages.map(({ text }) => text);
    const engine = await this.access.begin({ labels, measure: () => measurePassages(texts) });
    const asked: Passage[] = texts.map((text, index) => ({ id: String(index), text }));
    const threshold = input.threshold ?? this.settings.get('threshold') ?? undefined;
    const found: Entity[] = [];
    const diagnostics = new Set<string>();
    for await (const result of engine.extract(asked, {
      labels,
      overlap: this.settings.get('overlap', document),
      signal,
      ...(threshold === undefined ? {} : { threshold }),
    })) {
      const base = passages[Number(result.id)]?.start ?? 0;
      for (const one of result.entities) {
        found.push({ ...one, start: one.start + base, end: one.end + base });
      }
      for (const message of result.diagnostics ?? []) diagnostics.add(say(message));
    }
    const text = document.getText();
    return {
      engine: engine.name,
      model: engine.model,
      entities: found.slice(0, mostListed).map((entity) => listed(text, entity)),
      ...(found.length > mostListed ? { notListed: found.length - mostListed } : {}),
      ...(diagnostics.size > 0 ? { diagnostics: [...diagnostics] } : {}),
    };
  }

  private async open({ text, file }: ExtractToolInput): Promise<Source> {
    const document =
      file === undefined
        ? await vscode.workspace.openTextDocument({ content: text ?? '', language: 'plaintext' })
        : await vscode.workspace.openTextDocument(fileIn(file));
    const { languageId } = document;
    const only = partsToRead(languageId, this.settings.get('extract.code', document));
    const whole = sliceDocument(document);
    const slices = only === undefined ? whole : [{ start: 0, end: whole.at(-1)?.end ?? 0 }];
    const passages: { start: number; text: string }[] = [];
    for (const slice of slices) {
      const piece = document.getText(rangeOf(document, slice));
      const { offsets } = await this.access.segment({
        text: piece,
        languageId,
        ...(only === undefined ? {} : { only }),
      });
      for (let at = 0; at + 1 < offsets.length; at += 2) {
        const [start = 0, end = 0] = offsets.slice(at, at + 2);
        passages.push({ start: slice.start + start, text: piece.slice(start, end) });
      }
    }
    return { document, passages };
  }
}

/** The answer as JSON, with as many entities as the caller has tokens for; the others are counted. */
async function fittingText(
  answer: ExtractToolAnswer,
  limits: vscode.LanguageModelToolTokenizationOptions | undefined,
  token: vscode.CancellationToken,
): Promise<string> {
  const all = answer.entities.length + (answer.notListed ?? 0);
  let shown = answer;
  for (;;) {
    const text = JSON.stringify(shown);
    const { length } = shown.entities;
    if (limits === undefined || length === 0) return text;
    if ((await limits.countTokens(text, token)) <= limits.tokenBudget) return text;
    const entities = shown.entities.slice(0, Math.floor(length / 2));
    shown = { ...answer, entities, notListed: all - entities.length };
  }
}

/** @throws InputError naming the field that does not fit. */
function readInput(input: unknown): ExtractToolInput {
  const { data, error } = extractToolSchema.safeParse(input);
  const [issue] = error?.issues ?? [];
  if (data === undefined) {
    throw new InputError(
      phrase`The value does not fit: ${issue?.message ?? ''}`,
      phrase`Give { "text": "…" } or { "file": "…" }, and "labels" as a list of names where it matters.`,
      { field: issue?.path.join('.') ?? '' },
    );
  }
  if ((data.text === undefined) === (data.file === undefined)) {
    throw new InputError(
      phrase`There has to be either a text or a file`,
      phrase`Give { "text": "…" } or { "file": "…" }.`,
    );
  }
  return data;
}

/** A file of the workspace, by its path from a workspace folder or its whole path. @throws InputError for any other. */
function fileIn(file: string): vscode.Uri {
  const folders = vscode.workspace.workspaceFolders ?? [];
  for (const { uri } of folders) {
    const target = path.isAbsolute(file)
      ? vscode.Uri.file(path.normalize(file))
      : vscode.Uri.joinPath(uri, file);
    if (vscode.workspace.getWorkspaceFolder(target) !== undefined) return target;
  }
  throw new InputError(
    phrase`The file is not in the workspace`,
    phrase`Name a file below the workspace folder.`,
    { source: file },
  );
}

function listed(
  text: string,
  { start, end, path: type, score }: Entity,
): ExtractToolAnswer['entities'][number] {
  return {
    text: text.slice(start, end),
    type,
    start,
    end,
    ...(score === undefined ? {} : { score: Math.round(score * 1000) / 1000 }),
  };
}
