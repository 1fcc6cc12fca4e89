export const bundleFile: string;
export function collectStrings(): { messages: string[]; problems: string[] };
export function collectFrom(
  text: string,
  file: string,
  messages: Set<string>,
  problems: string[],
): void;
