import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addRun, earlierRuns, HISTORY } from './allure-history.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A line as Allure writes it. */
const line = (status = 'passed') =>
  JSON.stringify({
    uuid: 'u',
    timestamp: 1,
    knownTestCaseIds: ['t'],
    testResults: { h: { id: 'i', historyId: 'h', status, start: 1, stop: 2, duration: 1, message: 'long', trace: 'long', labels: [{}], name: 'n' } },
  });
const runs = async (camera: string, run = 'now') =>
  (await earlierRuns(folder, { run, camera }))
    .split('\n')
    .filter((each) => each !== '')
    .map((each) => JSON.parse(each));

describe('the history', () => {
  it('is empty at first', async () => {
    expect(await earlierRuns(folder, { run: 'a', camera: 'c' })).toBe('');
  });

  it('keeps of the last line that Allure wrote what trends need', async () => {
    await addRun(folder, { run: 'a', camera: 'c' }, `${line('failed')}\n${line()}\n`);
    const [point] = await runs('c');
    expect(point.testResults.h).toEqual({ id: 'i', historyId: 'h', status: 'passed', start: 1, stop: 2, duration: 1 });
    expect(point).toMatchObject({ run: 'a', camera: 'c', knownTestCaseIds: ['t'] });
    expect(readFileSync(join(folder, HISTORY), 'utf8')).not.toContain('long');
  });

  it('is of one camera, without the run that is reported again', async () => {
    for (const [run, camera] of [
      ['a', 'one'],
      ['b', 'two'],
      ['c', 'one'],
      ['c', 'one'],
    ] as const)
      await addRun(folder, { run, camera }, line());
    expect((await runs('one')).map(({ run }) => run)).toEqual(['a', 'c']);
    expect((await runs('one', 'c')).map(({ run }) => run)).toEqual(['a']);
    expect((await runs('two')).map(({ run }) => run)).toEqual(['b']);
  });

  it('forgets the oldest runs of the same camera', async () => {
    await addRun(folder, { run: 'x', camera: 'two' }, line());
    for (let run = 0; run < 13; run += 1) await addRun(folder, { run: String(run), camera: 'one' }, line());
    expect((await runs('one')).map(({ run }) => run)).toEqual(['3', '4', '5', '6', '7', '8', '9', '10', '11', '12']);
    expect(await runs('two')).toHaveLength(1);
  });

  it('does without lines that cannot be read', async () => {
    writeFileSync(join(folder, HISTORY), `{"broken\nnull\n[]\n{"testResults":null}\n`);
    await addRun(folder, { run: 'a', camera: 'c' }, line());
    expect(await runs('c')).toHaveLength(1);
    await addRun(folder, { run: 'b', camera: 'c' }, 'nothing of use');
    expect(await runs('c')).toHaveLength(1);
  });
});
