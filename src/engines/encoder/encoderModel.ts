import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { phrase } from '../../core/messages/phrase';
import { ModelError, messageOf } from '../errors';
import type { Graph, Runtime, Tensor } from '../runtime/runtime';
import { matchGraph, narrowGraph, narrowMatchGraph } from '../runtime/smallGraphs';
import { checkGraph, graphContracts } from './graphContract';
import { lateGraph, type RunnableGraph } from './lateGraph';
import { packFiles, type Pack } from './pack';
import { SPAN_PARTS, type PackManifest } from './packSchema';
import { WordPieces } from './wordPieces';

/** A batch of rows of ids, padded to the same length. */
export interface IdBatch {
  readonly rows: number;
  readonly length: number;
  /** [rows, length] */
  readonly ids: BigInt64Array;
  readonly mask: BigInt64Array;
}

export interface TextBatch extends IdBatch {
  readonly shapes: BigInt64Array;
  readonly words: number;
  /** [rows, words]: index of a word's first and last piece in its row, 0 beyond the row's words. */
  readonly first: BigInt64Array;
  readonly last: BigInt64Array;
}

/** The graphs of a bi-encoder pack, checked and ready, with its tokenizer. */
export class EncoderModel {
  private constructor(
    readonly manifest: PackManifest,
    readonly labelTexts: ReadonlyMap<string, string>,
    readonly pieces: WordPieces,
    /** Width of the word vectors. */
    readonly hidden: number,
    private readonly graphs: Readonly<
      Record<'text' | 'label' | 'typing' | 'match' | 'narrowMatch' | 'narrow', RunnableGraph>
    >,
  ) {}

  /**
   * Opens the graphs of a pack.
   * @param labelsLater Whether the label graph, which worked before, is opened when a label needs it.
   * @throws ModelError when a graph is damaged or has other tensors than the pack declares.
   */
  static async open(
    pack: Pack,
    runtime: Runtime,
    threads: number,
    labelsLater = false,
  ): Promise<EncoderModel> {
    const { folder, manifest } = pack;
    const pieces = openPieces(pack);
    // All are read before the first is opened: opening takes long, a damaged file is known at once.
    const bytes = {
      text: await pack.graph(packFiles.text),
      label: await pack.graph(packFiles.label),
      typing: await pack.graph(packFiles.typing),
    };
    const opened: Graph[] = [];
    try {
      const open = async (name: string, model: Uint8Array): Promise<Graph> => {
        const graph = await openGraph(path.join(folder, name), model, runtime, threads);
        opened.push(graph);
        return graph;
      };
      const typing = await open(packFiles.typing, bytes.typing);
      const text = await open(packFiles.text, bytes.text);
      const hidden = hiddenOf(path.join(folder, packFiles.typing), typing);
      const contracts = graphContracts(manifest, hidden);
      checkGraph(path.join(folder, packFiles.text), text, contracts.text);
      const openLabel = async (content: Uint8Array): Promise<Graph> => {
        const graph = await open(packFiles.label, content);
        checkGraph(path.join(folder, packFiles.label), graph, contracts.label);
        return graph;
      };
      const label = labelsLater
        ? lateGraph(async () => openLabel(await pack.graph(packFiles.label)))
        : await openLabel(bytes.label);
      checkGraph(path.join(folder, packFiles.typing), typing, contracts.typing);
      const match = await open('match', matchGraph());
      const narrowMatch = await open('narrow match', narrowMatchGraph());
      const narrow = await open('narrow', narrowGraph());
      const graphs = { text, label, typing, match, narrowMatch, narrow };
      return new EncoderModel(manifest, pack.labelTexts, pieces, hidden, graphs);
    } catch (error) {
      await Promise.all(opened.map((graph) => graph.release()));
      throw error;
    }
  }

  /** → finding [rows, words, 3, D] and words [rows, words, hidden], in 16-bit and 32-bit floats. */
  async encodeText(
    batch: TextBatch,
  ): Promise<{ finding: Uint16Array; words: Float32Array; narrowWords: Uint16Array }> {
    const { rows, length, words } = batch;
    const ids = [rows, length];
    const places = [rows, words];
    const outputs = await this.graphs.text.run({
      input_ids: { data: batch.ids, dims: ids },
      attention_mask: { data: batch.mask, dims: ids },
      shape_ids: { data: batch.shapes, dims: ids },
      word_first: { data: batch.first, dims: places },
      word_last: { data: batch.last, dims: places },
    });
    const vectors = floats(outputs['words']);
    return {
      finding: await this.narrow(floats(outputs['finding'])),
      words: vectors,
      narrowWords: await this.narrow(vectors),
    };
  }

