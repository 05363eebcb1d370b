/**
 * Random values that the document allows a row. Where its table leaves a range open, the samples: values that any camera of the
 * family takes. Pure generation: links and conditions, which depend on what else is set, are for whoever sends them.
 */
import type { Row, TextType, Type } from '../document/notation.ts';
import { fromElements, isSettable } from '../document/row-value.ts';
import { type Arbitrary, fc } from './fast-check.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
/** Short: the document gives no length, and no camera is to be failed for one. */
const LONGEST_TEXT = 12;

const from = (characters: string, minLength: number, maxLength: number): Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength });
const word = from(LETTERS + DIGITS, 1, LONGEST_TEXT);

/** Addresses are those that RFC 5737 and RFC 2606 keep for documentation: a camera that connects to them reaches nobody. */
const ipv4 = fc.tuple(fc.constantFrom('192.0.2', '198.51.100', '203.0.113'), fc.integer({ min: 1, max: 254 })).map(([net, host]) => `${net}.${host}`);
const host = fc.oneof(
  ipv4,
  from('abcdefghijklmnopqrstuvwxyz', 1, 8).map((name) => `${name}.example.com`),
);

const TEXTS: Readonly<Record<TextType['format'], Arbitrary<string>>> = {
  // Letters, digits and the punctuation of the document's examples, which may not be all of a text.
  free: fc.tuple(from(LETTERS + DIGITS, 1, 1), from(`${LETTERS}${DIGITS}._-`, 0, LONGEST_TEXT - 1)).map((parts) => parts.join('')),
  ipv4,
  mac: from('0123456789abcdef', 2, 2).map((last) => `00:00:5e:00:53:${last}`),
  host,
  url: fc.tuple(host, word).map(([name, path]) => `http://${name}/${path}`),
  // As long as those of GB28181 (17).
  digits: from(DIGITS, 20, 20),
  path: word.map((name) => `/${name}`),
};

export function legalValue(type: Type): Arbitrary<unknown> {
  switch (type.kind) {
    case 'number':
      if (type.min !== undefined && type.max !== undefined) return fc.integer({ min: type.min, max: type.max });
      return fc.constantFrom(...(type.samples?.length ? type.samples : [type.min ?? 1]));
    case 'choice':
      return fc.constantFrom(...Object.keys(type.values).map(Number));
    case 'text':
      return type.fixed === undefined ? TEXTS[type.format] : fc.constant(type.fixed);
    case 'list':
      return fc.array(legalElement(type.of), { minLength: type.length ?? 1, maxLength: type.length ?? 1 });
    case 'week':
      return fc
        .array(legalElement(type.of), { minLength: type.days * type.periods, maxLength: type.days * type.periods })
        .map((elements) => fromElements(type, elements));
  }
}

/** Some members of an element: a set may name one or all of them. */
const legalElement = (rows: readonly Row[]): Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(rows.filter(isSettable).map((row) => [row.name, legalValue(row.type)])), { requiredKeys: [] });
