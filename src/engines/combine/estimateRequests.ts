import type { LabelSpec, TypeSpec } from '../../core/labels/labelSpec';
import { typesOf } from '../cascade/typeTree';
import { askedLabels } from '../prompts/askedLabels';
import { promptProtocols, type PromptProtocolName } from '../prompts/protocols';
import { readWorker, type EngineSettings } from '../settings';

/** Mentions of a sentence, as they are in the data set that the cascade was made for. */
const MENTIONS = 3;

/**
 * How many requests a run over some sentences takes. `certain` is what is asked whatever the answers
 * are: the cascade's first stage, or a prompt protocol's questions. `likely` adds what is asked about
 * each mention, for as many mentions as sentences have on average: the second stage, each level being a
 * question, or the protocol's verification. What is kept on disk, asked twice or verified only where it
 * is uncertain makes it fewer. An encoder alone takes none.
 */
export function estimateRequests(
  settings: EngineSettings,
  sentences: number,
  labels: LabelSpec,
): { readonly certain: number; readonly likely: number } {
  const { protocol, extractor, classifier } = settings;
  if (protocol === 'encoder') return { certain: 0, likely: 0 };
  if (protocol !== 'cascade') return estimateProtocol(settings, protocol, sentences, labels);
  const certain = readWorker(extractor).kind === 'encoder' ? 0 : sentences * extractor.samples;
  if (readWorker(classifier).kind === 'encoder') return { certain, likely: certain };
  const levels = classifier.descent === 'direct' ? 1 : depthOf(typesOf(labels));
  return { certain, likely: certain + sentences * MENTIONS * levels * classifier.samples };
}

function estimateProtocol(
  { prompting }: EngineSettings,
  name: PromptProtocolName,
  sentences: number,
  labels: LabelSpec,
): { readonly certain: number; readonly likely: number } {
  const protocol = promptProtocols[name];
  const { labelsPerQuestion } = protocol;
  const { samples, level, naming, mostTypes = labelsPerQuestion } = prompting;
  const asked = askedLabels(labels, {
    level: level === undefined ? undefined : level - 1,
    naming,
    describes: false,
  });
  const most = labelsPerQuestion === 1 ? 1 : mostTypes;
  const certain = sentences * samples * Math.ceil(asked.length / most);
  const verified = protocol.verify !== undefined && prompting.verify ? sentences * MENTIONS : 0;
  return { certain, likely: certain + verified };
}

function depthOf(types: readonly TypeSpec[]): number {
  return types.reduce((most, { children = [] }) => Math.max(most, 1 + depthOf(children)), 0);
}
