import { expect, test } from 'vitest';
import { sampleCheck } from './sample-results.fixture.ts';
import { OF_CGI, untestedSections } from './untested.ts';

const skipped = (section: string, skipReason: 'blocked' | 'not-testable' | 'not-offered' | 'not-allowed', action: string | null = 'getX') =>
  sampleCheck({ id: `x/${section}/${skipReason}`, section, action, verdict: 'skip', skipReason, message: 'nobody answers.' });

test('a section of which something was judged is tested', () => {
  expect(untestedSections([skipped('24.1', 'blocked'), sampleCheck({ section: '24.2' })])).toEqual([]);
});

test('what is not offered, or not allowed, is left out with good reason', () => {
  expect(untestedSections([skipped('9', 'not-offered'), skipped('7', 'not-allowed')])).toEqual([]);
});

test('a section of which nothing could be judged is named, with the reason', () => {
  expect(untestedSections([skipped('24.1', 'not-offered'), skipped('24.2', 'not-testable')])).toEqual([
    'Nothing of section 24 could be tested, though the camera offers it: nobody answers.',
  ]);
});

test('what another interface has no answer to is left out with good reason', () => {
  expect(untestedSections([{ ...skipped('41', 'not-testable'), message: OF_CGI }, skipped('41', 'not-allowed')])).toEqual([]);
});

test('streams count by themselves: their settings say nothing of them', () => {
  expect(untestedSections([sampleCheck({ section: '19.1', action: 'getRtspConf' }), skipped('19.4', 'not-testable', null)])).toEqual([
    'Nothing of the streams of section 19 could be tested, though the camera offers it: nobody answers.',
  ]);
});
