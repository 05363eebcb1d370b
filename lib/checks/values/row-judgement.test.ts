import { describe, expect, test } from 'vitest';
import { atLeast, fixed, list, number, oneOf, range, row, text, toggle, week } from '../../document/notation.ts';
import { allFindings, documented, isDocumentedValue, quote, typeFindings } from './row-judgement.ts';

const days = (periods: readonly unknown[]) => Array.from({ length: 7 }, (_, day) => ({ [`day_${day}`]: periods }));
const period = { enable: 1 };
const weekly = week([row('enable', 'YN', toggle)]);

describe('the type', () => {
  test.each([
    ['a number', number(), [0, -1, 1.5], ['0', '', null, undefined, true, [], {}, Number.NaN]],
    ['a member of an enumeration', toggle, [0, 1, 7], ['0', null, false]],
    ['a text', text(), ['', 'text'], [0, null, undefined, ['text']]],
    ['a list', list([]), [[], [{}]], [{}, '[]', [1], [[]], [null]]],
    ['a week', weekly, [days([period, period, period, period])], [[], {}, days([period]), days([period, period, period, 1]), [{ day_0: [] }]]],
  ])('of %s', (_, type, right, wrong) => {
    const subject = row('x', 'YN', type);
    for (const value of right) expect.soft(typeFindings(subject, 'x', value), JSON.stringify(value)).toEqual([]);
    for (const value of wrong) expect.soft(typeFindings(subject, 'x', value), JSON.stringify(value)).toHaveLength(1);
  });

  test('is told with the path and what came', () => {
    expect(typeFindings(row('x', 'YN', range(0, 9)), 'list[2].x', '5')).toEqual([
      { documented: 'list[2].x is a number from 0 to 9', received: 'list[2].x is "5"' },
    ]);
  });
});

test.each([
  [range(0, 9), [0, 9, 4.5], [-1, 10, 9.1]],
  [atLeast(1), [1, 1e9], [0]],
  [number(), [-1, 1e9], []],
  [oneOf({ 1: 'a', 5: 'b' }), [1, 5], [0, 2, 1.5]],
  [text(), ['', 'any'], []],
  [fixed('mac', '00:00'), ['00:00'], ['', '00:01']],
  [list([], { length: 2 }), [[{}, {}]], [[], [{}], [{}, {}, {}]]],
  [list([]), [[], [{}]], []],
] as const)('the values of %j', (type, right, wrong) => {
  for (const value of right) expect.soft(isDocumentedValue(type, value, 'strict'), String(value)).toBe(true);
  for (const value of wrong) expect.soft(isDocumentedValue(type, value, 'default'), String(value)).toBe(false);
});

test('a value that only an example shows is documented in the default profile', () => {
  const type = oneOf({ 1: 'a', 2: 'b' }, [0]);
  expect(isDocumentedValue(type, 0, 'default')).toBe(true);
  expect(isDocumentedValue(type, 0, 'strict')).toBe(false);
});

describe('everything that is wrong', () => {
  const titles = row('titles', 'YN', list([row('x', 'YN', range(0, 9)), row('t', 'YN', text())], { length: 3, judged: 2 }));

  test.each([
    ['nothing', [{ x: 0, t: '' }, { x: 9 }, { x: 99 }], []],
    ['no list', 5, ['titles is 5']],
    ['too short', [{ x: 1 }], ['titles is [{"x":1}]']],
    ['inside elements', [{ x: 10, t: 5 }, { x: '1' }, {}], ['titles[0].x is 10', 'titles[0].t is 5', 'titles[1].x is "1"']],
  ])('with a list: %s', (_, value, received) => {
    expect(allFindings(titles, value, 'default').map((finding) => finding.received)).toEqual(received);
  });

  test('with a week', () => {
    const schedule = row('schedule', 'YN', weekly);
    const value = days([period, period, { enable: 2 }, {}]);
    expect(allFindings(schedule, value, 'default').map((finding) => finding.received)).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((day) => `schedule.day_${day}[2].enable is 2`),
    );
  });
});

describe('a quoted value', () => {
  test.each([
    [undefined, 'nothing'],
    [5, '5'],
    ['a"b', '"a\\"b"'],
    [[{ x: 1 }], '[{"x":1}]'],
    ['x'.repeat(400), `"${'x'.repeat(299)}… (402 characters)`],
  ])('%j', (value, quoted) => {
    expect(quote(row('x', 'YN', text()), value)).toBe(quoted);
  });

  test.each([
    ['geheim', 'a text of 6 characters (hidden)'],
    [123456, '***'],
    ['', '""'],
    ['x', 'a text of 1 character (hidden)'],
    ['a&b+c%d%41', '"a&b+c%d%41"'],
    ['a', '"a"'],
    [undefined, 'nothing'],
  ])('of a secret row: %j', (value, quoted) => {
    expect(quote(row('x', 'YN', text(), { secret: true }), value)).toBe(quoted);
  });
});

test.each([
  [range(0, 9), 'a number from 0 to 9'],
  [atLeast(1), 'a number, at least 1'],
  [number(), 'a number'],
  [oneOf({ 0: 'close', 2: '2' }), 'one of 0 (close), 2'],
  [text(), 'a text'],
  [fixed('mac', '00:00'), 'the text "00:00"'],
  [list([]), 'a list of objects'],
  [list([], { length: 4 }), 'a list of 4 objects'],
  [weekly, 'a list of 7 days day_0 to day_6 with 4 periods each'],
])('%j in words', (type, words) => {
  expect(documented(type)).toBe(words);
});
