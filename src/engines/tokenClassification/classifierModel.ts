import path from 'node:path';
import { phrase } from '../../core/messages/phrase';
import { messageOf } from '../errors';
import { packIds } from '../gliner/glinerInputs';
import type { ClassifierFolder } from '../models/modelFolder';
import { checkInputs, logitsOf, openModelGraph, wrongGraph } from '../models/openModelGraph';
import { WordTokenizer } from '../models/wordTokenizer';
import type { Graph, Runtime, Tensor } from '../runtime/runtime';

const INPUTS = { input_ids: 'int64', attention_mask: 'int64', token_type_ids: 'int64' } as const;

/** The graph of a token classification model, checked and ready, with its tokenizer. */
export class ClassifierModel {
  private constructor(
    readonly folder: ClassifierFolder,
    readonly tokenizer: WordTokenizer,
    private readonly graph: Graph,
    private readonly output: string,
  ) {}

  /** @throws ModelError when the graph is damaged, has other tensors than its kind, or fails. */
  static async open(
    folder: ClassifierFolder,
    runtime: Runtime,
    threads: number,
  ): Promise<ClassifierModel> {
    const file = path.join(folder.folder, folder.graph);
    const tokenizer = WordTokenizer.open(
      path.join(folder.folder, 'tokenizer.json'),
      folder.tokenizer,
    );
    const graph = await openModelGraph(folder.folder, folder.graph, runtime, threads);
    try {
      checkInputs(file, graph, INPUTS, ['token_type_ids']);
      const model = new ClassifierModel(folder, tokenizer, graph, logitsOf(file, graph));
      await model.probe(file);
      return model;
    } catch (error) {
      await graph.release();
      throw error;
    }
  }

  /** Logits [tokens, classes] of the words' tokens of each text, without its special tokens. */
  async score(texts: readonly (readonly (readonly number[])[])[]): Promise<Float32Array[]> {
    const { before } = this.tokenizer;
    const { data, dims } = await this.run(texts.map((words) => words.flat()));
    const [, length = 0, classes = 0] = dims;
    return texts.map((words, row) => {
      const tokens = words.reduce((sum, ids) => sum + ids.length, 0);
      const from = (row * length + before.length) * classes;
      // Copies: a view would keep the whole batch in memory.
      return (data as Float32Array).slice(from, from + tokens * classes);
    });
  }

  async release(): Promise<void> {
    await this.graph.release();
  }

  private async run(rows: readonly (readonly number[])[]): Promise<Tensor> {
    const { before, after } = this.tokenizer;
    // Padding is masked: its id decides nothing.
    const { ids, mask } = packIds(
      rows.map((row) => [...before, ...row, ...after]),
      0,
    );
    const types = { data: new BigInt64Array(ids.data.length), dims: ids.dims };
    const outputs = await this.graph.run({
      input_ids: ids,
      attention_mask: mask,
      ...(this.graph.inputs.has('token_type_ids') ? { token_type_ids: types } : {}),
    });
    return outputs[this.output] as Tensor;
  }

  private async probe(file: string): Promise<void> {
    const row = this.tokenizer.ids('a');
    let dims: readonly number[];
    try {
      ({ dims } = await this.run([row]));
    } catch (error) {
      throw wrongGraph(file, phrase`it cannot read a text: ${messageOf(error)}`);
    }
    const length = row.length + this.tokenizer.around;
    const { classes } = this.folder;
    if (dims.join() === [1, length, classes.length].join()) return;
    throw wrongGraph(
      file,
      phrase`its logits have the shape [${dims.join(', ')}] for ${length} tokens, and its config.json names ${classes.length} classes`,
    );
  }
}
