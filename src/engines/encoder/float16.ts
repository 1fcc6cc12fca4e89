let table: Float32Array | undefined;

/** The value of every 16-bit float by its bits, made at first use (256 KB). */
export function float16Table(): Float32Array {
  if (table) return table;
  table = new Float32Array(0x10000);
  for (let bits = 0; bits < table.length; bits++) table[bits] = valueOf(bits);
  return table;
}

/** IEEE 754 binary16: 1 bit sign, 5 bits exponent, 10 bits fraction. */
function valueOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
