export const bundleFile: string;
export function collectStrings(): { messages: string[]; problems: string[] };
