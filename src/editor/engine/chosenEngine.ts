import { withoutKeys } from '../../core/withoutKeys';
import {
  promptProtocolNames,
  readWorker,
  type EngineSetting,
  type EngineSettings,
} from '../../engines/settings';

/** Engines as “Select Engine…” offers them. */
export const engineChoices = [
  'encoder',
  'cascade',
  'encoderEndpoint',
  'endpointEncoder',
  'verify',
  ...promptProtocolNames,
] as const;

export type EngineChoice = (typeof engineChoices)[number];

/** What the encoder is sure of, or certainly wrong about, is not worth a question. */
const defaultVerify = { low: 0.2, high: 0.6 };

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
