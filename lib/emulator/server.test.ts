import { expect, it } from 'vitest';
import { formatDate, parseQuery } from './server.ts';

it.each([
  ['/a', '/a', {}],
  ['/a?', '/a', { '': '' }],
  ['/a?x=1&y', '/a', { x: '1', y: '' }],
  ['/a?json={"a":"b=c"}', '/a', { json: '{"a":"b=c"}' }],
  ['/a?j=a+b%2B%26%C3%A4', '/a', { j: 'a b+&ä' }],
  ['/a?j=100%', '/a', { j: '100%' }],
  ['/a?j=%C3%A4%zz', '/a', { j: 'ä%zz' }],
])('reads %s', (url, path, query) => {
  const parsed = parseQuery(url);
  expect([parsed.path, Object.fromEntries(parsed.query)]).toEqual([path, query]);
});

it('writes dates as the document does, days in two places', () => {
  expect(formatDate(1007260783)).toBe('Sun Dec  2 02:39:43 2001');
});
