import { describe, expect, test } from 'vitest';
import { ExactNumber, formatExact, hasExactNumbers, isSameExactly, parseExact, withDigitsOf } from './exact-json.ts';

describe('JSON with digits', () => {
  test.each([
    '{"id":9007199254740993,"b":[1.0,-0,1e3,12],"c":"1.0 \\" 9007199254740993","d":{"e":0.1}}',
    '{"z":1,"a":"exact 1"}',
    '[18446744073709551615]',
    'null',
    '5',
  ])('%s is written as it came', (text) => {
    expect(formatExact(parseExact(text))).toBe(text);
  });

  test('leaves what JavaScript holds exactly as numbers', () => {
    expect(parseExact('{"a":25,"b":-0.5,"c":9007199254740991}')).toEqual({ a: 25, b: -0.5, c: 9007199254740991 });
    expect(hasExactNumbers(parseExact('{"a":[25]}'))).toBe(false);
    expect(hasExactNumbers(parseExact('{"a":[9007199254740993]}'))).toBe(true);
  });

  test('what does not parse throws', () => {
    expect(() => parseExact('{"a":01}')).toThrow(SyntaxError);
  });

  test.each([
    ['9007199254740993', '9007199254740992', false],
    ['9007199254740993', '9007199254740993', true],
    ['1.0', '1', true],
    ['1.0', '1.5', false],
    ['[1.0,{"a":2}]', '[1,{"a":2.0}]', true],
    ['{"a":1.0}', '{"b":1.0}', false],
    ['1.0', '"1.0"', false],
    ['0.30000000000000004', '0.3', false],
  ])('%s and %s are the same: %s', (a, b, same) => {
    expect(isSameExactly(parseExact(a), parseExact(b))).toBe(same);
  });

  test('what is echoed gets the digits that were shown', () => {
    const shown = parseExact('{"list":[{"id":9007199254740993,"x":1},{"id":9007199254740995}],"n":1.0}');
    const rounded = { list: [{ id: 9007199254740992, x: 2 }, { id: 7 }], n: 1, other: 3 };
    expect(formatExact(withDigitsOf(shown, rounded))).toBe('{"list":[{"id":9007199254740993,"x":2},{"id":7}],"n":1.0,"other":3}');
    expect(withDigitsOf({ a: new ExactNumber('1.0') }, { a: 'text' })).toEqual({ a: 'text' });
  });
});
