/** When a qualification is met, and what stands where readers look. */
import { describe, expect, it } from 'vitest';
import { formatPage } from './page.ts';
import { withQualification } from './publish.ts';
import { type Qualification, qualificationSchema, scoreOf, shortcomings } from './qualification.ts';

const MET: Qualification = {
  schemaVersion: 1,
  score: 100,
  defects: 1000,
  caught: 1000,
  byHand: { defects: 100, caught: 100 },
  missed: [],
  elsewhere: [],
  models: [{ id: 'full', does: 'Everything.', checks: 3, passed: 3, warned: 0, skipped: 0 }],
  blindCameras: { traits: 141, drawn: 10, right: 151 },
  falseAlarms: [],
  checksWithoutDefect: [],
  errors: [],
  part: null,
  suiteVersion: '1.2.3',
  measuredAt: '2026-01-02T03:04:05.000Z',
  durationMs: 1,
};

describe('a qualification', () => {
  it('is met when everything is caught and nothing else complained', () => {
    expect(shortcomings(qualificationSchema.parse(MET))).toEqual([]);
  });

  it.each([
    ['a missed defect', { missed: [{ id: 'a/b/c', does: 'x', reason: null }] }, /^1 defects were missed, such as a\/b\/c\.$/],
    ['a defect seen elsewhere', { elsewhere: [{ id: 'a/b/c', does: 'x', seenBy: ['d'] }] }, /wrong place/],
    [
      'a false alarm',
      { falseAlarms: [{ model: 'full', check: 'a/b/type', message: null }] },
      /^1 false alarms, such as a\/b\/type on the camera full\.$/,
    ],
    ['a check that never failed', { checksWithoutDefect: ['a/b/type'] }, /never seen to fail, such as a\/b\/type/],
    ['a fault of the suite', { errors: ['a/b: broke\nat x'] }, /such as a\/b: broke\.$/],
    ['too few of those written by hand', { byHand: { defects: 100, caught: 97 } }, /97 of 100/],
  ] as const)('is not met with %s', (_, change, sentence) => {
    const found = shortcomings({ ...MET, ...change } as Qualification);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(sentence);
  });

  it('takes a missed defect whose reason is known, as long as few are missed', () => {
    expect(shortcomings({ ...MET, missed: [{ id: 'a', does: 'x', reason: 'needs a wire' }], byHand: { defects: 100, caught: 98 } })).toEqual([]);
  });

  it('has a score that is 100 only when all are caught', () => {
    expect([scoreOf(9999, 10_000), scoreOf(10_000, 10_000), scoreOf(0, 0)]).toEqual([99.9, 100, 0]);
  });

  it('has a page on which what a camera said stays text', () => {
    const page = formatPage({ ...MET, falseAlarms: [{ model: 'full', check: 'x', message: '<script>alert(1)</script>' }] });
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('<script');
  });

  it('replaces what stood between the marks of the README, and nothing else', () => {
    const marks = ['<!-- qualification: written by npm run qualify -- --publish -->', '<!-- /qualification -->'];
    const once = withQualification(`before\n${marks[0]}\nold\n${marks[1]}\nafter\n`, MET);
    expect(once).toMatch(/^before\n<!--/);
    expect(once).toMatch(/-->\nafter\n$/);
    expect(once).toContain('| score | 100 % |');
    expect(once).toContain('| good cameras written or drawn blindly | 151 of 151 judged as they deserve |');
    expect(once).toContain('- `full`: Everything.');
    expect(once).not.toContain('old');
    expect(withQualification(once, MET)).toBe(once);
    expect(() => withQualification('no marks', MET)).toThrow(/Could not find the place/);
  });
});
