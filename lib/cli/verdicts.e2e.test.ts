/** How findings and a camera that goes away show in what a run says and writes. */
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { ALL_SECTIONS, cameraProcess, conformance, faultyCamera, filesBelow, junitSuites, LIMIT_MS, type Run } from './conformance.fixture.ts';

describe('a camera with one value out of its enumeration', () => {
  const ID = 'osd/show_date/enumeration';
  let run: Run;
  beforeAll(async () => {
    const { url } = await faultyCamera({
      tamper: { reply: (action, _, reply) => (action === 'getOsdConf' ? { ...reply, show_date: 7 } : reply) },
    });
    run = await conformance({ allure: true, environment: { CAMERA_URL: url, CAMERA_SECTIONS: '1,24', CAMERA_ALLOW: 'all' } });
  }, LIMIT_MS);

  it('ends with 1', () => {
    expect({ code: run.code, verdict: run.results.verdict, fault: run.results.fault }).toEqual({ code: 1, verdict: 'non-conformant', fault: null });
  });

  it('fails only checks of the parameter', () => {
    const failed = run.results.checks.filter(({ verdict }) => verdict === 'fail');
    expect(failed.map(({ id }) => id)).toContain(ID);
    for (const { id, message } of failed) expect(`${id} ${message}`, id).toContain('show_date');
    expect(run.results.summary.errors).toBe(0);
  });

  it('shows on stdout what was sent, what is documented and what came', () => {
    const [, block = ''] = run.stdout.split(ID);
    const [heading, ...lines] = block.split('\n');
    expect(heading).toMatch(/^ {3}24\.1 {3}must {3}\S/);
    expect(lines.slice(0, 3)).toEqual([
      expect.stringMatching(/^ {2}Sent {8}getOsdConf/),
      expect.stringMatching(/^ {2}Documented {2}show_date is one of 0 .*1 /),
      '  Received    show_date is 7',
    ]);
    expect(run.stdout).toMatch(new RegExp(`^ +npm run conformance -- .*--check ${ID}$`, 'm'));
    expect(run.stdout).toMatch(/^Exit code 1: /m);
  });

  it('keeps message and exchange in results.json', () => {
    const check = run.results.checks.find(({ id }) => id === ID);
    expect(check).toMatchObject({ section: '24.1', action: 'getOsdConf', parameter: 'show_date', level: 'must', verdict: 'fail', skipReason: null });
    expect(check?.message).toMatch(/^Documented {2}.*\nReceived {4}show_date is 7$/);
    expect(check?.exchange?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/action\/cgi_action\?user=admin&pwd=\*\*\*&action=getOsdConf/);
    expect(check?.exchange?.reply?.text).toContain('"show_date":7');
  });

  it('shows it to CI servers and in Allure', () => {
    expect(junitSuites(run.folder)).toEqual(['1 Generic', '24 OSD']);
    const files = filesBelow(run.folder);
    expect(files.find(({ name }) => name.endsWith('junit.xml'))?.text).toMatch(new RegExp(`<testcase name="${ID}"[^>]*><failure `));
    const result = files.find(({ name, text }) => name.endsWith('-result.json') && text.includes(`"name":"${ID}`))?.text ?? '{}';
    const { status, steps } = JSON.parse(result);
    expect(status).toBe('failed');
    const attached = steps.flatMap(({ attachments }: { attachments: unknown[] }) => attachments);
    expect(attached).toContainEqual(expect.objectContaining({ name: 'Exchange that shows it', type: 'text/plain' }));
  });
});

describe('a camera that is gone in the middle', () => {
  /** In the sections around the tenth. */
  const REQUESTS = 500;
  let run: Run;
  beforeAll(async () => {
    const emulator = await cameraProcess();
    const running = conformance({ allure: true, environment: { CAMERA_URL: emulator.url, CAMERA_TIMEOUT_MS: '1000', CAMERA_AWAY_MS: '9000' } });
    let isOver = false;
    const ended = running.finally(() => {
      isOver = true;
    });
    ended.catch(() => undefined);
    while (!isOver && (await emulator.requests()).length < REQUESTS) await setTimeout(20);
    process.kill(emulator.pid, 'SIGKILL');
    run = await ended;
  }, LIMIT_MS);

  it('ends with 2 or 3 and names the fault', () => {
    expect(run.code).toBeOneOf([2, 3]);
    expect(run.results).toMatchObject({ exitCode: run.code, verdict: 'incomplete' });
    expect(run.results.fault).toMatch(/^The camera stopped answering\..*nothing listens on port \d+/);
    expect(run.stdout).toContain('The camera stopped answering');
    expect(run.stdout + run.stderr).not.toContain('\n    at ');
  });

  it('skips what is left, and blames the camera for nothing', () => {
    const { checks, summary, sections } = run.results;
    expect(sections.toSorted((a, b) => Number(a) - Number(b))).toEqual(ALL_SECTIONS);
    expect(checks.filter(({ verdict }) => ['fail', 'warn', 'error'].includes(verdict)).map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
    expect({ failed: summary.failed, warned: summary.warned, errors: summary.errors }).toEqual({ failed: 0, warned: 0, errors: 0 });
    expect(summary.passed).toBeGreaterThan(20);
    const last = checks.findLastIndex(({ verdict }) => verdict === 'pass');
    const blocked = checks.slice(last + 1).filter(({ skipReason }) => skipReason === 'blocked');
    expect(blocked.length).toBeGreaterThan(1000);
    for (const { message } of blocked) expect(message).toContain('The camera stopped answering');
  });

  it('names what could not be put back, when there is anything', () => {
    const { verdict, differences } = run.results.restore;
    expect(verdict === 'left-modified').toBe(run.code === 3);
    expect(differences.length > 0).toBe(run.code === 3);
    for (const difference of differences) expect(difference).toMatch(/could not be put back: (the camera does not answer$|No camera answers at )/);
  });

  it('writes all reports', () => {
    expect(junitSuites(run.folder)).toEqual(expect.arrayContaining(['1 Generic', '42 Send IO Data', 'Run']));
    expect(filesBelow(run.folder).filter(({ name }) => name.endsWith('-result.json'))).toHaveLength(run.results.checks.length);
  });
});
