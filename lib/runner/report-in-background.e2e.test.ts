/** The report is no condition of a run: what keeps it from being built is said in one sentence, and nothing else happens. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { REPORT, RESULTS } from '../report/allure/allure-report.ts';
import { sampleResults } from '../results/sample-results.fixture.ts';
import { reportInBackground } from './report-in-background.ts';

const folder = mkdtempSync(join(tmpdir(), 'background-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('says why there is no report, also when it was begun in time', async () => {
  const late = reportInBackground(join(folder, 'none'));
  const early = reportInBackground(join(folder, 'none'));
  early.begin({ ...sampleResults([]).camera });
  early.add('none-result.json');
  const sentence = /^Could not build the Allure report: ENOENT.* The run is not affected; `npm run report` tries it again\.$/;
  expect(await late.finish()).toMatch(sentence);
  expect(await early.finish()).toMatch(sentence);
});

test('says when the page cannot be written', async () => {
  mkdirSync(join(folder, RESULTS));
  writeFileSync(join(folder, 'results.json'), JSON.stringify(sampleResults([])));
  writeFileSync(join(folder, REPORT), 'a file in the way');
  expect(await reportInBackground(folder).finish()).toMatch(/^Could not build the Allure report: E[A-Z]+: .* tries it again\.$/);
});
