import { describe, expect, it } from 'vitest';
import { atLeast, fixed, list, number, oneOf, type Row, range, row, text, toggle, week } from '../document/notation.ts';
import type { Members } from '../document/row-value.ts';
import { accept, ILLEGAL_CODE, MISSING_CODE } from './accept.ts';
import { defaultOf } from './defaults.ts';

const periods = week([row('enable', 'YN', toggle), row('hour_begain', 'YN', range(0, 23))]);
const rows: readonly Row[] = [
  row('level', 'YN', range(0, 255)),
  row('ratio', 'YN', range(-300, 300)),
  row('count', 'YN', number(5)),
  row('delay', 'YN', atLeast(1)),
  row('mode', 'YN', oneOf({ 0: 'a', 2: 'b' }, [7])),
  row('name', 'YN', text('x'), { alias: 'NAME' }),
  row('mac', 'YN', fixed('mac', '00:00')),
  row('version', 'N-', text()),
  row('shown', '--', number()),
  row('extra', 'Y-', toggle),
  row('night', 'YN', toggle, { when: { mode: 2 } }),
  row('hour', 'YN', range(0, 23), { when: { night: 1 } }),
  row('titles', 'YN', list([row('title', 'YN', text()), row('x', 'YN', range(0, 704)), row('id', 'N-', number())], { length: 3, judged: 1 })),
  row('plan', 'YN', periods),
  row('pixel_list', 'N-', list([])),
  row('pic_width', 'YN', number(), { link: { kind: 'pair', list: 'pixel_list', field: 'width', with: 'pic_height', withField: 'height' } }),
  row('pic_height', 'YN', number(), { link: { kind: 'pair', list: 'pixel_list', field: 'height', with: 'pic_width', withField: 'width' } }),
  row('max_rate', 'N-', number()),
  row('rate', 'YN', number(), { link: { kind: 'at-most', limit: 'max_rate' } }),
];
const titles = [
  { title: 'a', x: 1, id: 1 },
  { title: 'b', x: 2, id: 2 },
  { title: 'c', x: 3, id: 3 },
];
const values: Members = {
  mode: 0,
  night: 0,
  titles,
  plan: defaultOf(periods),
  pixel_list: [
    { width: 2560, height: 1440 },
    { width: 1920, height: 1080 },
  ],
  pic_width: 2560,
  pic_height: 1440,
  max_rate: 25,
  rate: 25,
};
const send = (json: Members, others: Members = {}) => accept({ parts: [rows], values: { ...values, ...others } }, json);
const taken = (changes: Members) => ({ kind: 'accepted', changes });
const illegal = (name: string) => ({ kind: 'refused', code: ILLEGAL_CODE, name });

