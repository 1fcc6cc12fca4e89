import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { exportPassages, type ExportOptions } from '../../core/export/exportPassages';
import { exportTargets, type FileTarget } from '../../core/export/exportTargets';
import type { PassageData } from '../../core/formats/format';
import { writeAtomically } from '../documents/atomicFile';
import type { LabelArguments } from '../programs/labelArguments';
import type { Program } from '../programs/program';
import { roundArguments, type DynamicRounds } from './dynamicRounds';

/** What the version was made with. */
export interface RoundsParts {
  readonly program: Program;
  readonly labels: LabelArguments;
}

/**
 * Exports the DynamicNER version that rounds of dynamic categorization make: their choices depend on all
 * passages, so that these go to the program as a file.
 * @returns The metrics before and after each round, and what the program warned of, as lines of text.
 * @throws an Error with what the program said, when it failed.
 */
export async function exportRounds(
  passages: AsyncIterable<PassageData>,
  options: Omit<ExportOptions<FileTarget>, 'target'>,
  rounds: DynamicRounds,
  place: vscode.Uri,
  { program, labels }: RoundsParts,
  signal: AbortSignal,
): Promise<string> {
  const target = exportTargets.find(({ name }) => name === 'jsonl');
  if (target?.kind !== 'file') throw new RangeError('There is no target for JSONL.');
  const file = path.join(tmpdir(), `dynamicner-${randomUUID()}.jsonl`);
  const made = `${file}.json`;
  try {
    await writeAtomically(vscode.Uri.file(file), exportPassages(passages, { ...options, target }));
    const args = [...roundArguments(rounds), ...(await labels.of(place))];
    const { code, stdout, stderr } = await program.run(
      [...args, '--from', 'jsonl', '--to', 'dynamicner', '--out', made, file],
      { signal },
    );
    if (code !== 0) throw new Error(stderr.trim());
    await writeAtomically(place, [await vscode.workspace.fs.readFile(vscode.Uri.file(made))]);
    return `${stdout.trim()}\n${stderr}`.trim();
  } finally {
    await rm(file, { force: true });
    await rm(made, { force: true });
  }
}
