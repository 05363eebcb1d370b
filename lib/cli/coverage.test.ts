import { describe, expect, test } from 'vitest';
import { catalogueOf } from '../document/clauses.ts';
import { SECTIONS } from '../document/index.ts';
import { collectChecks } from '../execution/load-suites.ts';
import { coverageOf, formatCoverage } from '../report/coverage.ts';

const clause = (id: string, untested: string | null = null) => ({ id, place: '1.1', says: `${id} holds`, untested, strict: [] });

describe('coverage', () => {
  test('of the suites is complete: every clause has a check or a reason', async () => {
    const catalogue = SECTIONS.map((section) => ({ number: section.number, title: section.title, clauses: catalogueOf(section) }));
    const { open, unknown, sections } = coverageOf(catalogue, await collectChecks());
    expect(open.map(({ id }) => id)).toEqual([]);
    expect(unknown).toEqual([]);
    expect(sections).toHaveLength(42);
  });

  test('tells tested, excused and forgotten clauses apart, and claims that nothing stands behind', () => {
    const catalogue = [{ number: 1, title: 'One', clauses: [clause('one/a'), clause('one/b', 'needs a wire'), clause('one/c')] }];
    const coverage = coverageOf(catalogue, [{ covers: ['one/a', 'one/x'] }]);
    expect(coverage.open.map(({ id }) => id)).toEqual(['one/c']);
    expect(coverage.sections[0]?.excused.map(({ id }) => id)).toEqual(['one/b']);
    expect(coverage.unknown).toEqual(['one/x']);
    const text = formatCoverage(coverage);
    expect(text).toContain(' 1  One     1 of    3 clauses tested, 1 with a reason');
    expect(text).toContain('one/b (1.1): one/b holds — needs a wire');
    expect(text).toMatch(/Clauses without a check:\n {2}one\/c/);
  });
});
