import type { Graph, Runtime } from '../runtime/runtime';
import type { IdBatch } from './batches';
import { checkGraph, graphContracts } from './graphContract';
import { lateGraph, type RunnableGraph } from './lateGraph';
import { floats, openGraph } from './openGraph';
import { packFiles, type Pack } from './pack';
import type { PackManifest } from './packSchema';
import { openPieces, type WordPieces } from './wordPieces';

/** The label graph of a pack with its tokenizer. */
export class LabelModel {
  private constructor(
    readonly manifest: PackManifest,
    readonly pieces: WordPieces,
    private readonly graph: RunnableGraph,
  ) {}

  /**
   * Opens the label graph of a pack.
   * @param later Whether the graph, which worked before, is opened when a label needs it.
   * @throws ModelError when it is damaged or has other tensors than the pack declares.
   */
  static async open(
    pack: Pack,
    runtime: Runtime,
    threads: number,
    later: boolean,
  ): Promise<LabelModel> {
    const { manifest } = pack;
    const file = pack.place(packFiles.label);
    const pieces = openPieces(pack, manifest.labelTokenizer ?? packFiles.tokenizer);
    const open = async (bytes: Uint8Array): Promise<Graph> => {
      const graph = await openGraph(file, bytes, runtime, threads);
      try {
        checkGraph(file, graph, graphContracts(manifest, 0).label);
        return graph;
      } catch (error) {
        await graph.release();
        throw error;
      }
    };
    // Read in any case: a damaged file is known at once.
    const bytes = await pack.bytes(packFiles.label);
    const graph = later
      ? lateGraph(async () => open(await pack.bytes(packFiles.label)))
      : await open(bytes);
    return new LabelModel(manifest, pieces, graph);
  }

  /** → finding [rows, D] and typing [rows, D2] of label texts. */
  async encode({ rows, length, ids, mask }: IdBatch): Promise<{
    finding: Float32Array;
    typing: Float32Array;
  }> {
    const dims = [rows, length];
    const outputs = await this.graph.run({
      input_ids: { data: ids, dims },
      attention_mask: { data: mask, dims },
    });
    return { finding: floats(outputs['finding']), typing: floats(outputs['typing']) };
  }

  async release(): Promise<void> {
    await this.graph.release();
  }
}
