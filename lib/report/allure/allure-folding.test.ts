import { expect, test } from 'vitest';
import { foldSections } from './allure-folding.ts';

const tree = (...failed: number[]): string =>
  JSON.stringify({
    root: { groups: failed.map((_, index) => `section-${index}`) },
    groupsById: Object.fromEntries(
      failed.map((count, index) => [`section-${index}`, { statistic: { total: 200, ...(count > 0 ? { failed: count } : {}) } }]),
    ),
  });

/** What the page's script leaves in the browser. */
function run(script: string, localStorage: Record<string, string>): Record<string, string> {
  new Function('localStorage', script)(localStorage);
  return localStorage;
}

test('few failures are unfolded, as Allure does', () => {
  expect(foldSections([tree(60, 0, 40), tree()], 'r')).toBe('');
});

test('of many failures the sections alone are shown', () => {
  const script = foldSections([tree(60, 0, 41), tree(1)], 'r');
  expect(JSON.parse(run(script, {}).collapsedTrees ?? '')).toEqual(['section-0', 'section-1', 'section-2']);
});

test('what the reader of a report unfolded stays so, and another report begins anew', () => {
  const reader = run(foldSections([tree(101)], 'r'), {});
  reader.collapsedTrees = '[]';
  expect(run(foldSections([tree(101)], 'r'), reader).collapsedTrees).toBe('[]');
  expect(run(foldSections([tree(101)], 'another'), reader).collapsedTrees).toBe('["section-0"]');
});
