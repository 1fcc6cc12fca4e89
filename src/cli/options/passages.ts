import { Option } from 'commander';
import type { TextPassages } from '../io/passages';

/** `--passages`: how plain text is cut. @param without How it is cut without the option. */
export function passagesOption(without = 'a line'): Option {
  const units: readonly TextPassages[] = ['line', 'paragraph', 'file'];
  return new Option(
    '--passages <unit>',
    `what a passage of plain text is (default: ${without})`,
  ).choices(units);
}
