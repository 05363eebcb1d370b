import { expect, test } from 'vitest';
import { decodedViews } from './decoded-view.ts';

const viewsOf = (text: string): readonly string[] => [...decodedViews(text)].map((view) => view.text);

test.each([
  ['Plain', ['plain']],
  ['%41%62c', ['%41%62c', 'abc']],
  [String.raw`\u0041\"`, [String.raw`\u0041\"`, 'a"']],
  ['%5Cu0041', ['%5cu0041', String.raw`\u0041`, 'a']],
  ['&amp;#65;&quot;', ['&amp;#65;&quot;', '&#65;"', 'a"']],
])('%s', (text, views) => expect(viewsOf(text)).toEqual(views));

test('each character knows where its spelling begins in the text', () => {
  const [, view] = [...decodedViews('x%41\u0130b')];
  expect(view).toEqual({ text: 'xa\u0130b', starts: [0, 1, 4, 5, 6] });
});
