import { ResponseError } from 'vscode-jsonrpc';
import type { LabelSpec } from '../core/labels/labelSpec';
import { HostErrorCode } from './protocol';

const MOST = 32;

/** The label lists that clients sent, by their ids; those not used for longest are dropped. */
export class LabelStore {
  private readonly specs = new Map<string, LabelSpec>();

  put(spec: LabelSpec): void {
    this.specs.delete(spec.id);
    this.specs.set(spec.id, spec);
    for (const oldest of this.specs.keys()) {
      if (this.specs.size <= MOST) break;
      this.specs.delete(oldest);
    }
  }

  /** @throws ResponseError `unknownLabels`; the client then sends them again. */
  get(id: string): LabelSpec {
    const spec = this.specs.get(id);
    if (spec === undefined) {
      throw new ResponseError(HostErrorCode.unknownLabels, `No label list "${id}" was sent.`);
    }
    this.put(spec);
    return spec;
  }
}
