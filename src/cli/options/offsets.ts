import { Option } from 'commander';
import type { OffsetUnit } from '../../core/formats/format';

/** `--offsets`: what offsets in JSONL count. @param where Where, if not in what is read alone. */
export function offsetsOption(where?: string): Option {
  const units: readonly OffsetUnit[] = ['code-points', 'utf16'];
  const text = ['unit of offsets in JSONL', ...(where === undefined ? [] : [where])].join(', ');
  return new Option('--offsets <unit>', text).choices(units).default('code-points');
}
