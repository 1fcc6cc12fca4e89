import path from 'node:path';
import { z } from 'zod';
import { phrase } from '../../core/messages/phrase';
import { readManifest } from '../encoder/pack';
import type { PackManifest } from '../encoder/packSchema';
import { ModelError } from '../errors';
import { listModelFiles, readModelJson, sizeOfFiles } from './modelFiles';
import {
  classifierConfigSchema,
  glinerConfigSchema,
  modelSettingsSchema,
  readPositions,
  tokenizerConfigSchema,
  type GlinerConfig,
  type ModelSettings,
} from './modelSchema';

/** What a folder of a model of others has in common with every other. */
interface ForeignFolder {
  readonly folder: string;
  readonly name: string;
  readonly settings: ModelSettings;
  /** Relative path of the graph. */
  readonly graph: string;
  readonly tokenizer: object;
  /** Tokens that the graph reads at once at most, special ones among them. */
  readonly positions: number;
  /** Bytes of the model's files. */
  readonly bytes: number;
}

/** A GLiNER model: labels are free, and read with the text (span, token) or by themselves (bi). */
export interface GlinerFolder extends ForeignFolder {
  readonly kind: 'gliner-span' | 'gliner-token' | 'gliner-bi';
  readonly config: GlinerConfig;
  /** What the graph scores: spans, or the starts, ends and insides of spans. */
  readonly scores: 'span' | 'token';
  /** How a bi-encoder reads its labels: their tokenizer, and their graph where they have one. */
  readonly labels?: { readonly tokenizer: object; readonly file: string; readonly graph?: string };
}

/** A model that gives each token one of its own classes. */
export interface ClassifierFolder extends ForeignFolder {
  readonly kind: 'token-classification';
  /** Classes with their prefixes, in the order of the logits. */
  readonly classes: readonly string[];
}

/** A folder that holds a model which this program can run. */
export type ModelFolder =
  | { readonly kind: 'pack'; readonly folder: string; readonly manifest: PackManifest }
  | GlinerFolder
  | ClassifierFolder;

const COMPLETE = phrase`Use a complete folder: the graph (*.onnx), tokenizer.json, and gliner_config.json or config.json.`;
const LABEL_GRAPHS = /(?:^|\/)labels?_encoder(?:_\w+)?\.onnx$/u;
const LABEL_TOKENIZERS = ['labels_tokenizer.json', 'label_tokenizer.json'];

/**
 * Finds out which kind of model a folder holds, and reads everything but its graphs.
 * @throws ModelError naming the file, what is wrong with it, and the mend.
 */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const files = await listModelFiles(folder);
  if (files.includes('pack.json')) {
    return { kind: 'pack', folder, manifest: await readManifest(folder) };
  }
  if (files.includes('gliner_config.json')) return readGliner(folder, files);
  if (files.includes('config.json')) return readClassifier(folder, files);
  throw new ModelError(
    folder,
    phrase`it holds no model: there is no pack.json, gliner_config.json or config.json`,
    COMPLETE,
  );
}

async function readGliner(folder: string, files: readonly string[]): Promise<GlinerFolder> {
  const config = await readModelJson(folder, 'gliner_config.json', glinerConfigSchema, COMPLETE);
  const file = path.join(folder, 'gliner_config.json');
  const isOther = config.labels_decoder ?? config.relations_layer;
  if (isOther || config.precomputed_prompts_mode === true) {
    throw new ModelError(
      file,
      phrase`it is a GLiNER model that also does something else than finding entities of given labels`,
      phrase`Use a GLiNER model of the kinds span, token or bi-encoder.`,
    );
  }
  const shared = await readShared(folder, files, config.encoder_config);
  const scores = config.span_mode === 'token_level' ? 'token' : 'span';
  if (!config.labels_encoder) {
    return { ...shared, kind: scores === 'span' ? 'gliner-span' : 'gliner-token', config, scores };
  }
  const labels = await readLabels(folder, files, config.labels_encoder);
  return { ...shared, kind: 'gliner-bi', config, scores, labels };
}

