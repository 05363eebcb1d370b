import { describe, expect, test } from 'vitest';
import { SECTIONS } from '../../document/index.ts';
import { sampleCheck, sampleWaiver } from '../../results/sample-results.fixture.ts';
import { reportWaivers } from './report-waivers.ts';

const ALL = new Set(SECTIONS.map(({ number }) => String(number)));
const checks = [
  sampleCheck({ id: 'video/a', verdict: 'fail', waiver: sampleWaiver({ check: 'video/a' }) }),
  sampleCheck({ id: 'video/b', verdict: 'fail', waiver: sampleWaiver({ check: 'video/b' }) }),
  sampleCheck({ id: 'video/c', verdict: 'fail' }),
  sampleCheck({ id: 'video/good' }),
  sampleCheck({ id: 'video/warns', level: 'should', verdict: 'warn' }),
  sampleCheck({ id: 'video/skipped', verdict: 'skip', skipReason: 'not-offered' }),
  sampleCheck({ id: 'video/broken', verdict: 'error' }),
];
const report = (check: string, expires = '2026-12-31', whole: ReadonlySet<string> = ALL) =>
  reportWaivers([{ ...sampleWaiver({ check, expires }), file: 'w.yaml', line: 7 }], { checks, whole, today: '2026-06-01' })[0];

describe('reportWaivers', () => {
  test('names what a waiver covers', () => {
    expect(report('video/a')).toEqual({
      ...sampleWaiver({ check: 'video/a' }),
      file: 'w.yaml',
      line: 7,
      state: 'applied',
      covers: ['video/a'],
      sentence: null,
    });
  });

  test.each([
    ['video/c', '2026-05-31', 'expired', 'w.yaml:7: the waiver of video/c expired on 2026-05-31 and does not apply; renew it, or remove it.'],
    ['video/goood', undefined, 'unmatched', 'w.yaml:7: no check is called video/goood; correct the waiver, or remove it.'],
    ['viedo/*', undefined, 'unmatched', 'w.yaml:7: no check is called viedo/*; correct the waiver, or remove it.'],
    ['21.7/nothing', undefined, 'unmatched', 'w.yaml:7: no check is called 21.7/nothing; correct the waiver, or remove it.'],
    ['21.2/good', undefined, 'not-needed', 'w.yaml:7: 21.2/good passes and needs no waiver any more; remove it.'],
    ['video/good', undefined, 'not-needed', 'w.yaml:7: video/good passes and needs no waiver any more; remove it.'],
    ['video/warns', undefined, 'not-needed', 'w.yaml:7: video/warns only warns, which fails no run; remove its waiver.'],
    ['video/a*', undefined, 'not-needed', 'w.yaml:7: another waiver covers what video/a* means; remove one of them.'],
    ['video/skipped', undefined, 'not-run', null],
    ['video/broken', undefined, 'not-run', null],
  ])('%s', (check, expires, state, sentence) => {
    expect(report(check, expires)).toMatchObject({ state, sentence, covers: [] });
  });

  test('a section that did not run leaves its waivers alone', () => {
    const some = new Set(['21']);
    expect(report('osd/x', undefined, some)).toMatchObject({ state: 'not-run', sentence: null });
    expect(report('24.1/nothing', undefined, some)).toMatchObject({ state: 'not-run', sentence: null });
    expect(report('21.1/nothing', undefined, some)).toMatchObject({ state: 'unmatched' });
    expect(report('video/nothing', undefined, some)).toMatchObject({ state: 'unmatched' });
    expect(report('viedo/nothing', undefined, some)).toMatchObject({ state: 'unmatched' });
    expect(report('osd/x', '2026-05-31', some)).toMatchObject({ state: 'expired' });
  });

  test('of thousands of waivers and checks takes no time', { timeout: 10_000 }, () => {
    const waivers = Array.from({ length: 10_000 }, (_, index) => ({ ...sampleWaiver({ check: `osd/x${index}/*` }), file: 'w', line: index }));
    const many = SECTIONS.flatMap(({ slug, number }) =>
      Array.from({ length: 100 }, (_, index) => sampleCheck({ id: `${slug}/${index}`, section: `${number}.1` })),
    );
    const states = new Set(reportWaivers(waivers, { checks: many, whole: ALL, today: '2026-06-01' }).map(({ state }) => state));
    expect([...states]).toEqual(['unmatched']);
  });
});
