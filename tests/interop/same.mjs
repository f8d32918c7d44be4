// Comparing, in Node and in browsers alike: what is shown of both sides must be equal, bytes whatever holds them.

/** Something is not as it should be. */
export class Mismatch extends Error {}

/** Looks at the value itself, as a Buffer would turn itself into an object first. */
function plain(key, value) {
  const held = this[key];
  if (held instanceof ArrayBuffer) return `bytes ${new Uint8Array(held)}`;
  if (ArrayBuffer.isView(held)) return `bytes ${new Uint8Array(held.buffer, held.byteOffset, held.byteLength)}`;
  // The members of an object have no order.
  const isObject = typeof held === 'object' && held !== null && !Array.isArray(held);
  return isObject ? Object.fromEntries(Object.entries(held).sort()) : value;
}

const show = (value) => JSON.stringify(value, plain) ?? String(value);

export function same(what, got, expected) {
  const [left, right] = [show(got), show(expected)];
  if (left !== right) throw new Mismatch(`${what}: got ${left.slice(0, 500)}, expected ${right.slice(0, 500)}`);
}

export const holds = (what, condition) => same(what, Boolean(condition), true);
