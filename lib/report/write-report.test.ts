import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { formatResults, parseResults } from '../results/results.ts';
import { sampleCheck, sampleResults } from '../results/sample-results.fixture.ts';
import { writeReport } from './write-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'report-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('writes results that read back the same, and makes the folder', async () => {
  const results = sampleResults([sampleCheck({ message: 'half a pair: \ud800, bell: \u0007' })]);
  const path = await writeReport(join(folder, 'a', 'b'), 'results.json', formatResults(results));
  expect(parseResults(readFileSync(path, 'utf8'), path)).toEqual(results);
  expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['results.json']);
});

test('replaces the file that is there', async () => {
  await writeReport(folder, 'junit.xml', 'a long text');
  await writeReport(folder, 'junit.xml', 'b');
  expect(readFileSync(join(folder, 'junit.xml'), 'utf8')).toBe('b');
});

test('says that a part of the path is a file', async () => {
  writeFileSync(join(folder, 'file'), '');
  const sentence = 'a part of that path is a file; set REPORTS_DIR to a folder.';
  await expect(writeReport(join(folder, 'file'), 'x', '')).rejects.toThrow(`Could not write ${join(folder, 'file', 'x')}: ${sentence}`);
  await expect(writeReport(join(folder, 'file', 'deep'), 'x', '')).rejects.toThrow(sentence);
});

test('leaves nothing behind when the name is taken by a folder', async () => {
  mkdirSync(join(folder, 'taken', 'x'), { recursive: true });
  await expect(writeReport(join(folder, 'taken'), 'x', 'text')).rejects.toThrow('a folder has that name; move it away.');
  expect(readdirSync(join(folder, 'taken'))).toEqual(['x']);
});

test.each([
  ['ENOSPC', 'the disk is full'],
  ['EACCES', 'writing there is not permitted'],
  ['EROFS', 'the file system is read-only'],
])('%s: says that %s, and keeps the old file', async (code, sentence) => {
  const place = join(folder, code);
  await writeReport(place, 'results.json', 'old');
  await withBadDisk(code, () =>
    expect(writeReport(place, 'results.json', 'new')).rejects.toThrow(`Could not write ${join(place, 'results.json')}: ${sentence}`),
  );
  expect(readdirSync(place)).toEqual(['results.json']);
  expect(readFileSync(join(place, 'results.json'), 'utf8')).toBe('old');
});

/** Files can be opened and not be written to: of whatever module, since all get their files from one class. */
async function withBadDisk(code: string, use: () => Promise<void>): Promise<void> {
  const file = await open(join(folder, code, 'results.json'));
  const writing = vi.spyOn(Object.getPrototypeOf(file) as typeof file, 'writeFile');
  await file.close();
  writing.mockRejectedValue(Object.assign(new Error(`${code}: as the system has it`), { code }));
  try {
    await use();
    expect(writing).toHaveBeenCalledOnce();
  } finally {
    writing.mockRestore();
  }
}
