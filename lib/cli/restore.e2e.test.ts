/** Whatever happens to a run, the camera ends as it was, or the user is told what differs and how to put it back. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { poll } from '../camera/poll.ts';
import type { Tamper } from '../emulator/tamper.ts';
import { type Camera, camera, conformance, faultyCamera, LIMIT_MS, runCommand, temporaryFolder } from './conformance.fixture.ts';
import { moments, torment } from './torment.ts';

const SEED = 4;
const MOMENTS = moments(3, SEED);

describe('a run with every hazard that is ended in the middle', () => {
  it.each(MOMENTS)(
    'by SIGKILL in section $section leaves a camera that `npm run restore` puts back',
    async (moment) => expect(await torment('kill', moment)).toMatchObject({ came: true, differences: [] }),
    2 * LIMIT_MS,
  );

  it.each(MOMENTS)(
    'by SIGINT in section $section leaves the camera as it was',
    async (moment) => expect(await torment('interrupt', moment)).toMatchObject({ came: true, differences: [] }),
    2 * LIMIT_MS,
  );
});

const journalIn = (folder: string): string => join(folder, 'restore-journal.jsonl');

/** Kills a run of section 24 once it has changed something; returns its reports folder. */
async function killedRun(emulator: Camera): Promise<string> {
  const folder = temporaryFolder();
  let child: ChildProcess | undefined;
  const run = runCommand(
    {
      environment: { CAMERA_URL: emulator.url, CAMERA_SECTIONS: '24' },
      started: (process) => {
        child = process;
      },
    },
    folder,
  );
  const before = JSON.stringify((await emulator.state()).settings);
  await poll(LIMIT_MS, async () => (JSON.stringify((await emulator.state()).settings) === before ? null : true));
  child?.kill('SIGKILL');
  expect((await run).code).toBeNull();
  return folder;
}

it(
  'a run refuses to start while a journal is there; restoring is done once, to the same camera alone',
  async () => {
    const emulator = await camera({ latencyMs: 5 });
    const before = await emulator.state();
    const folder = await killedRun(emulator);
    expect(existsSync(journalIn(folder))).toBe(true);
    const environment = { CAMERA_URL: emulator.url, CAMERA_SECTIONS: '24' };

    const refused = await conformance({ environment, folder });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^An earlier run left .*restore-journal\.jsonl: `npm run restore` puts the camera back from it/);
    expect(refused.results.fault).toContain('npm run restore');

    const journal = readFileSync(journalIn(folder), 'utf8');
    writeFileSync(journalIn(folder), journal.replace(/"deviceId":"[^"]*"/, '"deviceId":"ANOTHER"'));
    const other = await runCommand({ command: 'restore', environment }, folder);
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(/is not the one of the journal \(ANOTHER, /);
    expect(await emulator.state()).not.toEqual(before);

    writeFileSync(journalIn(folder), `${journal}{"kind":"origin`);
    const restored = await runCommand({ command: 'restore' }, folder);
    expect({ code: restored.code, stderr: restored.stderr }).toEqual({ code: 0, stderr: '' });
    expect(restored.stdout).toMatch(/24\.2 setOsdConf: \w+ was .* and is now [\s\S]*Everything is back as it was\.\n$/);
    expect(await emulator.state()).toEqual(before);

    const again = await runCommand({ command: 'restore', environment }, folder);
    expect({ code: again.code, stdout: again.stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Nothing to put back: there is no /),
    });
  },
  3 * LIMIT_MS,
);

it(
  '--discard-journal starts without it',
  async () => {
    const emulator = await camera();
    const folder = temporaryFolder();
    writeFileSync(journalIn(folder), 'not a journal\nat all\n');
    const environment = { CAMERA_URL: emulator.url, CAMERA_SECTIONS: '8' };
    const unreadable = await runCommand({ command: 'restore', environment }, folder);
    expect(unreadable).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Could not read .* is no entry of a restore journal\.\n$/) });
    expect((await conformance({ environment, folder })).code).toBe(2);
    const run = await conformance({ environment, folder, flags: ['--discard-journal'] });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
    expect(existsSync(journalIn(folder))).toBe(false);
  },
  LIMIT_MS,
);