  /** → finding [rows, D] and typing [rows, D2] of label texts. */
  async encodeLabels({ rows, length, ids, mask }: IdBatch): Promise<{
    finding: Float32Array;
    typing: Float32Array;
  }> {
    const dims = [rows, length];
    const outputs = await this.graphs.label.run({
      input_ids: { data: ids, dims },
      attention_mask: { data: mask, dims },
    });
    return { finding: floats(outputs['finding']), typing: floats(outputs['typing']) };
  }

  /** spans [N, 6·hidden] → vectors [N, D2]. */
  async encodeSpans(spans: Float32Array, count: number): Promise<Float32Array> {
    const { vectors } = await this.graphs.typing.run({
      spans: { data: spans, dims: [count, SPAN_PARTS.length * this.hidden] },
    });
    return floats(vectors);
  }

  /** vectors [N, D] and labels [L, D] → their dot products [N, L]. */
  async match(
    vectors: Float32Array | Uint16Array,
    labels: Float32Array,
    dimensions: number,
  ): Promise<Float32Array> {
    const { match, narrowMatch } = this.graphs;
    const { scores } = await (vectors instanceof Float32Array ? match : narrowMatch).run({
      vectors: { data: vectors, dims: [vectors.length / dimensions, dimensions] },
      labels: { data: labels, dims: [labels.length / dimensions, dimensions] },
    });
    return floats(scores);
  }

  async release(): Promise<void> {
    await Promise.all(Object.values(this.graphs).map((graph) => graph.release()));
  }

  private async narrow(wide: Float32Array): Promise<Uint16Array> {
    const { narrow } = await this.graphs.narrow.run({ wide: { data: wide, dims: [wide.length] } });
    const { buffer, byteOffset, length } = narrow?.data ?? new Uint16Array(0);
    // Newer versions of Node give 16-bit floats as such; here they are always their bits.
    return new Uint16Array(buffer, byteOffset, length);
  }
}

async function openGraph(
  file: string,
  model: Uint8Array,
  runtime: Runtime,
  threads: number,
): Promise<Graph> {
  try {
    return await runtime.open(model, { threads });
  } catch (error) {
    throw new ModelError(
      file,
      phrase`it is no graph that ONNX Runtime (${runtime.kind}) can run: ${messageOf(error)}`,
      phrase`Install the model again, or choose another one.`,
      { cause: error },
    );
  }
}

/** Width of the word vectors: the typing graph reads six of them side by side. */
function hiddenOf(file: string, typing: Graph): number {
  const width = typing.inputs.get('spans')?.shape[1];
  if (typeof width !== 'number' || width % SPAN_PARTS.length !== 0) {
    throw new ModelError(
      file,
      phrase`its input "spans" does not hold ${SPAN_PARTS.length} word vectors side by side`,
      phrase`Use a pack whose graphs follow the kind "bi-encoder".`,
    );
  }
  return width / SPAN_PARTS.length;
}

function openPieces({ folder, tokenizer: json, manifest }: Pack): WordPieces {
  const file = path.join(folder, packFiles.tokenizer);
  const mend = phrase`Use a pack with a WordPiece tokenizer.`;
  let tokenizer: Tokenizer;
  try {
    tokenizer = new Tokenizer(json, {});
  } catch (error) {
    throw new ModelError(file, phrase`it is no tokenizer: ${messageOf(error)}`, mend, {
      cause: error,
    });
  }
  const id = (token: string): number => {
    const found = tokenizer.token_to_id(token);
    if (found === undefined) throw new ModelError(file, phrase`it has no token "${token}"`, mend);
    return found;
  };
  const special = { cls: id('[CLS]'), sep: id('[SEP]'), unknown: id('[UNK]') };
  return new WordPieces(tokenizer, special, manifest.words.maxPieces);
}

function floats(tensor: Tensor | undefined): Float32Array {
  // The types were checked when the graph was loaded.
  return (tensor?.data ?? new Float32Array(0)) as Float32Array;
}
