import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { formatResults, parseResults } from '../results/results.ts';
import { sampleCheck, sampleResults } from '../results/sample-results.fixture.ts';
import { writeReport } from './write-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'report-'));
afterAll(() => {
  vi.doUnmock('node:fs/promises');
  rmSync(folder, { recursive: true });
});

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
  vi.resetModules();
  vi.doMock('node:fs/promises', async (original) => {
    const real = await original<typeof import('node:fs/promises')>();
    const failing = async (): Promise<never> => {
      throw Object.assign(new Error(`${code}: as the system has it`), { code });
    };
    const open: typeof real.open = async (...given) => Object.assign(await real.open(...given), { writeFile: failing });
    return { ...real, open };
  });
  const { writeReport: writeOnBadDisk } = await import('./write-report.ts');
  await expect(writeOnBadDisk(place, 'results.json', 'new')).rejects.toThrow(`Could not write ${join(place, 'results.json')}: ${sentence}`);
  expect(readdirSync(place)).toEqual(['results.json']);
  expect(readFileSync(join(place, 'results.json'), 'utf8')).toBe('old');
});
