import type { TypePath } from '../entity/entity';
import type { Taxonomy } from '../labels/taxonomy';
import type { Range } from '../text/range';
import { conversationOf, type Conversation } from './conversation';
import { markSpans } from './markSpans';

/** What a classifier learns at one level: which of the types below a type an entity has. */
export interface ClassificationExample {
  readonly sentence: string;
  /** UTF-16 units of the sentence, end exclusive. */
  readonly span: Range;
  /** The types that may be answered. */
  readonly options: readonly string[];
  readonly answer: string;
}

const parts = {
  beforeEntity: 'The ##',
  beforeSentence: '## in the sentence: "',
  beforeOptions: '" belongs to which entity in the list: ',
  end: '?',
} as const;
const separator = ', ';

/** The examples of one entity, one for each level of its path that the taxonomy has. */
export function classificationsOf(
  sentence: string,
  span: Range,
  path: TypePath,
  taxonomy: Taxonomy,
): ClassificationExample[] {
  const known = taxonomy.node(path)?.path ?? [];
  return known.map((answer, level) => ({
    sentence,
    span,
    options: taxonomy.children(known.slice(0, level)).map(({ name }) => name),
    answer,
  }));
}

/**
 * The example as a conversation: the sentence with this one occurrence marked and the types, then the
 * type. Undefined where it would not be read back as it is.
 */
export function writeClassification(example: ClassificationExample): Conversation | undefined {
  const { sentence, span, options, answer } = example;
  const entity = sentence.slice(span.start, span.end);
  const marked = markSpans(sentence, [span]);
  const { beforeEntity, beforeSentence, beforeOptions, end } = parts;
  const question = `${beforeEntity}${entity}${beforeSentence}${marked}${beforeOptions}${options.join(separator)}${end}`;
  const conversation = conversationOf(question, answer);
  const back = readClassification(conversation);
  const isSame =
    back?.sentence === sentence &&
    back.span.start === span.start &&
    back.span.end === span.end &&
    back.options.join('\n') === options.join('\n');
  return isSame ? conversation : undefined;
}

/** The inverse; undefined for a conversation that is no classification, or whose entity cannot be told. */
export function readClassification({
  conversations,
}: Conversation): ClassificationExample | undefined {
  const [{ value: question }, { value: answer }] = conversations;
  const { beforeEntity, beforeSentence, beforeOptions, end } = parts;
  const entityEnd = question.indexOf(beforeSentence, beforeEntity.length);
  const sentenceEnd = question.lastIndexOf(beforeOptions);
  const sentenceStart = entityEnd + beforeSentence.length;
  const isQuestion = question.startsWith(beforeEntity) && question.endsWith(end);
  if (!isQuestion || entityEnd < 0 || sentenceEnd < sentenceStart) return undefined;
  const entity = question.slice(beforeEntity.length, entityEnd);
  const marked = question.slice(sentenceStart, sentenceEnd);
  const mark = `##${entity}##`;
  const start = marked.indexOf(mark);
  if (entity === '' || start < 0 || marked.includes(mark, start + 1)) return undefined;
  const list = question.slice(sentenceEnd + beforeOptions.length, question.length - end.length);
  return {
    sentence: marked.slice(0, start) + entity + marked.slice(start + mark.length),
    span: { start, end: start + entity.length },
    options: list.split(separator),
    answer,
  };
}

/** An entity put together from the examples of its levels. */
export interface LearntEntity extends Range {
  readonly sentence: string;
  readonly path: TypePath;
}

/**
 * The entities that examples teach, in their order. An example belongs to the entity before it where it
 * asks about the same place and offers the types below the type that was answered last.
 */
export function joinClassifications(
  examples: readonly ClassificationExample[],
  taxonomy: Taxonomy,
): LearntEntity[] {
  const entities: LearntEntity[] = [];
  for (const { sentence, span, options, answer } of examples) {
    const last = entities.at(-1);
    const isSamePlace =
      last?.sentence === sentence && last.start === span.start && last.end === span.end;
    const below = isSamePlace ? taxonomy.children(last.path).map(({ name }) => name) : [];
    if (isSamePlace && below.length > 0 && below.join('\n') === options.join('\n')) {
      entities[entities.length - 1] = { ...last, path: [...last.path, answer] };
    } else entities.push({ sentence, ...span, path: [answer] });
  }
  return entities;
}