describe('accept', () => {
  it.each([
    ['a range, its ends included', { level: 255 }, { level: 255 }],
    ['a range below zero', { ratio: -300 }, { ratio: -300 }],
    ['a fraction inside a range, rounded', { level: 123.99999999999999 }, { level: 124 }],
    ['a number without bounds', { count: 99_999_999 }, { count: 99_999_999 }],
    ['an enumeration', { mode: 2 }, { mode: 2 }],
    ['a value that only an example shows', { mode: 7 }, { mode: 7 }],
    ['any text', { name: ' ä"\\&+%\u0000' }, { name: ' ä"\\&+%\u0000' }],
    ['another spelling', { NAME: 'y' }, { name: 'y' }],
    ['text of 255 bytes', { name: 'ä'.repeat(127) }, { name: 'ä'.repeat(127) }],
    ['what only the get table calls settable', { extra: 1 }, { extra: 1 }],
    ['nothing of names it does not know', { unknown: 1 }, {}],
    ['nothing of what is read-only', { version: 'x', shown: 1 }, {}],
    ['nothing', {}, {}],
  ])('takes %s', (_, json, changes) => {
    expect(send(json)).toEqual(taken(changes));
  });

  it.each([
    ['above a range', { level: 256 }],
    ['below a range', { ratio: -301 }],
    ['a fraction above a range', { level: 255.4 }],
    ['text for a number', { level: '5' }],
    ['a truth value for a number', { level: true }],
    ['null', { level: null }],
    ['infinity', { delay: Number.POSITIVE_INFINITY }],
    ['a fraction without bounds', { count: 1.5 }],
    ['a negative number without bounds', { count: -1 }],
    ['below a smallest value', { delay: 0 }],
    ['outside an enumeration', { mode: 1 }],
    ['an inherited name for an enumeration', { mode: 'toString' }],
    ['a number for text', { name: 5 }],
    ['text of 256 bytes', { name: 'ä'.repeat(128) }],
    ['another than the fixed text', { mac: '11:11' }],
    ['an object for a list', { titles: { 0: {} } }],
    ['a longer list', { titles: [{}, {}, {}, {}] }],
    ['an element that is no object', { titles: ['a'] }],
    ['an element outside its range', { titles: [{}, { x: 705 }] }],
    ['a week of eight days', { plan: Array.from({ length: 8 }, () => ({ day_0: [] })) }],
    ['an eighth day', { plan: [{ day_7: [] }] }],
    ['a day without a name', { plan: [{}] }],
    ['a fifth period', { plan: [{ day_0: [{}, {}, {}, {}, {}] }] }],
    ['a period outside its range', { plan: [{ day_0: [{ hour_begain: 24 }] }] }],
  ])('refuses %s', (_, json) => {
    expect(send(json)).toEqual(illegal(Object.keys(json)[0] as string));
  });

  it('is all or nothing', () => {
    expect(send({ level: 1, name: 5 })).toEqual(illegal('name'));
  });

  it('wants what is necessary', () => {
    const needed = [row('a', '-Y', toggle), row('b', 'YY', toggle)];
    expect(accept({ parts: [needed], values: {} }, { a: 1 })).toEqual({ kind: 'refused', code: MISSING_CODE, name: 'b' });
    expect(accept({ parts: [needed], values: {}, excused: new Set(['b']) }, { a: 1 })).toEqual(taken({ a: 1 }));
    expect(accept({ parts: [needed], values: {} }, { a: 1, b: 0 })).toEqual(taken({ a: 1, b: 0 }));
  });

  it('wants what is necessary only in the parts of a shared action that the request touches', () => {
    const parts = [[row('a', 'YY', toggle), row('b', 'YY', toggle)], [row('c', 'YN', toggle)]];
    expect(accept({ parts, values: {} }, { c: 1 })).toEqual(taken({ c: 1 }));
    expect(accept({ parts, values: {} }, { c: 1, a: 1 })).toMatchObject({ code: MISSING_CODE, name: 'b' });
  });

  it('ignores what is under a condition that does not hold, legal or not', () => {
    expect(send({ night: 1, level: 1 })).toEqual(taken({ level: 1 }));
    expect(send({ night: 'x' })).toEqual(taken({}));
  });

  it('judges conditions on the state after the request', () => {
    expect(send({ night: 1, mode: 2 })).toEqual(taken({ mode: 2, night: 1 }));
    expect(send({ night: 1, mode: 0 }, { mode: 2 })).toEqual(taken({ mode: 0 }));
  });

  it('applies the conditions of the parameters that a condition names', () => {
    expect(send({ hour: 5 }, { mode: 2, night: 1 })).toEqual(taken({ hour: 5 }));
    expect(send({ hour: 5 }, { mode: 0, night: 1 })).toEqual(taken({}));
  });

  it('keeps what a list does not name', () => {
    expect(send({ titles: [{ title: 'z', id: 9 }] })).toEqual(taken({ titles: [{ title: 'z', x: 1, id: 1 }, titles[1], titles[2]] }));
  });

  it('fills a list of which nothing is stored', () => {
    expect(send({ titles: [{ x: 4 }] }, { titles: undefined })).toMatchObject({ changes: { titles: [{ title: '', x: 4 }, { x: 0 }, { x: 0 }] } });
  });

  it('finds days by their name', () => {
    const verdict = send({ plan: [{ day_3: [{ enable: 1 }] }] });
    const expected = structuredClone(values.plan) as Record<string, Members[]>[];
    (expected[3] as Record<string, Members[]>).day_3 = [{ enable: 1, hour_begain: 0 }, ...(expected[3]?.day_3 ?? []).slice(1)];
    expect(verdict).toEqual(taken({ plan: expected }));
  });

  it('leaves what is stored as it is', () => {
    const before = structuredClone(values);
    send({ titles: [{ title: 'z' }], plan: [{ day_0: [{ enable: 1 }] }] });
    expect(values).toEqual(before);
  });

  it('takes a pair that the list has, with the stored partner where one is missing', () => {
    expect(send({ pic_width: 1920, pic_height: 1080 })).toEqual(taken({ pic_width: 1920, pic_height: 1080 }));
    expect(send({ pic_width: 2560 })).toEqual(taken({ pic_width: 2560 }));
    expect(send({ pic_width: 1920 })).toEqual(illegal('pic_width'));
    expect(send({ pic_width: 1920, pic_height: 1440 })).toEqual(illegal('pic_width'));
  });

  it('keeps a limit', () => {
    expect(send({ rate: 25 })).toEqual(taken({ rate: 25 }));
    expect(send({ rate: 26 })).toEqual(illegal('rate'));
  });
});
