import { writeLabelMap } from '../../core/mapping/labelMap';
import { nameToCompare, suggestMap, type VectoredType } from '../../core/mapping/suggestMap';
import type { LabelList } from '../../core/labels/labelList';
import type { Engine } from '../../engines/engine';
import { openPack } from '../datasets/openPack';
import type { Environment } from '../environment';
import { exitCode, UsageError, type ExitCode } from '../exit';
import { Messages } from '../io/messages';
import { openOutput } from '../io/output';
import type { OpenEngine } from '../openEncoder';
import { resolveLabels } from '../options/labels';
import { countOf } from '../terminal/countOf';

/** The options of `map` as commander reads them. */
export interface MapOptions {
  readonly from: string;
  readonly to: string;
  readonly least: number;
  readonly out?: string;
}

/** Runs `map`: writes a map from one list to another as the model suggests it. */
export async function runMap(
  options: MapOptions,
  environment: Environment,
  open: OpenEngine,
): Promise<ExitCode> {
  const { folder, stdout, stderr } = environment;
  const messages = new Messages(stderr);
  const from = await resolveLabels(options.from, { folder }, environment, messages);
  const to = await resolveLabels(options.to, { folder }, environment, messages);
  const engine = await openPack(undefined, environment, open);
  try {
    const suggested = suggestMap(
      await vectored(from, engine),
      await vectored(to, engine),
      options.least,
    );
    const noted = suggested.map(({ likeness, ...entry }) =>
      likeness === 1 ? entry : { ...entry, note: `${Math.round(100 * likeness)} % alike` },
    );
    const output = openOutput(options.out, folder, stdout);
    await output.write(writeLabelMap(noted));
    await output.close();
    const open = suggested.filter((entry) => entry.to === null).length;
    messages.say(
      `${countOf(suggested.length, 'type')}, of which ${countOf(open, 'goes', 'go')} nowhere.`,
    );
  } finally {
    await engine.dispose();
  }
  return exitCode.done;
}

async function vectored({ taxonomy }: LabelList, engine: Engine): Promise<VectoredType[]> {
  if (engine.embedLabels === undefined) {
    throw new UsageError(`${engine.model} has no vectors of labels.`);
  }
  const { nodes } = taxonomy;
  const vectors = await engine.embedLabels(nodes.map(({ path }) => nameToCompare(path)));
  return nodes.map(({ path }, at) => ({ path, vector: vectors[at] ?? new Float32Array(0) }));
}
