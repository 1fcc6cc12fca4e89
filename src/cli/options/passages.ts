import { Option } from 'commander';
import type { TextPassages } from '../io/passages';

/** `--passages`: how plain text is cut. */
export function passagesOption(): Option {
  const units: readonly TextPassages[] = ['line', 'paragraph', 'file'];
  return new Option(
    '--passages <unit>',
    'what a passage of plain text is (default: a line)',
  ).choices(units);
}
