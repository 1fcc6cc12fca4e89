import { builtinModules } from 'node:module';
import eslint from '@eslint/js';
import importPlugin from 'eslint-plugin-import';
import tseslint from 'typescript-eslint';

const nodeModules = builtinModules.filter((name) => !name.startsWith('_'));
const nodeBuiltins = {
  group: ['node:*', ...nodeModules, ...nodeModules.map((name) => `${name}/*`)],
  message: 'src/core and webview run where Node is absent.',
};
const vscodeApi = {
  name: 'vscode',
  message:
    'Only src/activation, src/editor, src/panels and src/extension.ts may use the API of VS Code.',
};

/** Part of the source → the other parts it may import. Arrows go one way (docs: core ← engines ← host ← editor, panels, cli). */
const arrows = {
  core: [],
  engines: ['core'],
  host: ['core', 'engines'],
  cli: ['core', 'engines', 'host'],
  editor: ['core', 'engines', 'host', 'panels'],
  panels: ['core', 'engines', 'host', 'editor'],
};
const zones = Object.entries(arrows).flatMap(([part, allowed]) => {
  const parts = [part, ...allowed];
  return [
    {
      target: `./src/${part}`,
      from: './src',
      except: parts.map((name) => `./${name}`),
      message: `src/${part} may import only ${parts.map((name) => `src/${name}`).join(', ')}.`,
    },
    ...['./webview', './test', './bench', './scripts'].map((from) => ({
      target: `./src/${part}`,
      from,
      message: 'The product does not import its webviews, tests, benchmarks or scripts.',
    })),
  ];
});
zones.push({
  target: './webview',
  from: './src',
  except: ['./core'],
  message: 'Webviews share only src/core (protocol types) with the extension.',
});

export default tseslint.config(
  {
    ignores: ['dist/', 'out/', '.code-server/', '.cache/', '.vscode-test/', 'models/', 'training/'],
  },
  eslint.configs.recommended,
  {
    plugins: { import: importPlugin },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.json'] } },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', 300],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'import/no-duplicates': ['error', { 'prefer-inline': true }],
      'import/no-restricted-paths': ['error', { zones }],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: [vscodeApi], patterns: [nodeBuiltins] }],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'require', '__dirname', 'window'],
      'no-console': 'error',
    },
  },
  {
    files: ['webview/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: [vscodeApi], patterns: [nodeBuiltins] }],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'require', '__dirname'],
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({
          property,
          message: 'Text of documents and lists enters webviews only as text nodes.',
        })),
      ],
    },
  },
  {
    files: ['src/{engines,host,cli}/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [vscodeApi] }] },
  },
  {
    files: ['src/{engines,host,activation,editor,panels}/**/*.ts', 'src/extension.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['describe', 'it', 'suite', 'test'].flatMap((object) =>
          ['only', 'skip'].map((property) => ({
            object,
            property,
            message: 'Every test runs, everywhere.',
          })),
        ),
      ],
      // A mocha suite is a list of steps; node:assert/strict narrows what follows.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { require: 'readonly', module: 'writable' } },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'setTimeout',
          'clearTimeout',
          'Buffer',
          'performance',
          'fetch',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
