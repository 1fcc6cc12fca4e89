import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Option } from 'commander';
import { phrase } from '../../core/messages/phrase';
import type { CommandModule } from '../command';
import type { Environment } from '../environment';
import { exitCode, UsageError } from '../exit';
import { openOutput } from '../io/output';
import { bundledFolder, defaultPack, listPacks, packFolder, type ListedPack } from '../packs';
import { formatTable } from '../terminal/table';
import { readManifest } from '../../engines/encoder/pack';
import type { LocalEngine } from '../../engines/models/localEngine';
import { readModelFolder } from '../../engines/models/modelFolder';
import { openModel } from '../../engines/models/openModel';
import { ModelError } from '../../engines/errors';

interface ModelsOptions {
  readonly to: 'table' | 'json';
}

/** `models`: which packs there are, whether one is sound, what one says of itself. */
export const models: CommandModule = {
  name: 'models',
  define(command, environment) {
    command
      .description('lists the models, checks one, or shows its card')
      .argument('[action]', 'list, check or show', 'list')
      .argument('[pack]', 'folder of a model, or name of a bundled one')
      .addOption(
        new Option('--to <form>', 'how a list is printed')
          .choices(['table', 'json'])
          .default('table'),
      );
    return async (parsed) => {
      const [action, pack] = parsed.processedArgs as [string, string | undefined];
      const { to } = parsed.opts<ModelsOptions>();
      const output = openOutput(undefined, environment.folder, environment.stdout);
      await output.write(await answer(action, pack, to, environment));
      await output.close();
      return exitCode.done;
    };
  },
};

async function answer(
  action: string,
  pack: string | undefined,
  to: ModelsOptions['to'],
  environment: Environment,
): Promise<string> {
  switch (action) {
    case 'list': {
      if (pack !== undefined) throw new UsageError('models list takes no further argument.');
      const packs = await listPacks(environment);
      return to === 'json' ? listAsJson(packs) : listAsTable(packs, environment);
    }
    case 'check':
      return checkModel(await namedFolder(action, pack, environment));
    case 'show':
      return showModel(await namedFolder(action, pack, environment));
    default:
      throw new UsageError(`“${action}” is no action of models: use list, check or show.`);
  }
}

function namedFolder(
  action: string,
  pack: string | undefined,
  environment: Environment,
): Promise<string> {
  if (pack === undefined)
    throw new UsageError(`models ${action} needs the folder or name of a model.`);
  return packFolder(pack, environment);
}

function listAsJson(packs: readonly ListedPack[]): string {
  const described = packs.map((pack) =>
    'problem' in pack
      ? pack
      : {
          name: pack.manifest.name,
          version: pack.manifest.version,
          kind: pack.manifest.kind,
          languages: pack.manifest.languages,
          licence: pack.manifest.licence,
          bytes: pack.bytes,
          default: pack.manifest.name === defaultPack,
          folder: pack.folder,
        },
  );
  return `${JSON.stringify(described, undefined, 2)}\n`;
}

function listAsTable(packs: readonly ListedPack[], environment: Environment): string {
  if (packs.length === 0) return `There are no models in ${bundledFolder(environment)}.\n`;
  const columns = [
    { title: 'name' },
    { title: 'version' },
    { title: 'kind' },
    { title: 'languages' },
    { title: 'MB', side: 'start' as const },
    { title: 'licence' },
  ];
  const rows = packs.map((pack) =>
    'problem' in pack
      ? [path.basename(pack.folder), pack.problem]
      : [
          `${pack.manifest.name}${pack.manifest.name === defaultPack ? ' (default)' : ''}`,
          pack.manifest.version,
          pack.manifest.kind,
          pack.manifest.languages.join(' '),
          (pack.bytes / 1e6).toFixed(1),
          pack.manifest.licence,
        ],
  );
  return `${formatTable(columns, rows)}\n`;
}

/** Reads every file, compares checksums where there are some, and opens the graphs, which tries them. */
async function checkModel(folder: string): Promise<string> {
  const found = await readModelFolder(folder);
  const engine = await openModel(folder);
  try {
    if (found.kind !== 'pack') return `${describe(engine)}\nIt is sound: a text was read.\n`;
    const { name, version, files } = found.manifest;
    return `${name} ${version} is sound: ${Object.keys(files).length} files as their checksums say, tensors as declared (${engine.runtime} runtime).\n`;
  } finally {
    await engine.dispose();
  }
}

/** Kind, size and labels of a model that is no pack. */
function describe({ description, runtime }: LocalEngine): string {
  const { name, kind, bytes, labels, thresholds, languages } = description;
  return [
    `${name}: ${kind}, ${(bytes / 1e6).toFixed(1)} MB (${runtime} runtime)`,
    `labels: ${labels === undefined ? 'any' : `its own, ${labels.join(', ')}`}`,
    `threshold: ${thresholds.flat}`,
    ...(languages.length === 0 ? [] : [`languages: ${languages.join(' ')}`]),
  ].join('\n');
}

async function showModel(folder: string): Promise<string> {
  const found = await readModelFolder(folder);
  if (found.kind !== 'pack') {
    const engine = await openModel(folder);
    try {
      return `${describe(engine)}\n`;
    } finally {
      await engine.dispose();
    }
  }
  const manifest = await readManifest(folder);
  const card = path.join(folder, 'CARD.md');
  try {
    return await readFile(card, 'utf8');
  } catch {
    throw new ModelError(
      card,
      phrase`the pack “${manifest.name}” has no card`,
      phrase`Use a complete pack.`,
    );
  }
}
