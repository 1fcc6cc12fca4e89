import { withoutKeys } from '../../core/withoutKeys';
import {
  promptProtocolNames,
  readWorker,
  type EngineSetting,
  type EngineSettings,
  type WorkerSetting,
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

const encoder: WorkerSetting = { by: 'encoder' };

/** Which of the offered engines settings describe. */
export function choiceOf({
  protocol,
  extractor,
  classifier,
  verify,
}: EngineSettings): EngineChoice {
  if (protocol !== 'cascade') return protocol;
  const [extracts, classifies] = [extractor, classifier].map(asksModel);
  if (extracts) return classifies ? 'cascade' : 'endpointEncoder';
  if (!classifies) return 'encoder';
  return verify === undefined ? 'encoderEndpoint' : 'verify';
}

/**
 * The setting for a choice: what it does not concern, such as samples and budgets, stays as it was.
 * @param asked Who is asked; needless for the encoder.
 * @returns Undefined where nothing differs from the defaults.
 */
export function settingFor(
  choice: EngineChoice,
  asked: WorkerSetting,
  before: EngineSetting,
): EngineSetting | undefined {
  switch (choice) {
    case 'encoder':
      return settingForParts(encoder, encoder, before);
    case 'cascade':
      return settingForParts(asked, asked, before);
    case 'encoderEndpoint':
      return settingForParts(encoder, asked, withoutKeys(before, 'verify'));
    case 'endpointEncoder':
      return settingForParts(asked, encoder, before);
    case 'verify': {
      const { verify = defaultVerify } = before;
      return settingForParts(encoder, asked, { ...before, verify });
    }
    default:
      return { ...settingForParts(asked, asked, before), protocol: choice };
  }
}

/**
 * The setting for an extractor and a classifier. What only one of them is asked about, `verify`, stays
 * where the encoder extracts and a model classifies.
 * @returns Undefined where nothing differs from the defaults.
 */
export function settingForParts(
  extractor: WorkerSetting,
  classifier: WorkerSetting,
  before: EngineSetting,
): EngineSetting | undefined {
  const { verify } = before;
  const verifies = verify !== undefined && !asksModel(extractor) && asksModel(classifier);
  const parts = {
    extractor: partOf(extractor, before.extractor),
    classifier: partOf(classifier, before.classifier),
  };
  const setting: EngineSetting = {
    ...withoutKeys(before, 'protocol', 'verify', 'extractor', 'classifier'),
    ...(asksModel(extractor) || asksModel(classifier) ? { protocol: 'cascade' } : {}),
    ...(verifies ? { verify } : {}),
    ...(parts.extractor === undefined ? {} : { extractor: parts.extractor }),
    ...(parts.classifier === undefined ? {} : { classifier: parts.classifier }),
  };
  return Object.keys(setting).length === 0 ? undefined : setting;
}

function asksModel(part: WorkerSetting): boolean {
  return readWorker(part).kind !== 'encoder';
}

/** The settings of a part with another worker; undefined where none differs from the defaults. */
function partOf<Part extends object>(
  { by, model }: WorkerSetting,
  before: Part | undefined,
): Omit<Part, 'by' | 'model'> | undefined {
  const others = withoutKeys((before ?? {}) as Part & WorkerSetting, 'by', 'model');
  const part = {
    ...others,
    ...(by === encoder.by ? {} : { by }),
    ...(model === undefined ? {} : { model }),
  };
  return Object.keys(part).length === 0 ? undefined : part;
}
