/**
 * Random values that the document rules out for a row, as JSON text: out of range, of another type, nested, huge, or spelt as no
 * parser should read them. JSON as text, because some of them are nothing that a value could be written as.
 */
import type { Type } from '../document/notation.ts';
import { type Arbitrary, fc } from './fast-check.ts';

const DEEPEST = 3000;

/** JSON that is neither a number nor a text, shallow or deep. */
const NESTED: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'null',
    'true',
    '{}',
    '[]',
    '[null]',
    '{"__proto__":{"admin":1}}',
    '{"constructor":{"prototype":1}}',
    '[[[]]]',
    '{"0":0,"length":1}',
  ),
  fc.integer({ min: 1, max: DEEPEST }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc.json({ maxDepth: 3 }).filter((text) => /^[{[]/.test(text)),
);

/** Numbers that fit no parameter whatever its range. */
const HUGE: Arbitrary<string> = fc.constantFrom('1e400', '-1e400', '1e300', '-1e300', '99999999999999999999999', '-9223372036854775809');

const TEXT_FOR_NUMBER: Arbitrary<string> = fc.oneof(
  fc.constantFrom('"NaN"', '"Infinity"', '"-0"', '"0x10"', '""', '" "', '"1,5"', '"1e"', '"on"', '"\\u0000"'),
  fc
    .string({ maxLength: 300 })
    .filter((text) => !/\d/.test(text))
    .map((text) => JSON.stringify(text)),
);

/** Null where the table rules nothing out. */
export function illegalValue(type: Type): Arbitrary<string> | null {
  switch (type.kind) {
    case 'number':
      return fc.oneof(...outside(type.min, type.max), ...(type.min === undefined || type.max === undefined ? [] : [HUGE]), TEXT_FOR_NUMBER, NESTED);
    case 'choice': {
      const taken = new Set([...Object.keys(type.values).map(Number), ...(type.also ?? [])]);
      const other = fc.integer({ min: -1000, max: 100_000 }).filter((value) => !taken.has(value));
      return fc.oneof(other.map(String), fc.double({ min: 0.1, max: 0.9, noNaN: true }).map(String), HUGE, TEXT_FOR_NUMBER, NESTED);
    }
    case 'text':
      return fc.oneof(NESTED, fc.constantFrom('12345', '-1', 'false'));
    case 'list':
    case 'week':
      // An empty list may mean "none"; what is no list, or holds no objects, never does.
      return fc.constantFrom('"conf"', '5', 'null', 'true', '[5]', '["a"]', '[null]', '[[]]', '{"0":{}}', '[true,{}]');
  }
}

function outside(min: number | undefined, max: number | undefined): readonly Arbitrary<string>[] {
  return [
    ...(max === undefined
      ? []
      : [
          fc.integer({ min: max + 1, max: max + 1_000_000 }).map(String),
          ...(max < 0 ? [] : [fc.integer({ min: 1, max: 99 }).map((part) => `${max}.${part}9`)]),
        ]),
    ...(min === undefined ? [] : [fc.integer({ min: min - 1_000_000, max: min - 1 }).map(String)]),
  ];
}

/** Texts that the document allows and that are hard to take: long, half characters, control characters, markup. */
export const ODD_TEXT: Arbitrary<string> = fc.oneof(
  fc.integer({ min: 200, max: 5000 }).map((length) => JSON.stringify('x'.repeat(length))),
  fc.constantFrom('"\\ud800"', '"a\\udc00b"', '"\\u0000"', '"\\u202e"', '"%s%n%x"', '"../../etc/passwd"', '"<script>"', '"\\r\\nX: 1"'),
  fc.string({ unit: 'binary', maxLength: 50 }).map((text) => JSON.stringify(text)),
);
