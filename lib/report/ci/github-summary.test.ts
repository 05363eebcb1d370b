import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summarise } from '../../results/results.ts';
import { sampleCheck, sampleResults, sampleWaiver } from '../../results/sample-results.fixture.ts';
import { anyText } from '../statement/any-text.fixture.ts';
import { formatSummary } from './github-summary.ts';
import { codeBlock, inlineCode } from './markdown.ts';

// The same cases each time; another seed finds others.
fc.configureGlobal({ seed: 1 });

const TITLES = new Map([['21', 'Video']]);
const failed = sampleCheck({ verdict: 'fail', message: 'Documented  1\nReceived    2' });
const decoded = (text: string): string => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

describe('formatSummary', () => {
  test('says the verdict, what failed and how to repeat it, what is waived, and the sections', () => {
    const checks = [sampleCheck({ id: 'video/good' }), failed, sampleCheck({ ...failed, id: 'video/known', waiver: sampleWaiver() })];
    const text = decoded(formatSummary(sampleResults(checks, { verdict: 'non-conformant', exitCode: 1, summary: summarise(checks) }), TITLES));
    for (const line of [
      '## Camera: non-conformant',
      'Exit code 1: not conformant: at least one required check failed.',
      '| Camera | <code>RG10</code> |',
      '1 passed, **1 failed**, 1 waived, 0 warned, 0 skipped, 0 errors of the suite.',
      '### Failed: 1',
      '<details><summary><code>video/bitrate/above-range</code> <code>21.2</code> <code>refuses or clamps a value above its range</code></summary>',
      '<pre>Documented  1',
      'Received    2</pre>',
      '<pre>npm run conformance -- --check video/bitrate/above-range</pre>',
      '- <code>video/known</code> <code>waived until 2026-12-31 by jane, FW-12: mended in 2.1</code>',
      '| <code>21 Video</code> | 1 | 1 | 1 | 0 | 0 | 0 |',
    ])
      expect(text.split('\n')).toContain(line);
  });

  test('keeps within the limit, and says what does not fit', () => {
    const checks = Array.from({ length: 3000 }, (_, index) => sampleCheck({ ...failed, id: `video/${index}`, message: `é${'x'.repeat(5000)}` }));
    const text = formatSummary(sampleResults(checks), TITLES);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(1000 * 1024);
    expect(text).toMatch(/\n\d+ more entries do not fit here; the reports have them\.\n$/);
    expect(decoded(text)).toContain('\n| <code>21 Video</code> | 0 | 3000 | 0 | 0 | 0 | 0 |\n');
    expect(text.indexOf('21 Video')).toBeLessThan(text.indexOf('### Failed'));
    expect(Buffer.byteLength(formatSummary(sampleResults([failed]), TITLES, 800))).toBeLessThanOrEqual(800);
  });

  test('what a camera sends does not change its structure', () => {
    const skeleton = (text: string): string =>
      formatSummary(
        sampleResults([sampleCheck({ verdict: 'fail', title: `x${text}`, message: `x${text}` })], {
          camera: { url: `x${text}`, deviceId: `x${text}`, mac: null, version: `x${text}`, model: null },
          fault: `x${text}`,
        }),
        TITLES,
      )
        .replace(/<code>[A-Za-z0-9 &#;\u0080-\u{10ffff}]*<\/code>/gu, '<code/>')
        .replace(/<pre>[A-Za-z0-9 &#;\n\u0080-\u{10ffff}]*<\/pre>/gu, '<pre/>');
    const plain = skeleton('');
    fc.assert(
      fc.property(
        anyText,
        fc.constantFrom('', '|', '`', '@all', '#1', '</pre>', '</code>', '[a](b)', '\n\n# x', 'https://x.test'),
        (text, markup) => {
          expect(skeleton(`${text}${markup}`)).toBe(plain);
        },
      ),
    );
  });
});

test('text in Markdown reads as it was', () => {
  expect(decoded(inlineCode('a|b `c` <d> &amp; @e', 100))).toBe('<code>a|b `c` <d> &amp; @e</code>');
  expect(decoded(codeBlock('one\r\ntwo\u001b[1m', 100))).toBe('<pre>one\ntwo\\x1B[1m</pre>');
  expect(decoded(inlineCode('x'.repeat(9), 5))).toBe('<code>xxxx…</code>');
});
