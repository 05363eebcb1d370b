/**
 * The ids of all checks, as results, comparisons and acceptance lists know them: they stay from release to release. A change
 * here is deliberate, and told to those who rely on them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { genericChecks } from '../checks/generic-checks.ts';
import { SECTIONS } from '../document/index.ts';
import { collectChecks } from './load-suites.ts';

const FILE = new URL('../../fixtures/check-ids.txt', import.meta.url);
const UPDATE = 'UPDATE_CHECK_IDS=1 npx vitest run --project unit check-ids';

/** Those that the rows produce and those that the suite files add, in the order of the document. */
let ids: readonly string[] = [];

beforeAll(async () => {
  ids = (await collectChecks()).map(({ id }) => id);
  if (process.env.UPDATE_CHECK_IDS === '1') writeFileSync(FILE, ids.map((id) => `${id}\n`).join(''));
}, 60_000);

test('check ids are those of fixtures/check-ids.txt', () => {
  const known = readFileSync(FILE, 'utf8').trimEnd().split('\n');
  const gone = known.filter((id) => !ids.includes(id));
  const added = ids.filter((id) => !known.includes(id));
  expect({ gone, added }, `check ids changed; if that is meant, run: ${UPDATE}`).toEqual({ gone: [], added: [] });
  expect(known).toHaveLength(new Set(known).size);
});

test('check ids are words, each once', () => {
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(ids.filter((id) => !/^[a-z0-9-]+(\/[\w.[\]-]+){2}$/i.test(id))).toEqual([]);
  const slugs = new Set(SECTIONS.map(({ slug }) => slug));
  expect(ids.filter((id) => !slugs.has(id.split('/')[0] ?? ''))).toEqual([]);
});

test('every check waits only for checks that exist, of its own section', () => {
  const checks = SECTIONS.flatMap(genericChecks);
  const all = new Set(checks.map(({ id }) => id));
  const unknown = checks.flatMap(({ id, after }) => after.filter((each) => !all.has(each)).map((each) => `${id} after ${each}`));
  expect(unknown).toEqual([]);
});
