import { ResponseError } from 'vscode-jsonrpc';
import type { LocalEngine } from '../engines/models/localEngine';
import { openModel } from '../engines/models/openModel';
import { HostErrorCode, type HostStatistics, type LoadedModel, type LoadParams } from './protocol';

/** The one model of the process. Loading another one frees the one before. */
export class LoadedEncoder {
  private key: string | undefined;
  private loading: Promise<LocalEngine> | undefined;
  private current: LocalEngine | undefined;

  /** @throws ModelError when the model cannot be used; then none is loaded. */
  async load(params: LoadParams): Promise<LoadedModel> {
    const key = JSON.stringify(params);
    if (this.loading === undefined || this.key !== key) {
      this.key = key;
      this.loading = this.replace(params, this.loading);
      this.loading.catch(() => {
        if (this.key === key) this.loading = undefined;
      });
    }
    const { description, runtime, capabilities } = await this.loading;
    return { ...description, runtime, freeLabels: capabilities.freeLabels };
  }

  /** @throws ResponseError `noModel` when none is loaded. */
  get engine(): LocalEngine {
    if (this.current === undefined) {
      throw new ResponseError(HostErrorCode.noModel, 'No model is loaded in this process.');
    }
    return this.current;
  }

  statistics(): HostStatistics {
    const counters = this.current?.counters;
    return {
      residentBytes: process.memoryUsage.rss(),
      cachedSentences: counters?.cachedSentences ?? 0,
      cacheBytes: counters?.cacheBytes ?? 0,
      encoded: counters?.encoded ?? 0,
      labelsEncoded: counters?.labelsEncoded ?? 0,
    };
  }

  private async replace(
    { folder, ...options }: LoadParams,
    before: Promise<LocalEngine> | undefined,
  ): Promise<LocalEngine> {
    this.current = undefined;
    const engine = await before?.catch(() => undefined);
    await engine?.dispose();
    return (this.current = await openModel(folder, options));
  }
}
