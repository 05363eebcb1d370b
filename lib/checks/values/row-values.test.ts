import { describe, expect, test } from 'vitest';
import { SECTIONS } from '../../document/index.ts';
import { anyOf, atLeast, fixed, list, number, oneOf, type Row, range, row, text, textOf, toggle, week } from '../../document/notation.ts';
import { isDocumentedValue, typeFindings } from './row-judgement.ts';
import { aboveEnumeration, aboveRange, belowRange, differentValues, members, outsideEnumeration, rangeEnds, wrongType } from './row-values.ts';

const levels = oneOf({ 0: 'low', 1: 'middle', 4: 'high' });
const values = (of: Row, current: unknown, reply = {}): readonly unknown[] => differentValues(of, current, reply).map(({ value }) => value);

describe('other values', () => {
  test.each([
    ['of a range: the next one', range(0, 23), 5, [6]],
    ['of a range at its top: the one below', range(0, 23), 23, [22]],
    ['of a range of one step', range(0, 1), 1, [0]],
    ['of a range, for a value above it: its top', range(0, 23), 99, [23]],
    ['of a range, for a value below it: its bottom', range(10, 23), -5, [10]],
    ['of a range, for a fraction', range(0, 255), 123.99999999999999, [125]],
    ['of a range, for no number: its bottom', range(3, 23), 'text', [3]],
    ['of an open number: its samples, then the next ones and half of it', number(50, 25), 50, [25, 51, 49]],
    ['of an open number without samples', number(), 7, [8, 6, 3]],
    ['of a number with a bottom', atLeast(0, 5000, 1000), 5000, [1000, 5001, 4999, 2500]],
    ['of an enumeration: the following members, then those before', levels, 1, [4, 0]],
    ['of an enumeration, for a value outside it: all', levels, 9, [0, 1, 4]],
    ['of an enumeration of one member', anyOf(1), 1, []],
    ['of a text: its samples, then others', text('xxx', 'test'), 'xxx', ['test', 'conf1', 'conf2', 'conf3', 'conf4', 'conf5', 'conf6']],
    ['of an address', textOf('ipv4', '1.2.4.8'), '1.2.4.8', ['192.0.2.10', '192.0.2.11']],
    ['of the only text', fixed('mac', '00:00:00:00:00:00'), '', []],
    ['of a list', list([row('x', 'YN', toggle)]), [], []],
    ['of a week', week([row('x', 'YN', toggle)]), [], []],
  ])('%s', (_, type, current, expected) => {
    expect(values(row('x', 'YN', type), current)).toEqual(expected);
  });

  test('of what is held are the present one', () => {
    expect(values(row('x', 'YN', toggle, { held: true }), 1)).toEqual([1]);
  });

  test('of a pair come with their partner', () => {
    const width = row('width', 'YN', number(), { link: { kind: 'pair', list: 'sizes', field: 'w', with: 'height', withField: 'h' } });
    const sizes = [
      { w: 640, h: 480 },
      { id: 7, w: 352, h: 288 },
      { w: 640, h: 360 },
    ];
    expect(differentValues(width, 640, { sizes })).toEqual([{ value: 352, companions: { height: 288 }, certain: true }]);
    expect(differentValues(width, 640, {})).toEqual([]);
  });

  test('under a limit are not above it', () => {
    const rate = row('rate', 'YN', number(25, 20, 15), { link: { kind: 'at-most', limit: 'top' } });
    expect(values(rate, 20, { top: 20 })).toEqual([15, 19, 10]);
    expect(values(rate, 20)).toEqual([25, 15, 21, 19, 10]);
  });

  test.each([
    ['a range', range(0, 9), 3, [true]],
    ['an enumeration', toggle, 0, [true]],
    ['a free text', text('a'), 'b', [true, true, true, true, true, true, true]],
    ['no number without a range, whatever the example is', number(50, 25), 8, [false, false, false, false, false]],
    ['an address: its example alone', textOf('host', 'a.example'), 'b', [true, false, false]],
  ])('are certain for %s', (_, type, current, certain) => {
    expect(differentValues(row('x', 'YN', type), current, {}).map((each) => each.certain)).toEqual(certain);
  });
});

test('above an enumeration stands the number behind its last member, where that is not what a hole is tried by', () => {
  expect([oneOf({ 0: 'a', 1: 'b', 4: 'c' }), toggle, oneOf({ 3: 'a' }, [9])].map(aboveEnumeration)).toEqual([5, null, 10]);
});

test.each([
  ['a range', range(2, 9), { ends: [2, 9], above: 10, below: 1, outside: null, members: [] }],
  ['a range with negative numbers', range(-300, 300), { ends: [-300, 300], above: 301, below: -301, outside: null, members: [] }],
  ['a number with a bottom', atLeast(0), { ends: null, above: null, below: -1, outside: null, members: [] }],
  ['an open number', number(5), { ends: null, above: null, below: null, outside: null, members: [] }],
  ['an enumeration with a hole', oneOf({ 0: 'a', 1: 'b', 4: 'c' }), { ends: null, above: null, below: null, outside: 2, members: [0, 1, 4] }],
  ['an enumeration', toggle, { ends: null, above: null, below: null, outside: 2, members: [0, 1] }],
  ['an enumeration with examples outside it', oneOf({ 2: 'a' }, [1]), { ends: null, above: null, below: null, outside: 3, members: [2] }],
  ['a text', text(), { ends: null, above: null, below: null, outside: null, members: [] }],
])('the edges of %s', (_, type, edges) => {
  expect({
    ends: rangeEnds(type),
    above: aboveRange(type),
    below: belowRange(type),
    outside: outsideEnumeration(type),
    members: members(type),
  }).toEqual(edges);
});

describe('for every row of the document', () => {
  const rows = SECTIONS.flatMap(({ parts }) => parts.flatMap((part) => part.rows)).flatMap((each) =>
    each.type.kind === 'list' || each.type.kind === 'week' ? [each, ...each.type.of] : [each],
  );

  test('legal values are legal, and illegal ones are not', () => {
    for (const each of rows) {
      for (const current of [undefined, 0, 1, 99_999, -1, 'text']) {
        for (const value of each.held ? [] : values(each, current)) {
          expect.soft(typeFindings(each, each.name, value), each.name).toEqual([]);
          expect.soft(isDocumentedValue(each.type, value, 'strict'), `${each.name} ${JSON.stringify(value)}`).toBe(true);
          expect.soft(value).not.toBe(current);
        }
      }
      for (const illegal of [aboveRange(each.type), belowRange(each.type), outsideEnumeration(each.type)]) {
        if (illegal !== null) expect.soft(isDocumentedValue(each.type, illegal, 'default'), `${each.name} ${illegal}`).toBe(false);
      }
      expect.soft(typeFindings(each, each.name, wrongType(each.type)), each.name).toHaveLength(1);
    }
  });
});
