import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { z } from 'zod';
import type { Entity, TypePath } from '../entity/entity';
import { InputError } from '../errors';
import type { PassageData } from '../formats/format';
import { placeOf } from '../json/syntaxError';
import { foldPath, splitPath } from '../labels/names';
import { phrase } from '../messages/phrase';
import { MapLosses } from './mapLosses';

/** Where a type of one list goes in another: a path, or nowhere. */
export interface MapEntry {
  readonly from: TypePath;
  readonly to: TypePath | null;
}

const fileSchema = z.object({ map: z.record(z.string(), z.string().min(1).nullable()) });

/**
 * Maps types of one label list to those of another. A type that has no entry goes where the nearest type
 * above it goes; an entry may also name the end of a path. What has no entry at all stays as it is.
 */
export class LabelMap {
  private readonly byPath = new Map<string, MapEntry>();

  constructor(readonly entries: readonly MapEntry[]) {
    for (const entry of entries) this.byPath.set(foldPath(entry.from), entry);
  }

  /** The entry for a type; undefined where there is none. */
  entryFor(path: TypePath): MapEntry | undefined {
    for (let length = path.length; length > 0; length--) {
      const own = path.slice(0, length);
      for (let from = 0; from < own.length; from++) {
        const entry = this.byPath.get(foldPath(own.slice(from)));
        if (entry !== undefined) return entry;
      }
    }
    return undefined;
  }

  /** The entities with their new types; what is lost that way is counted in `losses`. */
  mapEntities(entities: readonly Entity[], losses = new MapLosses()): Entity[] {
    return entities.flatMap((entity) => {
      const entry = this.entryFor(entity.path);
      losses.add(entity.path, entry);
      if (entry === undefined) return [entity];
      if (entry.to === null) return [];
      // They are of the old list.
      const { candidates, levelScores, alternatives, ...rest } = entity;
      void [candidates, levelScores, alternatives];
      return [{ ...rest, path: entry.to }];
    });
  }

  /** The passage with its entities mapped. */
  apply<T extends PassageData>(passage: T, losses?: MapLosses): T {
    return { ...passage, entities: this.mapEntities(passage.entities, losses) };
  }
}

/**
 * Reads a map file, `{"map": {"person > actor": "person", "date": null}}`, with comments: `null` takes
 * entities of the type away.
 * @throws InputError naming the line or the type that is wrong.
 */
export function parseLabelMap(text: string, source: string): LabelMap {
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\ufeff/u, ''), errors, { allowTrailingComma: true });
  const mend = phrase`Write {"map": {"type": "other type", "unwanted type": null}}.`;
  const [error] = errors;
  if (error !== undefined) {
    const { line } = placeOf(text, error.offset);
    const reason = printParseErrorCode(error.error);
    throw new InputError(phrase`The map is no JSON (${reason})`, mend, { source, line });
  }
  const read = fileSchema.safeParse(value);
  if (!read.success) {
    const field = (read.error.issues[0]?.path ?? []).join('.');
    throw new InputError(phrase`The value is no map of types`, mend, { source, field });
  }
  const entries = Object.entries(read.data.map).map(([from, to]) => ({
    from: splitPath(from),
    to: to === null ? null : splitPath(to),
  }));
  return new LabelMap(entries);
}

/** An entry with what people should know of it. */
export interface NotedEntry extends MapEntry {
  readonly note?: string;
}

/** A map as the text of a file, an entry a line, with notes as comments. */
export function writeLabelMap(entries: readonly NotedEntry[]): string {
  const lines = entries.map(({ from, to, note }, at) => {
    const value = to === null ? 'null' : JSON.stringify(to.join(' > '));
    const comma = at + 1 < entries.length ? ',' : '';
    const comment = note === undefined ? '' : ` // ${note.replaceAll(/\s+/gu, ' ')}`;
    return `    ${JSON.stringify(from.join(' > '))}: ${value}${comma}${comment}\n`;
  });
  return `{\n  "map": {\n${lines.join('')}  }\n}\n`;
}
