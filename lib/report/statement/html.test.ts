import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../../wire/printable.ts';
import { anyText } from './any-text.fixture.ts';
import { formatHtml, html, joined, trusted } from './html.ts';

// The same cases each time; another seed finds others.
fc.configureGlobal({ seed: 1 });

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const read = (escaped: string): string => escaped.replace(/&[a-z#0-9]+;/g, (entity) => ENTITIES[entity] ?? `unknown ${entity}`);

test('text stays text, between tags and in attributes, and nothing of it is lost', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const page = formatHtml(html`<p title="${text}">${text}</p>`);
      const [, title = '', content = ''] = /^<p title="([^"<>]*)">([^<>]*)<\/p>$/.exec(page) ?? [];
      expect([read(title), read(content)]).toEqual([printable(text), printable(text)]);
    }),
    { numRuns: 2000 },
  );
});

test('what only looks like markup of ours is text, too', () => {
  const forged: unknown = JSON.parse('{"Symbol(markup)":"<b>","markup":"<b>"}');
  expect(() => formatHtml(html`<p>${forged as string}</p>`)).toThrow();
});

test('lists follow each other; null and false are nothing; markup stays markup', () => {
  expect(formatHtml(html`<ul>${['a<', null, false, html`<li>${3}</li>`, ['b', ['&']]]}</ul>`)).toBe('<ul>a&lt;<li>3</li>b&amp;</ul>');
  expect(formatHtml(html`${joined(['a', 'b', 'c'], ', ')}${trusted('<hr>')}`)).toBe('a, b, c<hr>');
  expect(formatHtml(html`nothing put in`)).toBe('nothing put in');
});
