import type { Gazetteer } from '../../core/decoding/gazetteer';
import { phrase } from '../../core/messages/phrase';
import { ModelError } from '../errors';
import type { Graph, Runtime } from '../runtime/runtime';
import { matchGraph, narrowGraph, narrowMatchGraph } from '../runtime/smallGraphs';
import type { TextBatch } from './batches';
import { checkGraph, graphContracts } from './graphContract';
import { floats, openGraph } from './openGraph';
import { packFiles, type Pack } from './pack';
import { SPAN_PARTS, type PackManifest } from './packSchema';
import { readGazetteer } from './readGazetteer';
import { openPieces, type WordPieces } from './wordPieces';

/** The graphs of a bi-encoder pack that read texts and spans, checked and ready, with its tokenizer. */
export class EncoderModel {
  private constructor(
    readonly manifest: PackManifest,
    readonly labelTexts: ReadonlyMap<string, string>,
    readonly pieces: WordPieces,
    /** Width of the word vectors. */
    readonly hidden: number,
    /** The names that the pack knows, if it knows any. */
    readonly gazetteer: Gazetteer | undefined,
    private readonly graphs: Readonly<
      Record<'text' | 'typing' | 'match' | 'narrowMatch' | 'narrow', Graph>
    >,
  ) {}

  /**
   * Opens the graphs of a pack.
   * @throws ModelError when a graph is damaged or has other tensors than the pack declares.
   */
  static async open(pack: Pack, runtime: Runtime, threads: number): Promise<EncoderModel> {
    const { manifest } = pack;
    const pieces = openPieces(pack, packFiles.tokenizer);
    // All are read before the first is opened: opening takes long, a damaged file is known at once.
    const bytes = {
      text: await pack.bytes(packFiles.text),
      typing: await pack.bytes(packFiles.typing),
    };
    const gazetteer = await readGazetteer(pack);
    const opened: Graph[] = [];
    try {
      const open = async (name: string, model: Uint8Array): Promise<Graph> => {
        const graph = await openGraph(pack.place(name), model, runtime, threads);
        opened.push(graph);
        return graph;
      };
      const typing = await open(packFiles.typing, bytes.typing);
      const text = await open(packFiles.text, bytes.text);
      const hidden = hiddenOf(pack.place(packFiles.typing), typing);
      const contracts = graphContracts(manifest, hidden);
      checkGraph(pack.place(packFiles.text), text, contracts.text);
      checkGraph(pack.place(packFiles.typing), typing, contracts.typing);
      const match = await open('match', matchGraph());
      const narrowMatch = await open('narrow match', narrowMatchGraph());
      const narrow = await open('narrow', narrowGraph());
      const graphs = { text, typing, match, narrowMatch, narrow };
      return new EncoderModel(manifest, pack.labelTexts, pieces, hidden, gazetteer, graphs);
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
      ...(this.manifest.lexicon === undefined
        ? {}
        : { lexicon_ids: { data: batch.lexicon, dims: ids } }),
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

  /** spans [N, 6·hidden] → vectors [N, D2], and logits of "none" [N]. */
  async encodeSpans(
    spans: Float32Array,
    count: number,
  ): Promise<{ vectors: Float32Array; none: Float32Array }> {
    const { vectors, none } = await this.graphs.typing.run({
      spans: { data: spans, dims: [count, SPAN_PARTS.length * this.hidden] },
    });
    return { vectors: floats(vectors), none: floats(none) };
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
