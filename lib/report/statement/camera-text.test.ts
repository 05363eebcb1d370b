import { expect, test } from 'vitest';
import { cameraBlock, cameraText } from './camera-text.ts';
import { formatHtml } from './html.ts';

test.each([
  ['plain ü 中', '<bdi>plain ü 中</bdi>'],
  ['\u001b[31mred', '<bdi><span class="hidden-character">\\x1B</span>[31mred</bdi>'],
  ['\\x1B', '<bdi>\\x1B</bdi>'],
  ['a\u202e\u2066b<', '<bdi>a<span class="hidden-character">\\u{202E}\\u{2066}</span>b&lt;</bdi>'],
  ['שלום', '<bdi>שלום</bdi>'],
  [`e${'\u0301'.repeat(6)}x`, `<bdi>e${'\u0301'.repeat(4)}<span class="hidden-character">(2 more marks)</span>x</bdi>`],
])('%j', (text, shown) => {
  expect(formatHtml(cameraText(text))).toBe(shown);
});

test('long text is shortened and its length told', () => {
  expect(formatHtml(cameraText('W'.repeat(2000), 10))).toBe(`<bdi>${'W'.repeat(9)}…</bdi> <small>(2,000 characters)</small>`);
  expect(formatHtml(cameraText('W'.repeat(10), 10))).toBe('<bdi>WWWWWWWWWW</bdi>');
});

test('a block keeps its lines and no other control character', () => {
  expect(formatHtml(cameraBlock('a\r\nb\tc', 100))).toBe(
    '<pre><code><span class="line"><bdi>a</bdi>\n</span><span class="line"><bdi>b<span class="hidden-character">\\x09</span>c</bdi></span></code></pre>',
  );
  expect(formatHtml(cameraBlock('abcdef', 3))).toBe(
    '<pre><code><span class="line"><bdi>ab…</bdi></span></code></pre><p><small>Shortened: 6 characters.</small></p>',
  );
});
