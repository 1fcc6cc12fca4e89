import path from 'node:path';
import { supportedLexerLanguages } from '../../core/lexer/lexer';

/** VS Code's language ids by what files of theirs are called; the command line has no other hint. */
const endings: Readonly<Record<string, string>> = {
  bat: 'bat cmd',
  c: 'c h',
  cpp: 'cpp cc cxx c++ hpp hh hxx h++ ino',
  csharp: 'cs csx',
  css: 'css',
  'cuda-cpp': 'cu cuh',
  dart: 'dart',
  dockerfile: 'dockerfile',
  elixir: 'ex exs',
  go: 'go',
  groovy: 'groovy gradle',
  html: 'html htm xhtml',
  ini: 'ini cfg',
  java: 'java',
  javascript: 'js mjs cjs es6',
  javascriptreact: 'jsx',
  json: 'json',
  json5: 'json5',
  jsonc: 'jsonc',
  julia: 'jl',
  kotlin: 'kt kts',
  less: 'less',
  lua: 'lua',
  makefile: 'mk makefile',
  markdown: 'md markdown',
  'objective-c': 'm',
  'objective-cpp': 'mm',
  perl: 'pl pm',
  php: 'php phtml',
  powershell: 'ps1 psm1 psd1',
  properties: 'properties',
  python: 'py pyi pyw',
  r: 'r',
  ruby: 'rb rake gemspec',
  rust: 'rs',
  scala: 'scala sc',
  scss: 'scss',
  shellscript: 'sh bash zsh ksh',
  sql: 'sql',
  svelte: 'svelte',
  swift: 'swift',
  toml: 'toml',
  typescript: 'ts mts cts',
  typescriptreact: 'tsx',
  vue: 'vue',
  xml: 'xml xsd wsdl',
  xsl: 'xsl xslt',
  svg: 'svg',
  yaml: 'yaml yml',
};

const byEnding = new Map(
  Object.entries(endings).flatMap(([id, all]) => all.split(' ').map((each) => [each, id] as const)),
);

/** VS Code's id of the language that a file's name tells; `plaintext` for all others. */
export function languageOfFile(file: string): string {
  const ending = path.extname(file).slice(1) || path.basename(file);
  return byEnding.get(ending.toLowerCase()) ?? 'plaintext';
}

/** Languages that are read as a whole: comments and strings are not the point of prose, markup and data. */
const wholeLanguages = new Set(
  'plaintext markdown json json5 jsonc html xml xsl svg yaml toml ini properties'.split(' '),
);

/** Whether a file is source code, of which the settings may name the parts to read. */
export function isSourceCode(file: string): boolean {
  const language = languageOfFile(file);
  return !wholeLanguages.has(language) && supportedLexerLanguages.includes(language);
}
