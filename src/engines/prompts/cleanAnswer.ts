/** What models write where there is nothing to answer. */
const nothing =
  /^(?:none|null|nil|nothing|n\/?a|empty|unknown|no|无|没有|無|なし|없음|нет|ninguna?|aucune?|keine)$/iu;
const nothingSaid =
  /^(?:there (?:are|is|were|was) )?no (?:\S+ ){0,4}?(?:entit(?:y|ies)|mentions?|candidates?|names?)\b|^(?:没有|未找到|无).{0,12}实体/iu;

/**
 * The answer without what a model wrote around it: what it thought before, the fence of a code block
 * and the words before and after the block.
 */
export function cleanAnswer(answer: string): string {
  const said = answer
    .replace(/^\uFEFF/u, '')
    .replace(/^\s*<think(?:ing)?>[\s\S]*?(?:<\/think(?:ing)?>|$)/u, '');
  const fence = /(?:^|\n)\s*(?:```|~~~)[^\n]*\n(?<inside>[\s\S]*?)(?:\n?\s*(?:```|~~~)|$)/u.exec(
    said,
  );
  return (fence?.groups?.['inside'] ?? said).trim();
}

/** Whether a cleaned answer, or a part of one, says that there is nothing. */
export function saysNothing(text: string): boolean {
  const said = text.replace(/^[\s"'“”.。\-*[\](){}<>|:]+|[\s"'“”.。!\-*[\](){}<>|:]+$/gu, '');
  return said === '' || nothing.test(said) || nothingSaid.test(said);
}

/** The beginning of a text, for a message. */
export function headOf(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
