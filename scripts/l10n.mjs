// Collects the strings that users see from the sources into l10n/bundle.l10n.json, from which
// translations are made.
//   node scripts/l10n.mjs
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '..');

/** Where the bundle stands, for this script and for the test that compares. */
export const bundleFile = path.join(root, 'l10n/bundle.l10n.json');

/** Methods of `vscode.window` with the argument that users read. */
const showing = new Map([
  ['showInformationMessage', 0],
  ['showWarningMessage', 0],
  ['showErrorMessage', 0],
  ['setStatusBarMessage', 0],
  ['createWebviewPanel', 1],
]);

/** Properties that users read. */
const shown = new Set([
  'title',
  'label',
  'placeholder',
  'placeHolder',
  'prompt',
  'detail',
  'description',
  'tooltip',
  'openLabel',
  'saveLabel',
]);

/** Errors that tell of mistakes in the program, or stay between its parts; users do not read them. */
const internalErrors = new Set(['RangeError', 'TypeError', 'RequestError', 'ResponseError']);

/** Names that are the same in every language. */
const untranslated = new Set(['DynamicNER']);

/**
 * Reads the sources that talk to users through VS Code and its webviews, and those whose errors VS Code shows.
 * `messages`: what goes through `l10n.t` or is a `phrase`, sorted. `problems`: visible strings that
 * are neither, and messages that cannot be translated, each as `file:line: what`.
 */
export function collectStrings() {
  const messages = new Set();
  const problems = [];
  for (const file of sources()) {
    collectFrom(readFileSync(path.join(root, file), 'utf8'), file, messages, problems);
  }
  return { messages: [...messages].sort(), problems };
}

/** Adds the messages and problems of one source to those known. */
export function collectFrom(text, file, messages, problems) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  visit(source, source, messages, problems);
}

function sources() {
  const parts = ['core', 'engines', 'host', 'editor', 'panels'].map((part) => `src/${part}`);
  const folders = [...parts, 'webview'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true }).map((name) => `${folder}/${name}`),
  );
  return ['src/extension.ts', ...folders].filter((file) => file.endsWith('.ts')).sort();
}

function visit(node, source, messages, problems) {
  const report = (at, what) => {
    const { line } = source.getLineAndCharacterOfPosition(at.getStart());
    problems.push(`${source.fileName}:${line + 1}: ${what}`);
  };
  if (ts.isCallExpression(node)) {
    if (isTranslation(node)) {
      const [message, ...values] = node.arguments;
      if (message === undefined || !ts.isStringLiteralLike(message)) {
        report(node, 'a message must be one string literal');
      } else {
        messages.add(message.text);
        const places = [...message.text.matchAll(/\{(\d+)\}/gu)].map(([, place]) => Number(place));
        if (Math.max(-1, ...places) + 1 !== values.length) {
          report(node, `“${message.text}” has other places than values`);
        }
      }
    } else {
      const argument = node.arguments[showing.get(nameOf(node.expression)) ?? -1];
      if (argument !== undefined) check(argument, report);
    }
  }
  if (isPhrase(node)) {
    messages.add(templateOf(node.template));
    for (const { expression } of node.template.templateSpans ?? []) check(expression, report);
  }
  if (ts.isNewExpression(node) && isShownError(nameOf(node.expression))) {
    for (const argument of node.arguments ?? []) {
      if (!ts.isObjectLiteralExpression(argument)) check(argument, report);
    }
  }
  // Parts without VS Code have properties of these names that nobody is shown.
  const hasWindow = /^src\/(?:editor|panels|extension)/u.test(source.fileName);
  if (hasWindow && ts.isPropertyAssignment(node) && shown.has(nameOf(node.name))) {
    check(node.initializer, report);
  }
  if (
    hasWindow &&
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(node.left) &&
    shown.has(node.left.name.text)
  ) {
    check(node.right, report);
  }
  ts.forEachChild(node, (child) => visit(child, source, messages, problems));
}

/** Reports words in an expression that users see, outside of what is translated. */
function check(expression, report) {
  const look = (node) => {
    if (ts.isCallExpression(node) || ts.isFunctionLike(node) || isPhrase(node)) return;
    const literal = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
    if (literal && hasWords(node.text)) report(node, `“${node.text}” is not translated`);
    if (ts.isElementAccessExpression(node) || ts.isConditionalExpression(node)) {
      const parts = ts.isConditionalExpression(node)
        ? [node.whenTrue, node.whenFalse]
        : [node.expression];
      parts.forEach(look);
      return;
    }
    if (ts.isBinaryExpression(node) && isComparison(node.operatorToken.kind)) return;
    ts.forEachChild(node, look);
  };
  look(expression);
}

function isComparison(kind) {
  return (
    kind === ts.SyntaxKind.EqualsEqualsEqualsToken ||
    kind === ts.SyntaxKind.ExclamationEqualsEqualsToken
  );
}

function hasWords(text) {
  const words = text.replace(/\$\([\w~-]+\)/gu, '').trim();
  return /\p{L}{2}/u.test(words) && !untranslated.has(words);
}

/** `vscode.l10n.t(…)`, `l10n.t(…)`, or `t(…)` taken from it. */
function isTranslation({ expression }) {
  if (ts.isIdentifier(expression)) return expression.text === 't';
  return (
    ts.isPropertyAccessExpression(expression) &&
    expression.name.text === 't' &&
    nameOf(expression.expression) === 'l10n'
  );
}

function isPhrase(node) {
  return ts.isTaggedTemplateExpression(node) && nameOf(node.tag) === 'phrase';
}

/** The template that `phrase` makes of a template literal. */
function templateOf(template) {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  const spans = template.templateSpans.map(({ literal }, index) => `{${index}}${literal.text}`);
  return template.head.text + spans.join('');
}

function isShownError(name) {
  return name.endsWith('Error') && !internalErrors.has(name);
}

function nameOf(node) {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isIdentifier(node) || ts.isStringLiteral(node) ? node.text : '';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { messages, problems } = collectStrings();
  for (const problem of problems) console.error(problem);
  mkdirSync(path.dirname(bundleFile), { recursive: true });
  const bundle = Object.fromEntries(messages.map((message) => [message, message]));
  writeFileSync(bundleFile, `${JSON.stringify(bundle, null, 2)}\n`);
  console.log(`${messages.length} messages`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
