import { languageIdOfFile } from '../../core/lexer/fileNames';
import { supportedLexerLanguages } from '../../core/lexer/lexer';
import { isReadAsAWhole } from '../../core/lexer/wholeText';

/** VS Code's id of the language that a file's name tells; `plaintext` where no lexer is for it. */
export function languageOfFile(file: string): string {
  return languageIdOfFile(file) ?? 'plaintext';
}

/** Whether a file is source code, of which the settings may name the parts to read. */
export function isSourceCode(file: string): boolean {
  const language = languageOfFile(file);
  return !isReadAsAWhole(language) && supportedLexerLanguages.includes(language);
}
