import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleCheck, sampleResults } from '../results/sample-results.fixture.ts';
import { EARLIER_RUN, type Scope, setAside } from './earlier-run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earlier-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a run leaves. */
function leave(changes: Parameters<typeof sampleResults>[1] = {}, checks = [sampleCheck()]): void {
  writeFileSync(join(folder, 'results.json'), JSON.stringify(sampleResults(checks, changes)));
  for (const name of ['statement.html', 'restore-journal.jsonl', 'allure-history.jsonl']) writeFileSync(join(folder, name), name);
  mkdirSync(join(folder, 'allure-report'), { recursive: true });
  writeFileSync(join(folder, 'allure-report', 'index.html'), changes.startedAt ?? '');
}

const ALONE: Scope = { sections: [21], check: ['video/bitrate/round-trip'] };
const WHOLE: Scope = { sections: 'all', check: [] };
const FIRST = '2026-01-01T00:00:00.000Z';

describe('the report of the run before', () => {
  test('is set aside whole by a run for one check, with what belongs to no single run left where it is', async () => {
    leave({ startedAt: FIRST });
    expect(await setAside(folder, ALONE)).toEqual({ folder: join(folder, EARLIER_RUN), startedAt: FIRST });
    expect(readdirSync(folder).sort()).toEqual(['allure-history.jsonl', EARLIER_RUN, 'restore-journal.jsonl']);
    expect(readFileSync(join(folder, EARLIER_RUN, 'allure-report', 'index.html'), 'utf8')).toBe(FIRST);
    expect(readdirSync(join(folder, EARLIER_RUN)).sort()).toEqual(['allure-report', 'results.json', 'statement.html']);
  });

  test('stays set aside however often single checks are repeated, until a newer wide one takes its place', async () => {
    leave({ startedAt: FIRST });
    await setAside(folder, ALONE);
    leave({ startedAt: '2026-01-02T00:00:00.000Z', selection: ['video/*'] });
    expect((await setAside(folder, ALONE))?.startedAt).toBe(FIRST);
    leave({ startedAt: '2026-01-03T00:00:00.000Z' });
    expect((await setAside(folder, ALONE))?.startedAt).toBe('2026-01-03T00:00:00.000Z');
  });

  test.each([
    ['a run that could not begin', null, true],
    ['a run of fewer sections', { sections: [21], check: [] }, true],
    ['a run of the same sections', { sections: [5, 21], check: [] }, false],
    ['a run of everything', WHOLE, false],
  ] as const)('%s', async (_, scope, isSetAside) => {
    leave({ sections: ['5', '21'] });
    await setAside(folder, scope);
    expect(existsSync(join(folder, EARLIER_RUN, 'results.json'))).toBe(isSetAside);
    expect(existsSync(join(folder, 'results.json'))).toBe(!isSetAside);
  });

  test('is not worth keeping where it holds nothing', async () => {
    expect(await setAside(folder, ALONE)).toBe(null);
    leave({}, []);
    expect(await setAside(folder, ALONE)).toBe(null);
    writeFileSync(join(folder, 'results.json'), '{');
    expect(await setAside(folder, ALONE)).toBe(null);
    expect(readdirSync(folder)).not.toContain(EARLIER_RUN);
  });
});
