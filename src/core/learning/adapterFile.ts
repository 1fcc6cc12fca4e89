import { InputError } from '../errors';
import { findSyntaxError } from '../json/syntaxError';
import { phrase } from '../messages/phrase';
import { WORD_SCORES } from '../decoding/logits';
import type {
  AdapterEstimate,
  AdapterSet,
  LabelAdapter,
  LabelFinder,
  PackAdapters,
} from './adapterSet';

/** Raised with every change that an older program would misunderstand. */
const FORMAT = 1;

/** The ending of files that hold what was learned of a label list, beside the list's own file. */
export const ADAPTER_FILE_ENDING = '.adapters.json';

/** A set of adapters as the text of a file: one label a line, so that changes of it can be read. */
export function writeAdapterFile({ packs }: AdapterSet): string {
  const written = packs.map(({ labels, ...pack }) => {
    const lines = labels.map((label) => `      ${JSON.stringify(label)}`);
    const head = JSON.stringify(pack).slice(1, -1);
    return `    {\n      ${head},\n      "labels": [\n${lines.join(',\n')}\n      ]\n    }`;
  });
  return `{\n  "format": ${FORMAT},\n  "packs": [\n${written.join(',\n')}\n  ]\n}\n`;
}

/**
 * Reads such a file.
 * @throws InputError naming file and field where it is none.
 */
export function readAdapterFile(text: string, source: string): AdapterSet {
  const broken = findSyntaxError(text);
  if (broken !== undefined) {
    throw new InputError(
      phrase`The file is no JSON: ${broken.reason}`,
      phrase`Delete the file and learn again from the annotations.`,
      { source, line: broken.line },
    );
  }
  const value: unknown = JSON.parse(text);
  const check = new Check(source);
  const file = check.object(value, '');
  if (file['format'] !== FORMAT) {
    throw new InputError(
      phrase`The file has a format that this version does not know`,
      phrase`Learn again from the annotations.`,
      { source, field: 'format' },
    );
  }
  return { packs: check.array(file['packs'], 'packs').map((one, at) => readPack(one, at, check)) };
}

function readPack(value: unknown, at: number, check: Check): PackAdapters {
  const field = `packs[${at}]`;
  const pack = check.object(value, field);
  const width = check.number(pack['width'], `${field}.width`);
  return {
    pack: check.string(pack['pack'], `${field}.pack`),
    version: check.string(pack['version'], `${field}.version`),
    width,
    labels: check
      .array(pack['labels'], `${field}.labels`)
      .map((label, index) => readLabel(label, width, `${field}.labels[${index}]`, check)),
  };
}

function readLabel(value: unknown, width: number, field: string, check: Check): LabelAdapter {
  const label = check.object(value, field);
  const weights = check.numbers(label['weights'], `${field}.weights`);
  if (weights.length !== width) {
    throw check.error(phrase`${width} weights are needed, there are ${weights.length}`, field);
  }
  const path = check
    .array(label['path'], `${field}.path`)
    .map((part) => check.string(part, `${field}.path`));
  if (path.length === 0) throw check.error(phrase`The path of the label is empty`, field);
  return {
    path,
    examples: check.number(label['examples'], `${field}.examples`),
    bias: check.number(label['bias'], `${field}.bias`),
    scale: check.number(label['scale'], `${field}.scale`),
    ...(label['estimate'] === undefined
      ? {}
      : { estimate: readEstimate(label['estimate'], `${field}.estimate`, check) }),
    weights,
    ...(label['finder'] === undefined
      ? {}
      : { finder: readFinder(label['finder'], `${field}.finder`, check) }),
  };
}

function readFinder(value: unknown, field: string, check: Check): LabelFinder {
  const finder = check.object(value, field);
  const weights = check.numbers(finder['weights'], `${field}.weights`);
  const biases = check.numbers(finder['biases'], `${field}.biases`);
  if (biases.length !== WORD_SCORES || weights.length % WORD_SCORES !== 0) {
    throw check.error(phrase`Weights and biases for ${WORD_SCORES} roles are needed`, field);
  }
  return { weights, biases };
}

function readEstimate(value: unknown, field: string, check: Check): AdapterEstimate {
  const estimate = check.object(value, field);
  const number = (key: keyof AdapterEstimate) => check.number(estimate[key], `${field}.${key}`);
  return {
    precision: number('precision'),
    recall: number('recall'),
    f1: number('f1'),
    spans: number('spans'),
  };
}

/** Reads parts of the file, or says where it is no such part. */
class Check {
  constructor(private readonly source: string) {}

  error(problem: ReturnType<typeof phrase>, field: string): InputError {
    return new InputError(problem, phrase`Delete the file and learn again from the annotations.`, {
      source: this.source,
      ...(field === '' ? {} : { field }),
    });
  }

  object(value: unknown, field: string): Readonly<Record<string, unknown>> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw this.error(phrase`This is no object`, field);
    }
    return value as Record<string, unknown>;
  }

  array(value: unknown, field: string): readonly unknown[] {
    if (!Array.isArray(value)) throw this.error(phrase`This is no list`, field);
    return value;
  }

  string(value: unknown, field: string): string {
    if (typeof value !== 'string' || value === '') throw this.error(phrase`This is no name`, field);
    return value;
  }

  number(value: unknown, field: string): number {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw this.error(phrase`This is no number`, field);
    }
    return value;
  }

  numbers(value: unknown, field: string): readonly number[] {
    return this.array(value, field).map((one) => this.number(one, field));
  }
}
