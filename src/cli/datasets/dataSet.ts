import type { Format, OffsetUnit, PassageData, ReadOptions } from '../../core/formats/format';
import { labelsOf } from '../../core/methods/typeCounts';
import { phraseText } from '../../core/messages/phrase';
import { describeProblem } from '../../core/problem';
import { holdSource } from '../checking/mendFile';
import { isBrat, readBratFolder } from '../conversion/bratFolder';
import { encodeAs } from '../conversion/encodeAs';
import { Losses } from '../conversion/losses';
import type { Environment } from '../environment';
import { formatNamed } from '../formats';
import type { TypeMapping } from '../mapping/readMap';
import type { Messages } from '../io/messages';
import { openOutput, writeAll } from '../io/output';
import { errorOf } from '../io/passages';
import { openFormat } from '../io/records';
import type { Source } from '../io/sources';
import type { Taxonomy } from '../../core/labels/taxonomy';

export interface DataSetReading {
  readonly from?: string;
  readonly encoding?: string;
  readonly offsets: OffsetUnit;
  readonly taxonomy?: Taxonomy;
  readonly rules?: Pick<TypeMapping, 'apply'>;
}

/** A passage with the number of its record in its file. */
export interface Member {
  readonly data: PassageData;
  readonly index: number;
}

/** The readable passages of inputs, in memory, and how to write some of them. */
export class DataSet {
  readonly members: Member[] = [];
  /** The one file that all passages come from, where parts of it can be written byte for byte. */
  private single: { readonly source: Source; readonly format: Format; records: number } | undefined;

  private constructor(private readonly reading: DataSetReading) {}

  /**
   * Reads all passages; those that cannot be read are told and left out.
   * @throws {InputError} when an input cannot be opened.
   */
  static async read(
    sources: readonly Source[],
    reading: DataSetReading,
    messages: Messages,
  ): Promise<DataSet> {
    const set = new DataSet(reading);
    for (const source of sources) {
      if (await isBrat(source, reading.from)) {
        for await (const input of readBratFolder(source, { ...reading, ...set.readOptions })) {
          if ('error' in input) messages.fail(input.error);
          else set.add(input.data, 0, source.name);
        }
        continue;
      }
      await set.readFile(
        sources.length === 1 ? await holdSource(source) : source,
        messages,
        sources.length === 1,
      );
    }
    return set;
  }

  /** The types of each passage, at a level (0 = top). */
  labels(level?: number): string[][] {
    return this.members.map(({ data }) => labelsOf(data, level));
  }

  /**
   * Writes some passages in their order: of one file in its own format with every byte as it was, else
   * in the format asked for and the encoding that was named for reading.
   * @param chosen Positions in `members`.
   */
  async write(
    chosen: readonly number[],
    { to, out }: { readonly to?: string; readonly out?: string },
    environment: Environment,
    messages: Messages,
  ): Promise<void> {
    const output = openOutput(out, environment.folder, environment.stdout);
    await writeAll(output, this.chunks(chosen, to, messages), environment.signal);
  }

  /** The ending of files that `write` makes. */
  extension(to?: string): string {
    const format = to === undefined ? this.single?.format : formatNamed(to);
    const named = this.single?.source.file?.match(/\.\w+$/u)?.[0];
    return (to === undefined ? named : undefined) ?? format?.extensions[0] ?? '.jsonl';
  }

  private async *chunks(
    chosen: readonly number[],
    to: string | undefined,
    messages: Messages,
  ): AsyncGenerator<string | Uint8Array> {
    const { single } = this;
    if (single !== undefined && to === undefined && this.reading.rules === undefined) {
      const stays = new Set(chosen.map((number) => this.members[number]?.index));
      const replaced = new Map<number, null>();
      for (let index = 0; index < single.records; index++) {
        if (!stays.has(index)) replaced.set(index, null);
      }
      const opened = await openFormat(single.source, this.reading);
      if (opened !== undefined) {
        const edited = opened.format.edit(opened.utf8(), { replaced }, this.readOptions);
        yield* encodeAs(edited, opened.encoding, opened.isMarked);
      }
      return;
    }
    const losses = new Losses();
    const format = formatNamed(to ?? single?.format.name ?? 'jsonl');
    const passages = chosen.flatMap((number) => this.members[number]?.data ?? []);
    const { offsets, encoding } = this.reading;
    const written = format.write(passages, { offsets, onNote: (note) => losses.add(note) });
    yield* encodeAs(written, encoding);
    losses.tell(messages);
  }

  private get readOptions(): ReadOptions {
    const { offsets, taxonomy } = this.reading;
    return { offsets, passages: 'paragraphs', ...(taxonomy === undefined ? {} : { taxonomy }) };
  }

  private async readFile(source: Source, messages: Messages, isOnly: boolean): Promise<void> {
    const opened = await openFormat(source, this.reading);
    if (opened === undefined) return;
    let records = 0;
    for await (const record of opened.format.read(opened.utf8(), this.readOptions)) {
      records++;
      if (record.kind === 'bad') {
        messages.fail(errorOf({ line: record.source.line, ...record.problem }, source.name));
        continue;
      }
      for (const problem of record.problems) {
        const place = `${source.name}:${problem.line ?? record.source.line}`;
        messages.warn(`${place}: ${phraseText(describeProblem(problem))}`);
      }
      this.add(record, record.index, source.name);
    }
    if (isOnly) this.single = { source, format: opened.format, records };
  }

  private add(data: PassageData, index: number, file: string): void {
    const { rules } = this.reading;
    this.members.push({ data: rules?.apply(data, nameOfSet(file)) ?? data, index });
  }
}

/** What a data set is called: the name of its file without folder and endings. */
export function nameOfSet(file: string): string {
  return file.replace(/^.*[\\/]/u, '').replace(/(?<=.)\.[^.].*$/u, '');
}