it(
  'a run whose npm is ended puts the camera back, and does not go on as an orphan',
  async () => {
    const emulator = await camera();
    const before = await emulator.state();
    const folder = temporaryFolder();
    const npm = spawn('npm', ['run', '--silent', 'conformance', '--', '--url', emulator.url, '--sections', '24', '--without-allure'], {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { PATH: process.env.PATH, HOME: process.env.HOME, REPORTS_DIR: folder, CAMERA_SETTLING_MS: '400' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [npm.stdout, npm.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
    // The streams are the orphan's, too: they end with it.
    const ended = once(npm, 'close');
    await poll(LIMIT_MS, async () => (JSON.stringify((await emulator.state()).settings) === JSON.stringify(before.settings) ? null : true));
    npm.kill('SIGTERM');
    await ended;
    expect(said).toContain('Ending: the check that runs is finished and the camera put back.');
    expect(await emulator.state()).toEqual(before);
    expect(existsSync(journalIn(folder))).toBe(false);
  },
  LIMIT_MS,
);

it(
  'a parameter that the camera does not take back is named with both values, until it is back',
  async () => {
    let isStubborn = true;
    const stored: NonNullable<Tamper['stored']> = (action, { font_size, ...changes }, before) =>
      font_size === undefined || (isStubborn && action === 'setOsdConf' && font_size === 1 && before.font_size !== 1)
        ? changes
        : { ...changes, font_size };
    const { url } = await faultyCamera({ tamper: { stored } });
    const environment = { CAMERA_URL: url, CAMERA_SECTIONS: '24' };
    const run = await conformance({ environment });
    expect(run.code).toBe(3);
    expect(run.results.restore).toMatchObject({ verdict: 'left-modified', differences: [expect.stringMatching(/font_size was 1 and is now [02]$/)] });
    expect(run.stderr).toContain('npm run restore');

    const stuck = await runCommand({ command: 'restore', environment }, run.folder);
    expect(stuck.code).toBe(3);
    expect(stuck.stderr).toMatch(/^24\.2 setOsdConf: font_size was 1 and is now [02]\n/);
    isStubborn = false;
    expect((await runCommand({ command: 'restore', environment }, run.folder)).code).toBe(0);
    expect(existsSync(journalIn(run.folder))).toBe(false);
  },
  3 * LIMIT_MS,
);

it(
  'of two runs at once the second says who works on the camera',
  async () => {
    const emulator = await camera({ latencyMs: 20 });
    const environment = { CAMERA_URL: emulator.url, CAMERA_SECTIONS: '24' };
    let first: ChildProcess | undefined;
    const running = conformance({
      environment,
      started: (child) => {
        first = child;
      },
    });
    await poll(LIMIT_MS, async () => ((await emulator.requests()).length > 1 ? true : null));
    const second = await conformance({ environment });
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(new RegExp(`^Another run, process ${first?.pid} since .*, works on the camera at ${emulator.url}/; wait`));
    first?.kill('SIGINT');
    expect((await running).code).toBe(2);
    // The lease went with its process.
    expect((await conformance({ environment: { ...environment, CAMERA_SECTIONS: '8' } })).code).toBe(0);
  },
  2 * LIMIT_MS,
);

it(
  '--plan names the writes and what is not allowed, each with its reason, and sends nothing but gets to the camera',
  async () => {
    const emulator = await camera();
    const { code, stdout } = await runCommand({ environment: { CAMERA_URL: emulator.url, CAMERA_SECTIONS: '4,7,24' }, flags: ['--plan'] });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^24 {2}OSD\n +setOsdConf +\d+ writes, \d+ of them illegal on purpose$/m);
    const [sent, leftOut = ''] = stdout.split('Hazards that are not allowed');
    expect(leftOut).toMatch(/^ {2}password: .*\n {6}setPasswd {2}\d+ checks$/m);
    expect(leftOut).toMatch(/^ {2}reboot: .*\n {6}restart {2}\d+ checks$/m);
    expect(sent).not.toMatch(/setPasswd|restart {2}/);
    const requests = await emulator.requests();
    expect(requests.filter(({ action }) => !/^get/i.test(action))).toEqual([]);
    expect(stdout).toContain(`${requests.length} gets were read from the camera, and nothing else was sent to it.`);
  },
  LIMIT_MS,
);

it(
  'the results count what the run cost the camera',
  async () => {
    const emulator = await camera();
    const environment = { CAMERA_URL: emulator.url, CAMERA_SECTIONS: '7,8', CAMERA_ALLOW: 'reboot', CAMERA_WRITE_INTERVAL_MS: '1' };
    const { results } = await conformance({ environment });
    const requests = await emulator.requests();
    const done = (isMeant: (action: string) => boolean): number => requests.filter(({ action, result }) => isMeant(action) && result === 0).length;
    expect(results.wear).toMatchObject({ writes: done((action) => action.startsWith('set')), reboots: done((action) => action === 'restart') });
    expect(results.wear.logIns).toBeGreaterThan(50);
  },
  LIMIT_MS,
);
