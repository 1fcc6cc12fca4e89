import path from 'node:path';
import { readdir } from 'node:fs/promises';
import type { ScoredPath } from '../../core/entity/entity';
import { phrase } from '../../core/messages/phrase';
import type { AlikePair } from '../../core/similarity/alikeVectors';
import type { AdapterSet } from '../../core/learning/adapterSet';
import type {
  AnnotatedPassage,
  Engine,
  ExtractOptions,
  LearnOptions,
  Passage,
  PassageResult,
  ReadingCounts,
} from '../engine';
import { DisposedError } from '../errors';
import { groupPassages } from '../passages';
import { detectLanguage } from './detectLanguage';
import { EncoderEngine, type EncoderOptions } from './encoderEngine';
import { LabelEncoders } from './labelEncoders';
import { readManifest } from './pack';
import type { PackManifest } from './packSchema';
import { featureCache } from './unitEncoder';

/** A pack of several, opened when the first passage needs it. */
interface OnePack {
  readonly folder: string;
  readonly manifest: PackManifest;
  engine?: Promise<EncoderEngine>;
  /** The engine once it is open. */
  opened?: EncoderEngine;
}

/** Bytes of word features that all packs together keep: with 600 MB two packs have to get by. */
const CACHE_BYTES = 48 * 1024 * 1024;
const GROUP = { passages: 1024, units: 65_536 };

/**
 * Several packs as one engine: each passage is read by the pack made for its language, which is the
 * passage's own or is found out. Results come in the order of the passages; a passage's result does
 * not depend on its neighbours. Packs are opened when they are needed, the first one at once; packs
 * that share a label graph have it once.
 */
export class EncoderPacks implements Engine {
  readonly name = 'encoder';
  readonly capabilities = { freeLabels: true, paid: false, remote: false };
  private disposed = false;

  /**
   * Opens the packs of a folder, each in a folder of its own.
   * @throws ModelError when one cannot be read, or the first cannot be used.
   */
  static async load(folder: string, options: EncoderOptions = {}): Promise<EncoderPacks> {
    const folders = await packFolders(folder);
    const packs = await Promise.all(
      folders.map(async (one): Promise<OnePack> => {
        return { folder: one, manifest: await readManifest(one) };
      }),
    );
    // The pack for the fewest languages knows them best.
    packs.sort((a, b) => a.manifest.languages.length - b.manifest.languages.length);
    const [first, ...others] = packs;
    if (first === undefined) throw new RangeError('a folder of packs holds no pack');
    const { labelEncoders = new LabelEncoders(), cacheBytes = CACHE_BYTES } = options;
    const shared = {
      ...options,
      labelEncoders,
      ...(others.length === 0 ? {} : { features: featureCache(cacheBytes) }),
    };
    const engine = await EncoderEngine.load(first.folder, shared);
    first.engine = Promise.resolve(engine);
    first.opened = engine;
    return new EncoderPacks(engine, [first, ...others], shared);
  }

  private constructor(
    private readonly first: EncoderEngine,
    private readonly packs: readonly [OnePack, ...OnePack[]],
    private readonly options: EncoderOptions,
  ) {}

  get model(): string {
    return this.packs.map(({ manifest }) => manifest.name).join(' + ');
  }

  /** What the first pack says of itself, with the languages and the files of all. */
  get manifest(): PackManifest {
    const { manifests } = this;
    const entries = manifests.flatMap(({ name, files }) =>
      Object.entries(files).map(([file, facts]) => [`${name}/${file}`, facts] as const),
    );
    return {
      ...this.first.manifest,
      name: this.model,
      languages: [...new Set(manifests.flatMap(({ languages }) => languages))],
      files: Object.fromEntries(entries),
    };
  }

  /** What each pack says of itself. */
  get manifests(): readonly PackManifest[] {
    return this.packs.map(({ manifest }) => manifest);
  }

  get runtime(): EncoderEngine['runtime'] {
    return this.first.runtime;
  }

  /** Counters of all packs; what they share, labels and the cache, is counted once. */
  get counters(): EncoderEngine['counters'] {
    const total = { encoded: 0, labelsEncoded: 0, cachedSentences: 0, cacheBytes: 0 };
    for (const { opened } of this.packs) {
      if (opened === undefined) continue;
      const { encoded, labelsEncoded, cachedSentences, cacheBytes } = opened.counters;
      total.encoded += encoded;
      total.labelsEncoded = Math.max(total.labelsEncoded, labelsEncoded);
      Object.assign(total, { cachedSentences, cacheBytes });
    }
    return total;
  }

