import {
  ErrorCodes,
  ResponseError,
  type CancellationToken,
  type MessageConnection,
  type RequestType,
} from 'vscode-jsonrpc';
import type { Engine } from '../engines/engine';
import type { Activity } from './activity';
import { toResponseError } from './errors';
import { extractPassages } from './extractPassages';
import { LabelStore } from './labelStore';
import { LoadedEncoder } from './loadedEncoder';
import {
  alikeLabels,
  embed,
  embedLabels,
  extract,
  extracted,
  learn,
  load,
  ping,
  putLabels,
  rankTypes,
  segment,
  statistics,
} from './protocol';
import { segmentText } from './segmentText';

/** What the process answers to which request. */
export function registerHandlers(connection: MessageConnection, activity: Activity): void {
  const encoder = new LoadedEncoder();
  const labels = new LabelStore();

  const on = <P, R>(
    type: RequestType<P, R, void>,
    handler: (params: P, signal: AbortSignal) => Promise<R> | R,
  ): void => {
    connection.onRequest(type, (params: P, token: CancellationToken) =>
      activity.during(() => answer(() => handler(params, signalOf(token)))),
    );
  };

  on(load, (params) => encoder.load(params));
  on(segment, (params) => segmentText(params));
  on(putLabels, (spec) => {
    labels.put(spec);
    return null;
  });
  on(extract, (params, signal) =>
    extractPassages(encoder.engine, params, labels.get(params.labels), signal, (notice) =>
      connection.sendNotification(extracted, notice),
    ),
  );
  on(rankTypes, ({ passage, spans, limit, labels: id }, signal) =>
    encoder.engine.rankTypes(passage, spans, { labels: labels.get(id), limit, signal }),
  );
  on(learn, ({ passages, labels: id, estimates }, signal) => {
    const engine: Engine = encoder.engine;
    if (engine.learn === undefined) {
      throw new ResponseError(
        ErrorCodes.InvalidRequest,
        'This model cannot learn from annotations: use a bundled one.',
      );
    }
    return engine.learn(passages, { labels: labels.get(id), estimates, signal });
  });
  on(embedLabels, async ({ texts }) => {
    const engine: Engine = encoder.engine;
    if (engine.embedLabels === undefined) throw noVectors();
    return (await engine.embedLabels(texts)).map((vector) => [...vector]);
  });
  on(alikeLabels, ({ groups, from }) => {
    const engine: Engine = encoder.engine;
    if (engine.alikeLabels === undefined) throw noVectors();
    return engine.alikeLabels(groups, from);
  });
  on(embed, async ({ texts }, signal) => {
    const engine: Engine = encoder.engine;
    if (engine.embed === undefined) {
      throw new ResponseError(
        ErrorCodes.InvalidRequest,
        'This model gives no vectors of texts: choose fixed demonstrations, or another model.',
      );
    }
    const vectors = await engine.embed(texts, signal);
    return vectors.map((vector) => [...vector]);
  });
  // Questions about the process itself do not keep it from leaving.
  connection.onRequest(statistics, () => encoder.statistics());
  connection.onRequest(ping, () => null);
}

function noVectors(): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidRequest, 'This model gives no vectors of labels.');
}

async function answer<R>(work: () => Promise<R> | R): Promise<R> {
  try {
    return await work();
  } catch (error) {
    throw toResponseError(error);
  }
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
