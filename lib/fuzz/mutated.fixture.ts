/** Bytes as a damaged line, a careless device or an attacker would send them: something right with a few things wrong, or noise. */
import { type Arbitrary, fc } from './fast-check.ts';

type Edit =
  | { readonly kind: 'set' | 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'delete' | 'repeat'; readonly at: number; readonly length: number }
  | { readonly kind: 'cut'; readonly at: number };

/** Positions are parts of the length, from 0 to 1. */
const at = fc.double({ min: 0, max: 1, noNaN: true });
const edit: Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constantFrom('set' as const, 'insert' as const), at, bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }) }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'repeat' as const), at, length: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('cut' as const), at }),
);

function edited(bytes: Buffer, change: Edit): Buffer {
  const index = Math.floor(change.at * bytes.length);
  switch (change.kind) {
    case 'set':
      return Buffer.concat([bytes.subarray(0, index), change.bytes, bytes.subarray(index + change.bytes.length)]);
    case 'insert':
      return Buffer.concat([bytes.subarray(0, index), change.bytes, bytes.subarray(index)]);
    case 'delete':
      return Buffer.concat([bytes.subarray(0, index), bytes.subarray(index + change.length)]);
    case 'repeat':
      return Buffer.concat([bytes.subarray(0, index + change.length), bytes.subarray(index)]);
    case 'cut':
      return bytes.subarray(0, index);
  }
}

/** One of these with up to five edits, or up to 200 bytes of noise. */
export const mutated = (originals: readonly (Uint8Array | string)[]): Arbitrary<Buffer> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.constantFrom(...originals), fc.array(edit, { maxLength: 5 }))
        .map(([original, edits]) => edits.reduce(edited, typeof original === 'string' ? Buffer.from(original, 'latin1') : Buffer.from(original))),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  );

/** The same bytes in pieces; cuts are parts of the length. */
export function split(bytes: Buffer, cuts: readonly number[]): readonly Buffer[] {
  const places = [...new Set([0, ...cuts.map((cut) => Math.floor(cut * bytes.length)), bytes.length])].sort((a, b) => a - b);
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

export const cuts: Arbitrary<readonly number[]> = fc.array(at, { maxLength: 12 });
