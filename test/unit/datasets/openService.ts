import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatasetEdit } from '../../../src/core/dataset/edits';
import type { PassageView } from '../../../src/core/dataset/passage';
import type { Applied, ReadProgress } from '../../../src/host/datasets/contract';
import type { OpenParams } from '../../../src/host/datasets/datasetKind';
import { DatasetService } from '../../../src/host/datasets/datasetService';

/** A data set of a file in a folder of its own, open as its worker opens it. */
export interface OpenTest {
  readonly service: DatasetService;
  readonly file: string;
  readonly folder: string;
  /** Resolves when all of the file was read. */
  readonly read: Promise<ReadProgress>;
  apply(edit: DatasetEdit, joins?: boolean): Promise<Applied | null>;
  views(from?: number, to?: number): Promise<readonly PassageView[]>;
  texts(): Promise<string[]>;
  save(): Promise<string>;
  close(): Promise<void>;
}

export const by = { annotator: 'ada', time: '2026-01-02T03:04:05.000Z' };

export async function openService(
  name: string,
  content: string | Uint8Array,
  options: Partial<OpenParams> & { readonly folder?: string } = {},
): Promise<OpenTest> {
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'dataset-')));
  const file = path.join(folder, name);
  if (options.folder === undefined) await writeFile(file, content);
  let told: (progress: ReadProgress) => void;
  const read = new Promise<ReadProgress>((resolve) => (told = resolve));
  const service = new DatasetService((progress) => {
    if (progress.share === 1) told(progress);
  });
  const { answers } = service;
  const copy = path.join(folder, `copy-${Math.random().toString(36).slice(2)}`);
  await answers.open({ source: { kind: 'file', file }, name, copy, ...options });
  const views = async (from = 0, to = 1000) => answers.views({ from, to });
  return {
    service,
    file,
    folder,
    read,
    apply: async (edit, joins = false) => answers.apply({ edit, by, joins }),
    views,
    texts: async () => (await views()).map(({ passage }) => passage.text),
    save: async () => {
      await answers.save({ file, own: true });
      return readFile(file, 'utf8');
    },
    close: async () => {
      await answers.close({ keep: false });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
