import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseResults } from '../results/results.ts';
import { sampleCheck, sampleResults } from '../results/sample-results.fixture.ts';
import { writeRunReports } from './write-run-reports.ts';

const folder = mkdtempSync(join(tmpdir(), 'reports-'));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

test('all files tell of the same run, and the statement names the very results that it was made from', async () => {
  const results = sampleResults([sampleCheck()]);
  await writeRunReports(folder, results, new Map([['21', 'Video']]));
  expect(parseResults(read('results.json'), 'results.json')).toEqual(results);
  expect(read('junit.xml')).toContain('<testsuite name="21 Video"');
  expect(read('statement.html')).toContain(
    createHash('sha256')
      .update(readFileSync(join(folder, 'results.json')))
      .digest('hex'),
  );
});