  async *extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    options: ExtractOptions,
  ): AsyncGenerator<PassageResult, void, undefined> {
    const { onDone, signal, ...rest } = options;
    const own = signal === undefined ? rest : { ...rest, signal };
    const total = { passages: 0, sentences: 0, encoded: 0, words: 0, seconds: 0 };
    for await (const group of groupPassages(passages, () => GROUP, signal)) {
      yield* this.extractGroup(group, {
        ...own,
        onDone: (done) => add(total, done),
      });
    }
    onDone?.(total);
  }

  async rankTypes(
    passage: Passage,
    spans: readonly { readonly start: number; readonly end: number }[],
    options: ExtractOptions & { readonly limit?: number },
  ): Promise<readonly (readonly ScoredPath[])[]> {
    const engine = await this.open(await this.packFor(passage));
    return engine.rankTypes(passage, spans, options);
  }

  /** Each pack learns from the passages that it reads. */
  async learn(passages: readonly AnnotatedPassage[], options: LearnOptions): Promise<AdapterSet> {
    const byPack = new Map<OnePack, AnnotatedPassage[]>();
    for (const passage of passages) {
      const pack = await this.packFor(passage);
      const own = byPack.get(pack);
      if (own === undefined) byPack.set(pack, [passage]);
      else own.push(passage);
    }
    const sets: AdapterSet[] = [];
    for (const [pack, own] of byPack) sets.push(await (await this.open(pack)).learn(own, options));
    return { packs: sets.flatMap(({ packs }) => packs) };
  }

  /** Vectors of one pack for all texts, so that they can be compared: of that for the most languages. */
  async embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    const engine = await this.open(this.packs.at(-1) ?? this.packs[0]);
    return engine.embed(texts, signal);
  }

  /** Vectors of the first pack's label encoder. */
  embedLabels(names: readonly string[]): Promise<Float32Array[]> {
    return this.first.embedLabels(names);
  }

  alikeLabels(groups: readonly (readonly string[])[], from: number): Promise<readonly AlikePair[]> {
    return this.first.alikeLabels(groups, from);
  }

  /** Resolves once what is kept for the next process is on disk. */
  async settled(): Promise<void> {
    for (const { engine } of this.packs) await (await engine)?.settled();
  }

  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    for (const { engine } of this.packs) {
      await (await engine?.catch(() => undefined))?.dispose();
    }
  }

  /** Each pack gets its passages together; the results are taken from it when their turn comes. */
  private async *extractGroup(
    group: readonly Passage[],
    options: ExtractOptions,
  ): AsyncGenerator<PassageResult, void, undefined> {
    const chosen: OnePack[] = [];
    for (const passage of group) chosen.push(await this.packFor(passage));
    const results = new Map<OnePack, AsyncIterator<PassageResult>>();
    try {
      for (const pack of chosen) {
        let own = results.get(pack);
        if (own === undefined) {
          const engine = await this.open(pack);
          const passages = group.filter((_, index) => chosen[index] === pack);
          own = engine.extract(passages, options)[Symbol.asyncIterator]();
          results.set(pack, own);
        }
        const next = await own.next();
        if (next.done !== true) yield next.value;
      }
      // Only now do the engines count what they did.
      for (const own of results.values()) await own.next();
    } finally {
      for (const own of results.values()) await own.return?.();
    }
  }

  /** What the pack that reads a language says of itself. */
  manifestFor(language: string): PackManifest {
    return this.packOf(language).manifest;
  }

  private async packFor({ text, lang }: Passage): Promise<OnePack> {
    const [first, ...others] = this.packs;
    if (others.length === 0) return first;
    const language = lang?.toLowerCase().split('-')[0] ?? (await detectLanguage(text));
    // What nobody can tell is too short to matter, or has no letters.
    return language === undefined ? first : this.packOf(language);
  }

  /** The first pack for a language, else the one for the most languages. */
  private packOf(language: string): OnePack {
    const [first] = this.packs;
    const fits = this.packs.find(({ manifest }) => manifest.languages.includes(language));
    return fits ?? this.packs.at(-1) ?? first;
  }

  private open(pack: OnePack): Promise<EncoderEngine> {
    if (this.disposed) throw new DisposedError(phrase`encoder`);
    if (pack.engine === undefined) {
      const opening = EncoderEngine.load(pack.folder, this.options);
      pack.engine = opening;
      opening.then(
        (engine) => (pack.opened = engine),
        // Whoever asked hears of a failure; the next one who asks tries again.
        () => delete pack.engine,
      );
    }
    return pack.engine;
  }
}

/** Folders in a folder that hold packs; the folder itself when it is one; none where it cannot be read. */
export async function packFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.some(({ name }) => name === 'pack.json')) return [folder];
  const folders = entries.filter((entry) => entry.isDirectory());
  const found = await Promise.all(
    folders.map(async ({ name }) => {
      const own = path.join(folder, name);
      const files = await readdir(own).catch((): string[] => []);
      return files.includes('pack.json') ? [own] : [];
    }),
  );
  return found.flat().sort();
}

type Total = { -readonly [Key in keyof ReadingCounts]: number };

function add(total: Total, more: ReadingCounts): void {
  for (const key of Object.keys(total) as (keyof Total)[]) total[key] += more[key];
}
