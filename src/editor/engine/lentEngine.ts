import type { Engine } from '../../engines/engine';

/** An engine that whoever uses it cannot close: its owner does. */
export function lend(engine: Engine): Engine {
  return {
    name: engine.name,
    model: engine.model,
    capabilities: engine.capabilities,
    extract: (passages, options) => engine.extract(passages, options),
    rankTypes: (passage, spans, options) => engine.rankTypes(passage, spans, options),
    ...(engine.embed === undefined ? {} : { embed: engine.embed.bind(engine) }),
    ...(engine.embedLabels === undefined ? {} : { embedLabels: engine.embedLabels.bind(engine) }),
    ...(engine.alikeLabels === undefined ? {} : { alikeLabels: engine.alikeLabels.bind(engine) }),
    ...(engine.learn === undefined ? {} : { learn: engine.learn.bind(engine) }),
    dispose: () => Promise.resolve(),
  };
}
