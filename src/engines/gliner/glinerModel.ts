import path from 'node:path';
import { phrase } from '../../core/messages/phrase';
import { messageOf } from '../errors';
import { checkInputs, logitsOf, openModelGraph, wrongGraph } from '../models/openModelGraph';
import type { GlinerFolder } from '../models/modelFolder';
import { WordTokenizer } from '../models/wordTokenizer';
import type { Graph, Runtime, Tensor } from '../runtime/runtime';
import { packSpans, packText, type GlinerRow, type SpecialTokens } from './glinerInputs';
import { LabelReader } from './labelReader';
import { SpanLogits, TokenLogits, type SpanScores, type TokenLayout } from './spanScores';

const TEXT = {
  input_ids: 'int64',
  attention_mask: 'int64',
  words_mask: 'int64',
  text_lengths: 'int64',
} as const;
const SPANS = { span_idx: 'int64', span_mask: 'bool' } as const;
// Words and labels of the text that a model is tried with: numbers that no other axis has.
const PROBE = { words: 7, labels: 5 };

/** A GLiNER model's graphs, checked and ready, with its tokenizers. */
export class GlinerModel {
  private constructor(
    readonly folder: GlinerFolder,
    readonly tokenizer: WordTokenizer,
    /** Reads labels by themselves; undefined where they are read with the text. */
    private readonly labels: LabelReader | undefined,
    private readonly special: SpecialTokens,
    private readonly graph: Graph,
    private readonly output: string,
    private layout: TokenLayout,
  ) {}

  /**
   * Opens the graphs of a folder and tries them.
   * @throws ModelError when a graph is damaged, has other tensors than its kind, or fails.
   */
  static async open(folder: GlinerFolder, runtime: Runtime, threads: number): Promise<GlinerModel> {
    const { config } = folder;
    const file = path.join(folder.folder, folder.graph);
    const tokenizer = WordTokenizer.open(
      path.join(folder.folder, 'tokenizer.json'),
      folder.tokenizer,
    );
    if (folder.kind !== 'gliner-bi') tokenizer.special(config.ent_token);
    const graph = await openModelGraph(folder.folder, folder.graph, runtime, threads);
    let labels: LabelReader | undefined;
    try {
      labels =
        folder.kind === 'gliner-bi'
          ? await LabelReader.open(folder, graph, runtime, threads)
          : undefined;
      const spans = folder.scores === 'span' ? SPANS : {};
      checkInputs(file, graph, { ...TEXT, ...spans, ...labels?.inputs });
      const output = logitsOf(file, graph);
      // Padding is masked: its id decides nothing.
      const special = { before: tokenizer.before, after: tokenizer.after, pad: 0 };
      const model = new GlinerModel(
        folder,
        tokenizer,
        labels,
        special,
        graph,
        output,
        'parts last',
      );
      await model.probe(file);
      return model;
    } catch (error) {
      await Promise.all([graph.release(), labels?.release()]);
      throw error;
    }
  }

  /** Ids of a prompt: `<<ENT>>` and name for each label, `<<SEP>>`; empty where labels are read by themselves. */
  prompt(labels: readonly string[], limit = Infinity): number[] {
    if (this.labels !== undefined) return [];
    const { ent_token: entity, sep_token: end } = this.folder.config;
    const each =
      limit === Infinity ? undefined : Math.max(1, Math.floor(limit / labels.length) - 2);
    const marker = this.tokenizer.special(entity);
    return [
      ...labels.flatMap((label) => [
        marker,
        // A label that holds the marker itself would be taken for two.
        ...this.tokenizer
          .ids(label)
          .filter((id) => id !== marker)
          .slice(0, each),
      ]),
      ...this.tokenizer.ids(end),
    ];
  }

  /** Scores of texts for labels, in the order of the texts. The labels are those of the prompts. */
  async score(rows: readonly GlinerRow[], labels: readonly string[]): Promise<SpanScores[]> {
    const logits = await this.run(rows, labels);
    return rows.map(({ words }, row) =>
      this.folder.scores === 'span'
        ? new SpanLogits(logits, row, words.length)
        : new TokenLogits(logits, this.layout, row, words.length),
    );
  }

  async release(): Promise<void> {
    await Promise.all([this.graph.release(), this.labels?.release()]);
  }

  private async run(rows: readonly GlinerRow[], labels: readonly string[]): Promise<Tensor> {
    const { config, scores } = this.folder;
    const outputs = await this.graph.run({
      ...packText(rows, this.special, config.subtoken_pooling),
      ...(scores === 'span' ? packSpans(rows, config.max_width) : {}),
      ...(await this.labels?.read(labels)),
    });
    return outputs[this.output] as Tensor;
  }

  /** Reads a text of some words, and finds out how the logits lie. */
  private async probe(file: string): Promise<void> {
    const names = Array.from({ length: PROBE.labels }, (_, index) => `label ${index}`);
    const word = this.tokenizer.ids('a');
    const row = {
      prompt: this.prompt(names),
      words: Array.from({ length: PROBE.words }, () => word),
    };
    let dims: readonly number[];
    try {
      ({ dims } = await this.run([row], names));
    } catch (error) {
      throw wrongGraph(file, phrase`it cannot read a text: ${messageOf(error)}`);
    }
    const { words, labels } = PROBE;
    const { max_width: widths } = this.folder.config;
    const is = (...shape: number[]): boolean => dims.join() === shape.join();
    if (this.folder.scores === 'span') {
      if (is(1, words, widths, labels)) return;
    } else {
      if (is(1, words, labels, 3)) return;
      if (is(3, 1, words, labels)) {
        this.layout = 'parts first';
        return;
      }
    }
    const kind = this.folder.kind;
    throw wrongGraph(
      file,
      phrase`its logits have the shape [${dims.join(', ')}], which is not that of the kind ${kind}, for ${words} words and ${labels} labels`,
    );
  }
}
