import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleCheck, sampleResults } from '../../results/sample-results.fixture.ts';
import { printable } from '../../wire/printable.ts';
import { anyText } from '../statement/any-text.fixture.ts';
import { changedCamera } from './comparison.fixture.ts';
import { compareRuns, type ReadRun } from './comparison.ts';
import { formatComparisonPage } from './comparison-page.ts';

// The same cases each time; another seed finds others.
fc.configureGlobal({ seed: 1 });

/** The tags of a page, without what is in them: their nesting is that of the templates alone. */
const tagsOf = (page: string): string[] => [...page.matchAll(/<\/?([a-z][a-z0-9]*)\b/gi)].map(([, name = '']) => name.toLowerCase());

describe('formatComparisonPage', () => {
  test('says what it comes to, and each change', () => {
    const page = formatComparisonPage(changedCamera('4097 kbit/s'));
    expect(page).toContain('<h2 id="verdict" tabindex="-1">Newly failing</h2>');
    expect(page).toMatch(/2 checks that passed fail now\./);
    for (const heading of [
      'Passed before, fails now',
      'Judged before, not offered any more',
      'Judged before, not judged now',
      'Fails now, the old suite did not have it',
      'Fixed',
      'Parameters that disappeared',
      'Parameters with another range',
      'Slower actions',
    ])
      expect(page).toContain(`>${heading}</h2>`);
    expect(page).toContain('<dt>Received</dt><dd><bdi>4097 kbit/s</bdi></dd>');
    expect(page).toContain('100 → 900');
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(/i);
  });

  test('has nothing of what did not change', () => {
    const runs = ['2026-01-01', '2026-01-02'].map((day) => sampleResults([sampleCheck()], { startedAt: `${day}T00:00:00.000Z` }));
    const [before, after] = runs.map((results) => ({ file: 'a', results })) as [ReadRun, ReadRun];
    const page = formatComparisonPage(compareRuns(before, after));
    expect([...page.matchAll(/<h2 id="([a-z-]+)"/gi)].map(([, id]) => id)).toEqual(['verdict', 'runs']);
    expect(page).toContain('Nothing newly failing');
  });

  test('no text of a camera becomes markup, whatever it is', () => {
    const plain = tagsOf(formatComparisonPage(changedCamera('x')));
    fc.assert(
      fc.property(anyText, (text) => {
        const page = formatComparisonPage(changedCamera(`x${text}`));
        // Marks of what is hidden and of what was cut are the templates' own.
        const own = tagsOf(page.replace(/<span class="hidden-character">[^<]*<\/span>/g, '').replace(/ <small>\([\d,]+ characters\)<\/small>/g, ''));
        expect(own).toEqual(plain);
        expect(printable(page.replaceAll('\n', ''))).toBe(page.replaceAll('\n', ''));
      }),
      { numRuns: 100 },
    );
  });
});
