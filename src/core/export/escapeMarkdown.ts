/** The text so that Markdown shows it as it is. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>()#+!|~&-]/gu, '\\$&');
}
