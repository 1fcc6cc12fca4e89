import iconv from 'iconv-lite';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import { UsageError } from '../exit';

/**
 * What is written, in an encoding: UTF-8 passes through untouched. UTF-16 gets a byte order mark where it
 * has none.
 * @param marks Whether it does; what stays as it was keeps having none.
 * @throws {UsageError} for an encoding that cannot be written.
 * @throws {InputError} for a character that the encoding does not have.
 */
export async function* encodeAs(
  chunks: AsyncIterable<string | Uint8Array>,
  encoding: string | undefined,
  marks = true,
): AsyncGenerator<string | Uint8Array> {
  if (encoding === undefined || /^utf-?8$/iu.test(encoding)) {
    yield* chunks;
    return;
  }
  const name = standardName(encoding);
  if (!iconv.encodingExists(name)) {
    throw new UsageError(
      `“${encoding}” cannot be written; make UTF-8 of it first: convert --out-encoding utf-8.`,
    );
  }
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let needsMark = marks && /^utf-?16/iu.test(name);
  for await (const chunk of chunks) {
    let text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    if (text === '') continue;
    if (needsMark && !text.startsWith('\ufeff')) text = `\ufeff${text}`;
    needsMark = false;
    const bytes = iconv.encode(text, name);
    const back = iconv.decode(bytes, name, { stripBOM: false });
    if (back !== text && wellFormed(back) !== wellFormed(text)) {
      throw cannotEncode(text, name);
    }
    yield bytes;
  }
}

/** What an encoding is called that is read by this name: `utf-16` means `utf-16le`, `latin1` Windows-1252. */
function standardName(encoding: string): string {
  try {
    return new TextDecoder(encoding).encoding;
  } catch {
    return encoding;
  }
}

function cannotEncode(text: string, encoding: string): InputError {
  const strange = [...text].find(
    (character) => iconv.decode(iconv.encode(character, encoding), encoding) !== character,
  );
  return new InputError(
    phrase`The character “${strange ?? ''}” cannot be written as ${encoding}`,
    phrase`Write another encoding, such as utf-8, with --out-encoding of convert.`,
  );
}

/** The text with lone surrogates replaced, as every encoding does. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
}
