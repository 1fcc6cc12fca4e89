import type { Entity } from '../entity/entity';
import type { OverlapPolicy } from '../entity/overlap';
import type { FormatRecord, PassageRecord } from '../formats/format';
import type { Taxonomy } from '../labels/taxonomy';
import { phrase } from '../messages/phrase';
import type { LeakIndex } from '../similarity/leaks';
import { NearDuplicates } from '../similarity/nearDuplicates';
import { CodePointMap } from '../text/offsets';
import type { Range } from '../text/range';
import { checkInvisible, checkScripts } from './characters';
import { checkEdges } from './entityEdges';
import { checkOverlaps } from './entityOverlaps';
import type { Draft, Finding, Place, Region } from './finding';
import { readerProblems } from './readerProblems';
import { severityOf, type RuleId } from './rules';
import { TypedSurfaces } from './typedSurfaces';
import { TypeNames } from './typeNames';

export interface CheckOptions {
  /** Which overlaps the data may have; `nested` when absent. */
  readonly overlap?: OverlapPolicy;
  /** Types are checked against it; not at all when absent. */
  readonly taxonomy?: Taxonomy;
  /** Whether the taxonomy is a guess: one that lacks most of the file's types says nothing. */
  readonly guessed?: boolean;
  /** Whether the format of the file can say paths of types. */
  readonly hasPaths?: boolean;
  /** The texts of the other file, and its name. */
  readonly against?: { readonly index: LeakIndex; readonly name: string };
  /** Ids of the rules that are looked at; all when absent. */
  readonly rules?: ReadonlySet<RuleId>;
}

type RegionOf = (span: Range) => Region | undefined;

/**
 * Checks a data set record by record. Memory grows with the number of different words, not with
 * what is found. Time is linear in the text.
 */
export class DataSetCheck {
  private readonly surfaces = new TypedSurfaces();
  private readonly types: TypeNames | undefined;
  private readonly duplicates = new NearDuplicates();
  private readonly lines: number[] = [];

  constructor(private readonly options: CheckOptions = {}) {
    const { taxonomy, guessed = false, hasPaths = false } = options;
    if (taxonomy !== undefined) this.types = new TypeNames({ taxonomy, guessed, hasPaths });
  }

  /**
   * What is found out about a record from itself and those before; in the order of the records.
   * @param regionOf Says where in the file a range of the passage's text stands.
   */
  add(record: FormatRecord, regionOf: RegionOf = () => undefined): Finding[] {
    this.lines[record.index] = record.source.line;
    const drafts: Draft[] = [...readerProblems(record)];
    if (record.kind === 'passage') drafts.push(...this.checkPassage(record, regionOf));
    return drafts.flatMap((draft) => this.finding(draft, placeOf(record, draft.span, regionOf)));
  }

  /** What can be said only after the last record. */
  finish(): Finding[] {
    const found = [...this.surfaces.findings(), ...(this.types?.findings() ?? [])];
    return found.flatMap(({ place, draft, related }) =>
      this.finding(draft, place).map((finding) =>
        related.length === 0 ? finding : { ...finding, related },
      ),
    );
  }

  private *checkPassage(record: PassageRecord, regionOf: RegionOf): Generator<Draft> {
    const { index, text } = record;
    if (text.trim() === '') {
      yield {
        rule: 'empty-passage',
        message: phrase`The passage has no text`,
        mend: phrase`Give it a text, or remove it.`,
        fixes: [removePassage(index)],
      };
      return;
    }
    const standing = record.entities.filter(({ state }) => state !== 'rejected');
    for (const entity of standing) {
      yield* checkEdges(index, text, entity);
      this.note(record, entity, regionOf);
    }
    yield* checkOverlaps(index, text, standing, this.options.overlap ?? 'nested');
    yield* checkScripts(text);
    yield* checkInvisible(text);
    yield* this.checkLikeness(index, text);
  }

  private note(record: PassageRecord, entity: Entity, regionOf: RegionOf): void {
    const { start, end } = entity;
    const placed = { place: placeOf(record, { start, end }, regionOf), entity };
    this.surfaces.add(record.text.slice(start, end), placed);
    this.types?.add(placed);
  }

  private *checkLikeness(index: number, text: string): Generator<Draft> {
    const like = this.duplicates.add(index, text);
    if (like !== undefined) {
      const line = this.lines[like.of] ?? 1;
      const percent = Math.round(100 * like.likeness);
      yield {
        rule: 'near-duplicate',
        message:
          like.likeness === 1
            ? phrase`The passage has the same words as the one at line ${line}`
            : phrase`The passage is like the one at line ${line} (${percent} % of its words)`,
        mend: phrase`Keep one of them, or both in the same part of a split.`,
        fixes: [removePassage(index)],
      };
    }
    const { against } = this.options;
    const leak = against?.index.find(text);
    if (against === undefined || leak === undefined) return;
    yield {
      rule: 'leak',
      message:
        leak.kind === 'exact'
          ? phrase`The passage also stands in ${against.name}, line ${leak.line}`
          : phrase`Eight or more words in a row also stand in ${against.name}, line ${leak.line} (${Math.round(100 * leak.share)} % of the passage)`,
      mend: phrase`Remove it from one of the files.`,
      fixes: leak.kind === 'exact' ? [removePassage(index)] : [],
    };
  }

  private finding(draft: Draft, place: Place): Finding[] {
    const { rules } = this.options;
    if (rules !== undefined && !rules.has(draft.rule)) return [];
    return [{ ...place, severity: severityOf[draft.rule], fixes: [], ...draft }];
  }
}

function removePassage(index: number) {
  return {
    title: phrase`Remove this passage`,
    changes: [{ index, to: 'remove' as const }],
    safe: false,
  };
}

/** @param span What of the passage's text is meant, in UTF-16 units. */
function placeOf(record: FormatRecord, span: Range | undefined, regionOf: RegionOf): Place {
  const { index, source } = record;
  const place = { index, line: source.line, bytes: { start: source.start, end: source.end } };
  if (span === undefined || record.kind === 'bad') return place;
  const region = regionOf(span);
  const placed = { ...place, span, ...(region === undefined ? {} : { region }) };
  if (!hasPairs(record.text)) return placed;
  const map = new CodePointMap(record.text);
  return {
    ...placed,
    points: { start: map.toCodePoint(span.start), end: map.toCodePoint(span.end) },
  };
}

function hasPairs(text: string): boolean {
  return /[\ud800-\udbff]/.test(text);
}
