/**
 * What waivers do to a run: a known failure does not fail it, and a file that is amiss ends it before the camera is touched. The
 * first run is one in GitHub Actions, which is told of both.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { camera, conformance, faultyCamera, filesBelow, LIMIT_MS, type Run, temporaryFolder } from './conformance.fixture.ts';

const ID = 'osd/show_date/enumeration';
const waiver = (check: string, expires: string): string =>
  [`- check: "${check}"`, '  reason: the overlay <b>', '  ticket: FW-12', '  who: jane', `  expires: ${expires}`, ''].join('\n');
const written = (yaml: string): string => {
  const file = join(temporaryFolder(), 'known.yaml');
  writeFileSync(file, yaml);
  return file;
};

describe('a camera whose failures are waived', () => {
  const summary = join(temporaryFolder(), 'summary.md');
  let run: Run;
  beforeAll(async () => {
    const { url } = await faultyCamera({
      tamper: { reply: (action, _, reply) => (action === 'getOsdConf' ? { ...reply, show_date: 7 } : reply) },
    });
    const file = written(
      [waiver('osd/*', '2999-12-31'), waiver(ID, '2020-01-01'), waiver('osd/nothing', '2999-12-31'), waiver('video/x', '2999-12-31')].join(''),
    );
    const github = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    run = await conformance({
      allure: true,
      environment: { CAMERA_URL: url, CAMERA_SECTIONS: '24', CAMERA_ALLOW: 'all', CAMERA_WAIVERS: file, ...github },
    });
  }, LIMIT_MS);

  it('ends with 0, and counts them apart', () => {
    expect({ code: run.code, verdict: run.results.verdict }).toEqual({ code: 0, verdict: 'conformant' });
    const { checks, summary } = run.results;
    const failed = checks.filter(({ verdict }) => verdict === 'fail');
    expect(failed.map(({ id }) => id)).toContain(ID);
    for (const { waiver, exchange } of failed) {
      expect(waiver).toEqual({ check: 'osd/*', reason: 'the overlay <b>', ticket: 'FW-12', who: 'jane', expires: '2999-12-31' });
      expect(exchange).not.toBeNull();
    }
    expect({ failed: summary.failed, waived: summary.waived }).toEqual({ failed: 0, waived: failed.length });
    expect(checks.filter(({ verdict, waiver }) => waiver !== undefined && verdict !== 'fail')).toEqual([]);
  });

  it('says what became of each waiver', () => {
    const { waivers } = run.results;
    expect(waivers.map(({ state, line }) => ({ state, line }))).toEqual([
      { state: 'applied', line: 1 },
      { state: 'expired', line: 6 },
      { state: 'unmatched', line: 11 },
      { state: 'not-run', line: 16 },
    ]);
    expect(waivers[0]?.covers).toContain(ID);
    expect(run.stdout).toContain(`${ID}   waived until 2999-12-31 by jane, FW-12: the overlay <b>`);
    expect(run.stdout).toMatch(/known\.yaml:6: the waiver of .* expired on 2020-01-01/);
    expect(run.stdout).toMatch(/known\.yaml:11: no check is called osd\/nothing/);
  });

  it('is skipped for CI servers and in Allure, with the reason', () => {
    const files = filesBelow(run.folder);
    expect(files.find(({ name }) => name.endsWith('junit.xml'))?.text).toMatch(
      new RegExp(`<testcase name="${ID}"[^>]*><skipped message="waived until 2999-12-31 by jane, FW-12: the overlay &lt;b&gt;">waived`),
    );
    const result = files.find(({ name, text }) => name.endsWith('-result.json') && new RegExp(`"name":"[^"]*${ID}`).test(text))?.text ?? '{}';
    expect(JSON.parse(result)).toMatchObject({ status: 'skipped' });
  });

  it('tells GitHub, where nothing that the camera says is a command', () => {
    const lines = run.stdout.split('\n');
    const token = /^::stop-commands::(.+)$/.exec(lines[0] ?? '')?.[1];
    const resumed = lines.indexOf(`::${token}::`);
    expect(lines.slice(1, resumed).filter((line) => line.startsWith('::'))).toEqual([]);
    const commands = lines.slice(resumed + 1).filter((line) => line !== '');
    expect(commands.filter((line) => line.startsWith('::warning file=')).slice(0, 2)).toEqual([
      expect.stringMatching(/known\.yaml,line=6,title=Waiver::/),
      expect.stringMatching(/known\.yaml,line=11,title=Waiver::/),
    ]);
    expect(commands.filter((line) => line.startsWith('::error'))).toEqual([]);
    expect(commands.at(-1)).toMatch(/^::notice title=Camera%3A conformant::/);
    expect(readFileSync(summary, 'utf8')).toMatch(/^## Camera: conformant\n[\s\S]*### Waived: \d/);
  });
});

describe('a file of waivers that is amiss', () => {
  it('ends the run with 2, by line, before the camera is touched', async () => {
    const emulator = await camera();
    const file = written(waiver(ID, 'next year'));
    const run = await conformance({ environment: { CAMERA_URL: emulator.url }, flags: ['--waivers', file] });
    expect(run.code).toBe(2);
    expect(run.stderr).toBe(`${file}:5: expires is no date; write it like 2026-12-31\n`);
    expect(run.results.fault).toBe(`${file}:5: expires is no date; write it like 2026-12-31`);
    expect(await emulator.requests()).toEqual([]);
  });
});
