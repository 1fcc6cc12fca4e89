import { field, message } from './protobuf';

/**
 * ONNX graphs of one or two operators, written here because the runtime multiplies matrices many
 * times faster than JavaScript does. Field numbers follow onnx.proto3 (IR version 8, opset 17).
 */

const FLOAT = 1;
const FLOAT16 = 10;

/**
 * A graph that scores vectors against labels: `vectors` [N,D] and `labels` [L,D] → `scores` [N,L],
 * their dot products in 32 bits.
 */
export function matchGraph(): Uint8Array {
  return model(
    'match',
    [node('Gemm', ['vectors', 'labels'], ['scores'], intAttribute('transB', 1))],
    [value('vectors', FLOAT, ['N', 'D']), value('labels', FLOAT, ['L', 'D'])],
    [value('scores', FLOAT, ['N', 'L'])],
  );
}

/** The same for `vectors` of 16-bit floats. */
export function narrowMatchGraph(): Uint8Array {
  return model(
    'narrow match',
    [
      node('Cast', ['vectors'], ['wide'], intAttribute('to', FLOAT)),
      node('Gemm', ['wide', 'labels'], ['scores'], intAttribute('transB', 1)),
    ],
    [value('vectors', FLOAT16, ['N', 'D']), value('labels', FLOAT, ['L', 'D'])],
    [value('scores', FLOAT, ['N', 'L'])],
  );
}

/** A graph that rounds numbers to 16-bit floats (to nearest, ties to even): `wide` [N] → `narrow` [N]. */
export function narrowGraph(): Uint8Array {
  return model(
    'narrow',
    [node('Cast', ['wide'], ['narrow'], intAttribute('to', FLOAT16))],
    [value('wide', FLOAT, ['N'])],
    [value('narrow', FLOAT16, ['N'])],
  );
}

function model(
  name: string,
  nodes: readonly Uint8Array[],
  inputs: readonly Uint8Array[],
  outputs: readonly Uint8Array[],
): Uint8Array {
  const graph = message(
    ...nodes.map((bytes) => field(1, bytes)),
    field(2, name),
    ...inputs.map((bytes) => field(11, bytes)),
    ...outputs.map((bytes) => field(12, bytes)),
  );
  return message(field(1, 8), field(7, graph), field(8, message(field(1, ''), field(2, 17))));
}

function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attribute: Uint8Array,
): Uint8Array {
  return message(
    ...inputs.map((name) => field(1, name)),
    ...outputs.map((name) => field(2, name)),
    field(4, operator),
    field(5, attribute),
  );
}

function intAttribute(name: string, number: number): Uint8Array {
  return message(field(1, name), field(3, number), field(20, 2));
}

function value(name: string, type: number, shape: readonly string[]): Uint8Array {
  const dims = message(...shape.map((size) => field(1, field(2, size))));
  return message(field(1, name), field(2, field(1, message(field(1, type), field(2, dims)))));
}
