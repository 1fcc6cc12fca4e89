import path from 'node:path';
import { phrase } from '../../core/messages/phrase';
import { LruCache } from '../encoder/lruCache';
import type { GlinerFolder } from '../models/modelFolder';
import { checkInputs, openModelGraph, wrongGraph } from '../models/openModelGraph';
import { WordTokenizer } from '../models/wordTokenizer';
import type { Graph, Runtime, Tensor } from '../runtime/runtime';
import { packIds } from './glinerInputs';

const IDS = { labels_input_ids: 'int64', labels_attention_mask: 'int64' } as const;
const VECTOR_NAMES = ['labels_embeddings', 'labels_embeds'];
const CACHE_BYTES = 8 * 1024 * 1024;
/** Tokens of a label at most. */
const LABEL_WINDOW = 64;
const BATCH = 32;

/**
 * Reads the labels of a bi-encoder: as ids that the text's graph encodes itself, or as vectors of a
 * graph of their own, each label once.
 */
export class LabelReader {
  private readonly vectors = new LruCache<Float32Array>(CACHE_BYTES, (value) => value.byteLength);

  private constructor(
    private readonly tokenizer: WordTokenizer,
    /** Inputs of the text's graph that are for labels. */
    readonly inputs: Readonly<Record<string, 'int64' | 'float32'>>,
    private readonly encoder: { readonly graph: Graph; readonly file: string } | undefined,
  ) {}

  /** @throws ModelError when the folder lacks what the text's graph needs for labels. */
  static async open(
    { folder, graph: name, labels }: GlinerFolder,
    text: Graph,
    runtime: Runtime,
    threads: number,
  ): Promise<LabelReader> {
    const {
      tokenizer: json,
      file,
      graph,
    } = labels ?? { tokenizer: {}, file: 'labels_tokenizer.json' };
    const tokenizer = WordTokenizer.open(path.join(folder, file), json);
    const vectors = VECTOR_NAMES.find((one) => text.inputs.has(one));
    if (vectors === undefined) return new LabelReader(tokenizer, IDS, undefined);
    if (graph === undefined) {
      throw wrongGraph(
        path.join(folder, name),
        phrase`it wants vectors of labels ("${vectors}"), and there is no labels_encoder.onnx that makes them`,
      );
    }
    const opened = await openModelGraph(folder, graph, runtime, threads);
    const place = path.join(folder, graph);
    try {
      checkInputs(
        place,
        opened,
        { input_ids: 'int64', attention_mask: 'int64', token_type_ids: 'int64' },
        ['token_type_ids'],
      );
    } catch (error) {
      await opened.release();
      throw error;
    }
    return new LabelReader(tokenizer, { [vectors]: 'float32' }, { graph: opened, file: place });
  }

  /** What the text's graph gets for labels. */
  async read(labels: readonly string[]): Promise<Record<string, Tensor>> {
    const [name] = Object.keys(this.inputs);
    if (this.encoder === undefined) {
      const { ids, mask } = packIds(
        labels.map((label) => this.idsOf(label)),
        0,
      );
      return { labels_input_ids: ids, labels_attention_mask: mask };
    }
    await this.encode(labels.filter((label) => this.vectors.get(label) === undefined));
    const rows = labels.map((label) => this.vectors.get(label) ?? new Float32Array(0));
    const width = rows[0]?.length ?? 0;
    const data = new Float32Array(labels.length * width);
    rows.forEach((row, index) => data.set(row, index * width));
    return { [name as string]: { data, dims: [labels.length, width] } };
  }

  async release(): Promise<void> {
    await this.encoder?.graph.release();
  }

  private idsOf(label: string): number[] {
    const { before, after, around } = this.tokenizer;
    return [...before, ...this.tokenizer.ids(label).slice(0, LABEL_WINDOW - around), ...after];
  }

  private async encode(labels: readonly string[]): Promise<void> {
    if (this.encoder === undefined) return;
    const { graph, file } = this.encoder;
    for (let from = 0; from < labels.length; from += BATCH) {
      const batch = labels.slice(from, from + BATCH);
      const { ids, mask } = packIds(
        batch.map((label) => this.idsOf(label)),
        0,
      );
      const types = { data: new BigInt64Array(ids.data.length), dims: ids.dims };
      const [output] = Object.values(
        await graph.run({
          input_ids: ids,
          attention_mask: mask,
          ...(graph.inputs.has('token_type_ids') ? { token_type_ids: types } : {}),
        }),
      );
      if (output === undefined || output.dims.length < 2 || output.dims.length > 3) {
        throw wrongGraph(file, phrase`its output is not one vector a label`);
      }
      const { data, dims } = output.dims.length === 3 ? meanOf(output, mask) : output;
      const width = dims[1] ?? 0;
      batch.forEach((label, row) =>
        this.vectors.set(label, (data as Float32Array).slice(row * width, (row + 1) * width)),
      );
    }
  }
}

/** The mean of the vectors [N, T, D] of the tokens that are no padding → [N, D]. */
function meanOf({ data, dims }: Tensor, { data: mask }: Tensor): Tensor {
  const [rows = 0, length = 0, width = 0] = dims;
  const means = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    let count = 0;
    for (let at = row * length; at < (row + 1) * length; at++) {
      if (mask[at] === 0n) continue;
      count++;
      for (let column = 0; column < width; column++) {
        (means[row * width + column] as number) += data[at * width + column] as number;
      }
    }
    for (let column = 0; column < width; column++) {
      (means[row * width + column] as number) /= Math.max(1, count);
    }
  }
  return { data: means, dims: [rows, width] };
}
