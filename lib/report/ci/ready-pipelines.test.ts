/** The pipelines that people copy. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (name: string): string => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
const inPage = [...read('docs/ci.md').matchAll(/^## (\w.*)\n[^#]*?```\w+\n([^`]*)```/gm)].map(
  ([, server = '', text = '']) => [server, text] as const,
);
const nightly = read('.github/workflows/conformance.yml').split('\n  lab-camera:\n')[1] ?? '';

test('are of three servers, and of GitHub', () => {
  expect(inPage.map(([server]) => server)).toEqual(['GitLab', 'Jenkins', 'Azure Pipelines']);
});

test.each([...inPage, ['GitHub', nightly] as const])('%s puts the camera back from what a killed run left, before it runs', (_, pipeline) => {
  const restore = pipeline.indexOf('test ! -e reports/restore-journal.jsonl || npm run restore');
  expect(restore).toBeGreaterThan(pipeline.indexOf('npm ci'));
  expect(pipeline.indexOf('npm run conformance')).toBeGreaterThan(restore);
});

test.each(inPage.filter(([, pipeline]) => /^ *exclude|excludes/m.test(pipeline)))('%s publishes no journal', (_, pipeline) => {
  expect(pipeline).toMatch(/excludes?: .*reports\/restore-journal\.jsonl/);
});
