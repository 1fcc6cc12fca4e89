import * as vscode from 'vscode';
import { withoutKeys } from '../../core/withoutKeys';
import {
  promptProtocolNames,
  readWorker,
  type EngineSetting,
  type EngineSettings,
} from '../../engines/settings';
import { protocolTitles } from './engineTitle';

/** Engines as “Select Engine…” offers them. */
export type EngineChoice =
  | 'encoder'
  | 'cascade'
  | 'encoderEndpoint'
  | 'endpointEncoder'
  | 'verify'
  | (typeof promptProtocolNames)[number];

export interface ChoiceItem extends vscode.QuickPickItem {
  readonly choice?: EngineChoice;
}

/** What the encoder is sure of, or certainly wrong about, is not worth a question. */
const defaultVerify = { low: 0.2, high: 0.6 };

/** All engines, the one in force marked. */
export function choiceItems(inForce: EngineSettings): ChoiceItem[] {
  const { t } = vscode.l10n;
  const now = choiceOf(inForce);
  const item = (choice: EngineChoice, label: string, detail: string): ChoiceItem => ({
    label,
    detail,
    choice,
    ...(choice === now ? { description: t('in use') } : {}),
  });
  const separator = (label: string): ChoiceItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  return [
    item('encoder', t('Encoder'), t('Offline and fast; text stays on this machine.')),
    separator(t('Cascade: one step finds spans, another one types them')),
    item(
      'cascade',
      t('Cascade'),
      t('A language model finds the spans and types them, level by level.'),
    ),
    item(
      'encoderEndpoint',
      t('Encoder finds, language model types'),
      t('One question for each entity and level.'),
    ),
    item(
      'endpointEncoder',
      t('Language model finds, encoder types'),
      t('A question for each sentence; types cost nothing.'),
    ),
    item(
      'verify',
      t('Encoder proposes, language model verifies'),
      t('Only what the encoder is uncertain about is asked: the fewest requests.'),
    ),
    separator(t('Prompts that ask for spans and types at once')),
    ...promptProtocolNames.map((name) => item(name, protocolTitles[name], describeProtocol(name))),
  ];
}

function describeProtocol(name: (typeof promptProtocolNames)[number]): string {
  const { t } = vscode.l10n;
  switch (name) {
    case 'b2ner':
      return t('Up to 60 types in one question; for models fine-tuned on B2NERD.');
    case 'universalner':
      return t('A question for each type; for models such as UniNER.');
    case 'gptner':
      return t('A question for each type, entities marked in the text, then each is verified.');
    case 'promptner':
      return t('Definitions of types in the question, candidates with reasons in the answer.');
    case 'instructuie':
      return t('An instruction with options; for models fine-tuned that way.');
    case 'json':
      return t('Structured output by a JSON schema; for models that keep to one.');
  }
}

/** Which of the offered engines settings describe. */
export function choiceOf({
  protocol,
  extractor,
  classifier,
  verify,
}: EngineSettings): EngineChoice {
  if (protocol !== 'cascade') return protocol;
  const extracts = readWorker(extractor.by).kind !== 'encoder';
  const classifies = readWorker(classifier.by).kind !== 'encoder';
  if (extracts) return classifies ? 'cascade' : 'endpointEncoder';
  if (!classifies) return 'encoder';
  return verify === undefined ? 'encoderEndpoint' : 'verify';
}

/**
 * The setting for a choice: what it does not concern, such as samples and budgets, stays as it was.
 * @param by Who is asked, as `endpoint:NAME` or `vscode:ID`; needless for the encoder.
 * @returns Undefined where nothing differs from the defaults.
 */
export function settingFor(
  choice: EngineChoice,
  by: string,
  before: EngineSetting,
): EngineSetting | undefined {
  const { verify, extractor = {}, classifier = {} } = before;
  const others = withoutKeys(before, 'protocol', 'verify', 'extractor', 'classifier');
  if (choice === 'encoder') {
    const extracting = withoutKeys(extractor, 'by');
    const classifying = withoutKeys(classifier, 'by');
    const left = {
      ...others,
      ...(Object.keys(extracting).length === 0 ? {} : { extractor: extracting }),
      ...(Object.keys(classifying).length === 0 ? {} : { classifier: classifying }),
    };
    return Object.keys(left).length === 0 ? undefined : left;
  }
  const extracts = choice !== 'encoderEndpoint' && choice !== 'verify';
  const classifies = choice !== 'endpointEncoder';
  const isCascade = ['cascade', 'encoderEndpoint', 'endpointEncoder', 'verify'].includes(choice);
  return {
    ...others,
    protocol: isCascade ? 'cascade' : (choice as (typeof promptProtocolNames)[number]),
    extractor: { ...extractor, by: extracts ? by : 'encoder' },
    classifier: { ...classifier, by: classifies ? by : 'encoder' },
    ...(choice === 'verify' ? { verify: verify ?? defaultVerify } : {}),
  };
}
