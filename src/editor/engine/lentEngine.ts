import type { Engine } from '../../engines/engine';

/** An engine that whoever uses it cannot close: its owner does. */
export function lend(engine: Engine): Engine {
  const { embed } = engine;
  return {
    name: engine.name,
    model: engine.model,
    capabilities: engine.capabilities,
    extract: (passages, options) => engine.extract(passages, options),
    rankTypes: (passage, spans, options) => engine.rankTypes(passage, spans, options),
    ...(embed === undefined ? {} : { embed: embed.bind(engine) }),
    dispose: () => Promise.resolve(),
  };
}
