const extensions: Readonly<Record<string, string>> = {
  bat: 'bat cmd',
  c: 'c i',
  cpp: 'cpp cc cxx c++ h hh hpp hxx h++ inl ino ipp tpp ixx',
  csharp: 'cs csx cake',
  css: 'css',
  'cuda-cpp': 'cu cuh',
  dart: 'dart',
  dockerfile: 'dockerfile containerfile',
  elixir: 'ex exs',
  go: 'go',
  groovy: 'groovy gvy gradle jenkinsfile',
  html: 'html htm xhtml shtml xht',
  ini: 'ini cfg conf',
  java: 'java jav',
  javascript: 'js mjs cjs es6',
  javascriptreact: 'jsx',
  json: 'json webmanifest ipynb geojson har',
  json5: 'json5',
  jsonc: 'jsonc code-workspace',
  jsonl: 'jsonl ndjson',
  julia: 'jl',
  kotlin: 'kt kts',
  less: 'less',
  lua: 'lua',
  makefile: 'mk mak make',
  'objective-c': 'm',
  'objective-cpp': 'mm',
  perl: 'pl pm pod t',
  php: 'php php4 php5 phtml',
  powershell: 'ps1 psm1 psd1',
  properties: 'properties editorconfig npmrc gitattributes gitconfig',
  python: 'py pyi pyw rpy gyp gypi',
  r: 'r rhistory rprofile rt',
  ruby: 'rb rbx rjs gemspec rake ru erb podspec',
  rust: 'rs',
  scala: 'scala sc sbt',
  scss: 'scss',
  shellscript: 'sh bash bashrc zsh zshrc ksh profile command ebuild',
  sql: 'sql dsql psql pgsql mysql',
  svelte: 'svelte',
  svg: 'svg',
  swift: 'swift',
  toml: 'toml',
  typescript: 'ts mts cts',
  typescriptreact: 'tsx',
  vue: 'vue',
  xml: 'xml xsd rng xaml csproj vbproj fsproj props targets plist wsdl atom rss',
  xsl: 'xsl xslt',
  yaml: 'yaml yml eyaml eyml cff',
};

const wholeNames: Readonly<Record<string, string>> = {
  dockerfile: 'dockerfile',
  containerfile: 'dockerfile',
  makefile: 'makefile',
  gnumakefile: 'makefile',
  gemfile: 'ruby',
  rakefile: 'ruby',
  podfile: 'ruby',
  vagrantfile: 'ruby',
  jenkinsfile: 'groovy',
  'tsconfig.json': 'jsonc',
  'jsconfig.json': 'jsonc',
  'settings.json': 'jsonc',
  'launch.json': 'jsonc',
  'tasks.json': 'jsonc',
};

const idByExtension = new Map<string, string>();
for (const [id, list] of Object.entries(extensions)) {
  for (const extension of list.split(' ')) idByExtension.set(extension, id);
}

/**
 * VS Code's language id for a file by its name or path, for those languages whose comments and
 * strings the lexer finds; undefined for all others.
 */
export function languageIdOfFile(path: string): string | undefined {
  const name = (path.split(/[\\/]/).at(-1) ?? '').toLowerCase();
  if (Object.hasOwn(wholeNames, name)) return wholeNames[name];
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : idByExtension.get(name.slice(dot + 1));
}
