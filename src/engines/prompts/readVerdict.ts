import { cleanAnswer } from './cleanAnswer';

const yes =
  /^(?:yes|yeah|yep|correct|true|right|是|对|正确|はい|예|네|да|sí|si|oui|ja)(?![\p{L}\p{N}])/iu;
const no = /^(?:no|nope|incorrect|false|wrong|not|不|否|错|いいえ|아니|нет|non|nein)(?![\p{Ll}])/iu;

/**
 * What an answer says to a question of yes or no: by its first word, else by the only one of both that
 * stands in it. Undefined where it says neither.
 */
export function readVerdict(answer: string): boolean | undefined {
  const said = cleanAnswer(answer).replace(/^(?:answer|答案|a)\s*[:：]\s*/iu, '');
  const plain = said.replace(/^[^\p{L}\p{N}]+/u, '');
  if (no.test(plain)) return false;
  if (/^[是对正](?!否)/u.test(plain) || yes.test(plain)) return true;
  const hasYes = /\byes\b/iu.test(said);
  const hasNo = /\bno\b/iu.test(said);
  return hasYes === hasNo ? undefined : hasYes;
}
