import { describe, expect, test } from 'vitest';
import { list, number, row, text, week } from './notation.ts';
import { shownValue, shownValues, subjectsOf, withValue } from './subject.ts';

const plain = row('gop', 'YN', number());
const titles = row('titles', 'YN', list([row('title', 'YN', text()), row('x', 'YN', number())], { length: 3, judged: 2 }));
const open = row('devs', 'N-', list([row('id', 'N-', text())]));
const weekly = row('plan', 'YN', week([row('enable', 'YN', number())]));

const named = (of: typeof plain, name: string) => {
  const found = subjectsOf(of).find((subject) => subject.name === name);
  if (found === undefined) throw new Error(`Could not find ${name}.`);
  return found;
};
const day = (index: number, ...values: readonly number[]) => ({ [`day_${index}`]: values.map((enable) => ({ enable })) });
const plan = Array.from({ length: 7 }, (_, index) => day(index, index * 4, index * 4 + 1, index * 4 + 2, index * 4 + 3));

describe('subjects', () => {
  test.each([
    ['a plain row', plain, ['gop']],
    [
      'a list: itself, the members of its elements, the elements that are judged',
      titles,
      ['titles', 'titles.title', 'titles.x', 'titles[0]', 'titles[1]'],
    ],
    ['a list of any length: no elements', open, ['devs', 'devs.id']],
  ])('of %s', (_, of, names) => {
    expect(subjectsOf(of).map(({ name }) => name)).toEqual(names);
  });

  test('of a week are each period of each day', () => {
    const names = subjectsOf(weekly).map(({ name }) => name);
    expect(names).toHaveLength(2 + 28);
    expect(names.slice(0, 3)).toEqual(['plan', 'plan.enable', 'plan.day_0[0]']);
    expect(names.at(-1)).toBe('plan.day_6[3]');
  });
});

describe('a subject reads', () => {
  const reply = { gop: 50, titles: [{ title: 'a', x: 1 }, { title: 'b' }, { title: 'c', x: 3 }], plan };

  test.each([
    [plain, 'gop', [{ path: 'gop', value: 50 }]],
    [titles, 'titles', [{ path: 'titles', value: reply.titles }]],
    [titles, 'titles[1]', [{ path: 'titles[1]', value: { title: 'b' } }]],
    // the third element is not judged
    [
      titles,
      'titles.title',
      [
        { path: 'titles[0].title', value: 'a' },
        { path: 'titles[1].title', value: 'b' },
      ],
    ],
    [titles, 'titles.x', [{ path: 'titles[0].x', value: 1 }]],
    [weekly, 'plan.day_6[3]', [{ path: 'plan.day_6[3]', value: { enable: 27 } }]],
  ])('%#: %s', (of, name, found) => {
    expect(shownValues(named(of, name), reply)).toEqual(found);
  });

  test('nothing where the reply has nothing of the kind', () => {
    for (const subject of [...subjectsOf(plain), ...subjectsOf(titles), ...subjectsOf(weekly)]) expect.soft(shownValues(subject, {})).toEqual([]);
    expect(shownValues(named(titles, 'titles[1]'), { titles: [{}] })).toEqual([]);
    expect(shownValues(named(titles, 'titles.x'), { titles: 'text' })).toEqual([]);
    expect(shownValue(named(weekly, 'plan.enable'), { plan: [day(0, 1)] })).toBeUndefined();
  });

  test('a row under its other spelling', () => {
    const aliased = row('IP', 'YN', text(), { alias: 'device_ip' });
    expect(shownValue(named(aliased, 'IP'), { device_ip: '192.0.2.1' })).toBe('192.0.2.1');
  });
});

describe('a subject writes', () => {
  const reply = {
    gop: 50,
    titles: [
      { title: 'a', x: 1 },
      { title: 'b', x: 2 },
    ],
    plan,
  };

  test.each([
    [plain, 'gop', 51, 51],
    [titles, 'titles', [], []],
    [
      titles,
      'titles[1]',
      { x: 9 },
      [
        { title: 'a', x: 1 },
        { title: 'b', x: 9 },
      ],
    ],
    [
      titles,
      'titles.title',
      'z',
      [
        { title: 'z', x: 1 },
        { title: 'b', x: 2 },
      ],
    ],
    [titles, 'titles[1]', 'no object', reply.titles],
    [weekly, 'plan.day_1[2]', { enable: 99 }, plan.map((each, index) => (index === 1 ? day(1, 4, 5, 99, 7) : each))],
  ])('%#: %s', (of, name, value, whole) => {
    expect(withValue(named(of, name), reply, value)).toEqual(whole);
    expect(reply.titles[0]).toEqual({ title: 'a', x: 1 });
  });
});
