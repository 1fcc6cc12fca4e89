import { CascadeEngine, type CascadeOptions } from '../../src/engines/combine/cascadeEngine';
import { EndpointClassifier } from '../../src/engines/cascade/endpointClassifier';
import { EndpointExtractor, type Asking } from '../../src/engines/cascade/endpointExtractor';
import { cascadePrompts } from '../../src/engines/cascade/prompts';
import type { Questions } from '../../src/engines/endpoint/questions';
import {
  classifierSettingsSchema,
  extractorSettingsSchema,
  type EngineSetting,
} from '../../src/engines/settings';
import { loadTemplates } from '../../src/engines/templates';

/** Both stages asked of one model. */
export async function cascadeOf(
  questions: Questions,
  settings: Pick<EngineSetting, 'extractor' | 'classifier'> = {},
  options: CascadeOptions & Partial<Asking> = {},
): Promise<CascadeEngine> {
  const { templates, demonstrations, ...engineOptions } = options;
  const asking: Asking = {
    questions,
    templates: templates ?? (await loadTemplates(cascadePrompts)),
    demonstrations: demonstrations ?? (() => Promise.resolve([])),
  };
  const extractor = extractorSettingsSchema.parse(settings.extractor ?? {});
  return new CascadeEngine(
    new EndpointExtractor(asking, extractor),
    new EndpointClassifier(
      asking,
      classifierSettingsSchema.parse(settings.classifier ?? {}),
      extractor.unit,
    ),
    engineOptions,
  );
}
