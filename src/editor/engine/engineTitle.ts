import * as vscode from 'vscode';
import { readWorker, type EngineSettings, type Worker } from '../../engines/settings';

/** Names of protocols as their authors write them. */
export const protocolTitles = {
  b2ner: 'B2NER',
  universalner: 'UniversalNER',
  gptner: 'GPT-NER',
  promptner: 'PromptNER',
  instructuie: 'InstructUIE',
  json: 'JSON',
} as const;

/** An engine as the status bar and the quick pick call it. */
export function engineTitle({ protocol, extractor, classifier, verify }: EngineSettings): string {
  const { t } = vscode.l10n;
  if (protocol === 'encoder') return t('Encoder');
  if (protocol !== 'cascade') return protocolTitles[protocol];
  const [extracts, classifies] = [readWorker(extractor).kind, readWorker(classifier).kind];
  if (extracts !== 'encoder' && classifies !== 'encoder') return t('Cascade');
  if (extracts === 'encoder' && classifies === 'encoder') return t('Encoder');
  if (verify !== undefined) return t('Encoder, verified');
  return extracts === 'encoder' ? t('Encoder + endpoint') : t('Endpoint + encoder');
}

/** Who is asked by an engine, each once; nobody where the encoder does all of it. */
export function askedWorkers({
  protocol,
  extractor,
  classifier,
}: EngineSettings): Exclude<Worker, { kind: 'encoder' }>[] {
  if (protocol === 'encoder') return [];
  const parts = protocol === 'cascade' ? [extractor, classifier] : [extractor];
  const asked = parts.map(readWorker).filter((worker) => worker.kind !== 'encoder');
  return [...new Map(asked.map((worker) => [JSON.stringify(worker), worker])).values()];
}

/** Whether the encoder has a part in the engine's work. */
export function usesEncoder({ protocol, extractor, classifier }: EngineSettings): boolean {
  if (protocol === 'encoder') return true;
  const names = protocol === 'cascade' ? [extractor.by, classifier.by] : [];
  return (
    names.includes('encoder') ||
    [extractor, classifier].some(({ demonstrations }) => demonstrations.choose === 'nearest')
  );
}

/** Whether models are shown what the user has annotated in open documents. */
export function showsAnnotations({ extractor, classifier }: EngineSettings): boolean {
  return [extractor, classifier].some(
    ({ demonstrations: { choose, file } }) => choose !== 'none' && file === undefined,
  );
}
