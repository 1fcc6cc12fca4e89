import { InputError } from '../../core/errors';
import { UNKNOWN, type Question } from '../../core/dynamic/question';
import {
  readClassification,
  writeClassification,
  type ClassificationExample,
} from '../../core/finetuning/classification';
import { readConversations, writeConversations } from '../../core/finetuning/conversation';
import { phrase } from '../../core/messages/phrase';
import type { Range } from '../../core/text/range';

/** Where the entity of questions stands. */
export interface QuestionPlace {
  readonly sentence: string;
  readonly span: Range;
}

/** Questions with the places of their entities, by the entities' numbers. */
export interface PlacedQuestions {
  readonly questions: readonly Question[];
  readonly places: readonly QuestionPlace[];
}

/** Questions about one entity at most: one for each level. */
const LEVELS = 3;

/** Whether a file begins as SWIFT conversations do. */
export function isSwift(head: string): boolean {
  return /^\ufeff?\s*\[\s*\{\s*"conversations"/u.test(head);
}

/**
 * The questions of a SWIFT classification file. Up to three that follow each other and ask about the
 * same place are those of one entity.
 * @throws InputError for a file of other conversations.
 */
export function readSwiftQuestions(text: string, source: string): PlacedQuestions {
  const places: QuestionPlace[] = [];
  const questions: Question[] = [];
  let asked = 0;
  for (const [index, conversation] of readConversations(text, source).entries()) {
    const example = readClassification(conversation);
    if (example === undefined) {
      throw new InputError(
        phrase`The conversation is no classification of an entity`,
        phrase`Give the classifier’s file, not the extractor’s.`,
        { source, field: `[${index}]` },
      );
    }
    if (asked === LEVELS || !isSamePlace(places.at(-1), example)) {
      places.push({ sentence: example.sentence, span: example.span });
      asked = 0;
    }
    asked++;
    const { options, answer } = example;
    questions.push({ entity: places.length - 1, options, answer });
  }
  return { questions, places };
}

/** The questions as such a file, and how many cannot be said in it. */
export function writeSwiftQuestions({ questions, places }: PlacedQuestions): {
  readonly text: string;
  readonly left: number;
} {
  const written = questions.map(({ entity, options, answer }) => {
    const place = places[entity];
    return place === undefined ? undefined : writeClassification({ ...place, options, answer });
  });
  const said = written.filter((conversation) => conversation !== undefined);
  return { text: writeConversations(said), left: written.length - said.length };
}

/** The entity's words, and what its last question answers; those answered `unknown` are left out. */
export function lastAnswers({ questions, places }: PlacedQuestions): Map<string, string[]> {
  const byAnswer = new Map<string, string[]>();
  const last = new Map(questions.map((question) => [question.entity, question.answer]));
  for (const [entity, answer] of last) {
    const place = places[entity];
    if (place === undefined || answer === UNKNOWN) continue;
    const mention = place.sentence.slice(place.span.start, place.span.end);
    const known = byAnswer.get(answer);
    if (known === undefined) byAnswer.set(answer, [mention]);
    else known.push(mention);
  }
  return byAnswer;
}

function isSamePlace(last: QuestionPlace | undefined, example: ClassificationExample): boolean {
  const { sentence, span } = example;
  return (
    last?.sentence === sentence && last.span.start === span.start && last.span.end === span.end
  );
}