async function readLabels(
  folder: string,
  files: readonly string[],
  encoder: string,
): Promise<NonNullable<GlinerFolder['labels']>> {
  const name = LABEL_TOKENIZERS.find((one) => files.includes(one));
  if (name === undefined) {
    throw new ModelError(
      path.join(folder, 'labels_tokenizer.json'),
      phrase`the file is missing: a bi-encoder splits its labels with a tokenizer of their own`,
      phrase`Put the tokenizer.json of “${encoder}” there under this name.`,
    );
  }
  const graph = files.find((one) => LABEL_GRAPHS.test(one));
  const tokenizer = await readModelJson(folder, name, z.looseObject({}), COMPLETE);
  return { tokenizer, file: name, ...(graph === undefined ? {} : { graph }) };
}

async function readClassifier(folder: string, files: readonly string[]): Promise<ClassifierFolder> {
  const config = await readModelJson(
    folder,
    'config.json',
    classifierConfigSchema,
    phrase`Use a folder with a token classification model (its config.json has "id2label"), a GLiNER model (gliner_config.json) or a pack (pack.json).`,
  );
  const count = Object.keys(config.id2label).length;
  const classes = Array.from({ length: count }, (_, id) => config.id2label[String(id)]);
  if (classes.includes(undefined)) {
    throw new ModelError(
      path.join(folder, 'config.json'),
      phrase`"id2label" does not number its classes from 0 to ${count - 1}`,
      COMPLETE,
    );
  }
  const shared = await readShared(folder, files, config);
  return { ...shared, kind: 'token-classification', classes: classes as string[] };
}

async function readShared(
  folder: string,
  files: readonly string[],
  encoder: GlinerConfig['encoder_config'],
): Promise<ForeignFolder> {
  const settings = files.includes('dynamicner.json')
    ? await readModelJson(
        folder,
        'dynamicner.json',
        modelSettingsSchema,
        phrase`Mend the file, or remove it: every key may be left out.`,
      )
    : modelSettingsSchema.parse({});
  const graph = findGraph(folder, files, settings.graph);
  const tokenizer = await readModelJson(folder, 'tokenizer.json', z.looseObject({}), COMPLETE);
  const lengths = files.includes('tokenizer_config.json')
    ? await readModelJson(folder, 'tokenizer_config.json', tokenizerConfigSchema, COMPLETE)
    : {};
  const own = files.filter(
    (file) => file === graph || LABEL_GRAPHS.test(file) || /tokenizer\.json$/u.test(file),
  );
  return {
    folder,
    name: settings.name ?? path.basename(path.resolve(folder)),
    settings,
    graph,
    tokenizer,
    positions: readPositions(encoder, lengths),
    bytes: await sizeOfFiles(folder, own),
  };
}

/** The graph that the settings name, else `model.onnx`, else the only one. */
function findGraph(folder: string, files: readonly string[], named: string | undefined): string {
  const graphs = files.filter((file) => file.endsWith('.onnx') && !LABEL_GRAPHS.test(file));
  const usual = graphs.find((file) => path.posix.basename(file) === 'model.onnx');
  const found = named ?? usual ?? (graphs.length === 1 ? graphs[0] : undefined);
  if (found === undefined) {
    throw graphs.length === 0
      ? new ModelError(folder, phrase`it holds no graph (*.onnx)`, COMPLETE)
      : new ModelError(
          folder,
          phrase`it holds several graphs (${graphs.join(', ')})`,
          phrase`Name one of them in a file dynamicner.json beside them: { "graph": "${graphs[0] ?? ''}" }`,
        );
  }
  if (!files.includes(found)) {
    throw new ModelError(path.join(folder, found), phrase`the file is missing`, COMPLETE);
  }
  const outside = files.find((file) => file.startsWith(found) && /[._]data(?:_\d+)?$/u.test(file));
  if (outside !== undefined) {
    throw new ModelError(
      path.join(folder, outside),
      phrase`the graph keeps its weights in a file of their own`,
      phrase`Use an export whose weights are in the graph, such as one with weights of 8 bits.`,
    );
  }
  return found;
}
