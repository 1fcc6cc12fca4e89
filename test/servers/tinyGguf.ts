import { writeFile } from 'node:fs/promises';

/**
 * A language model that knows nothing: llama's architecture with one layer of random weights and a
 * vocabulary of characters, as a GGUF file (version 3) of some hundred kilobytes. What it says is
 * noise; how it is asked, constrained and stopped is real.
 */

const embedding = 32;
const feedForward = 48;
const heads = 2;
const context = 4096;
const alignment = 32;

const charactersInVocabulary =
  ' \n!"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz{|}';

/** Kinds of metadata values, as the format numbers them. */
const kinds = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;
/** Kinds of tokens, as llama.cpp numbers them. */
const tokenKinds = { normal: 1, unknown: 2, control: 3, byte: 6 } as const;

interface Token {
  readonly text: string;
  readonly kind: number;
}

/** SentencePiece writes a blank as ▁; each byte that no token has is a token of its own. */
function vocabulary(): Token[] {
  const bytes = Array.from({ length: 256 }, (_, byte) => ({
    text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
    kind: tokenKinds.byte,
  }));
  const characters = [...charactersInVocabulary].map((character) => ({
    text: character === ' ' ? '▁' : character,
    kind: tokenKinds.normal,
  }));
  return [
    { text: '<unk>', kind: tokenKinds.unknown },
    { text: '<s>', kind: tokenKinds.control },
    { text: '</s>', kind: tokenKinds.control },
    ...bytes,
    ...characters,
  ];
}

/** Writes the model; the same seed gives the same file. */
export async function writeTinyGguf(file: string, seed = 1): Promise<void> {
  const tokens = vocabulary();
  const draw = gaussians(seed);
  const tensors = tensorsOf(tokens.length).map(({ name, shape }) => {
    const length = shape.reduce((product, size) => product * size, 1);
    const isNorm = shape.length === 1;
    return {
      name,
      shape,
      values: Float32Array.from({ length }, () => (isNorm ? 1 : draw() * 0.3)),
    };
  });
  const parts: Buffer[] = [];
  const metadata = metadataOf(tokens);
  parts.push(Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(metadata.length), ...metadata);
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    parts.push(text(name), u32(shape.length), ...shape.map(u64), u32(0), u64(offset));
    offset += aligned(values.byteLength);
  }
  const head = Buffer.concat(parts);
  const body = tensors.map(({ values }) => padded(Buffer.from(values.buffer)));
  await writeFile(file, Buffer.concat([padded(head), ...body]));
}

function tensorsOf(tokens: number): { name: string; shape: number[] }[] {
  const layer = (name: string, ...shape: number[]) => ({ name: `blk.0.${name}.weight`, shape });
  return [
    { name: 'token_embd.weight', shape: [embedding, tokens] },
    { name: 'output_norm.weight', shape: [embedding] },
    { name: 'output.weight', shape: [embedding, tokens] },
    layer('attn_norm', embedding),
    layer('attn_q', embedding, embedding),
    layer('attn_k', embedding, embedding),
    layer('attn_v', embedding, embedding),
    layer('attn_output', embedding, embedding),
    layer('ffn_norm', embedding),
    layer('ffn_gate', embedding, feedForward),
    layer('ffn_up', embedding, feedForward),
    layer('ffn_down', feedForward, embedding),
  ];
}

function metadataOf(tokens: readonly Token[]): Buffer[] {
  const number = (key: string, value: number) =>
    Buffer.concat([text(key), u32(kinds.uint32), u32(value)]);
  const words = (key: string, value: string) =>
    Buffer.concat([text(key), u32(kinds.string), text(value)]);
  const list = (key: string, kind: number, values: readonly Buffer[]) =>
    Buffer.concat([text(key), u32(kinds.array), u32(kind), u64(values.length), ...values]);
  return [
    words('general.architecture', 'llama'),
    words('general.name', 'tiny'),
    number('llama.context_length', context),
    number('llama.embedding_length', embedding),
    number('llama.block_count', 1),
    number('llama.feed_forward_length', feedForward),
    number('llama.attention.head_count', heads),
    number('llama.rope.dimension_count', embedding / heads),
    Buffer.concat([text('llama.attention.layer_norm_rms_epsilon'), u32(kinds.float32), f32(1e-5)]),
    words('tokenizer.ggml.model', 'llama'),
    list(
      'tokenizer.ggml.tokens',
      kinds.string,
      tokens.map((token) => text(token.text)),
    ),
    list(
      'tokenizer.ggml.scores',
      kinds.float32,
      tokens.map((_, index) => f32(-index)),
    ),
    list(
      'tokenizer.ggml.token_type',
      kinds.int32,
      tokens.map(({ kind }) => u32(kind)),
    ),
    number('tokenizer.ggml.unknown_token_id', 0),
    number('tokenizer.ggml.bos_token_id', 1),
    number('tokenizer.ggml.eos_token_id', 2),
  ];
}

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

function u64(value: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
}

function f32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeFloatLE(value);
  return buffer;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([u64(bytes.length), bytes]);
}

function aligned(length: number): number {
  return Math.ceil(length / alignment) * alignment;
}

function padded(buffer: Buffer): Buffer {
  return Buffer.concat([buffer, Buffer.alloc(aligned(buffer.length) - buffer.length)]);
}

/** Numbers about 0 with deviation 1, the same for the same seed. */
function gaussians(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 1) / 4294967297;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
