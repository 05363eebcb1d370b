/** Runs and restores that break off in every way but the power cut: the camera is put back, or the journal is there and the next run says so. */
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { poll } from '../camera/poll.ts';
import { isWrite } from '../camera/wear.ts';
import { journalPath } from '../restore/journal.ts';
import { type Camera, camera, conformance, LIMIT_MS, type RunOptions, runCommand, temporaryFolder } from './conformance.fixture.ts';
import { type ProxyOptions, startProxy } from './proxy.fixture.ts';

/** Code that the run has in its process and in its worker before anything else. */
const preload = (code: string): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`,
});

/** Does something in one of the run's threads once the journal is there. */
const onceJournaled = (folder: string, thread: 'main' | 'worker', deed: string): Readonly<Record<string, string>> =>
  preload(`
    import { existsSync } from 'node:fs';
    import { isMainThread } from 'node:worker_threads';
    if (isMainThread === ${thread === 'main'}) {
      const timer = setInterval(() => {
        if (!existsSync(${JSON.stringify(journalPath(folder))})) return;
        clearInterval(timer);
        ${deed};
      }, 1);
      timer.unref();
    }`);

const environmentOf = (url: string): Readonly<Record<string, string>> => ({ CAMERA_URL: url, CAMERA_SECTIONS: '8' });

/** That the camera is as it was after a restore. */
async function expectRestored(emulator: Camera, before: unknown, folder: string): Promise<void> {
  const restored = await runCommand({ command: 'restore', environment: environmentOf(emulator.url) }, folder);
  expect({ code: restored.code, stderr: restored.stderr }).toEqual({ code: 0, stderr: '' });
  expect(await emulator.state()).toEqual(before);
  expect(existsSync(journalPath(folder))).toBe(false);
}

/** Ends a command with a signal when it has sent so many requests. */
async function endedAfter(
  requests: number,
  signal: NodeJS.Signals,
  emulator: Camera,
  folder: string,
  options: RunOptions = {},
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  let child: ChildProcess | undefined;
  const proxyOptions: ProxyOptions = { onRequest: (count, phase) => count === requests && phase === 'answered' && child?.kill(signal) };
  const proxy = await startProxy(emulator.url, proxyOptions);
  try {
    const started = (process: ChildProcess): void => {
      child = process;
    };
    return await runCommand({ ...options, environment: environmentOf(proxy.url), started }, folder);
  } finally {
    proxy.close();
  }
}

it(
  '`npm run restore` can be interrupted and killed in the middle, and run again',
  async () => {
    const emulator = await camera();
    const before = await emulator.state();
    const folder = temporaryFolder();
    await endedAfter(120, 'SIGKILL', emulator, folder);
    expect(await emulator.state()).not.toEqual(before);
    // Requests of a restore: who is there, what differs, what is set; the third differs from the original no more.
    expect((await endedAfter(2, 'SIGKILL', emulator, folder, { command: 'restore' })).code).toBeNull();
    const interrupted = await endedAfter(4, 'SIGINT', emulator, folder, { command: 'restore' });
    expect(interrupted).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Interrupted\. What is not back yet is still in the journal/) });
    await expectRestored(emulator, before, folder);
  },
  3 * LIMIT_MS,
);

it(
  'a second Ctrl-C ends a run at once and leaves the journal',
  async () => {
    const emulator = await camera();
    const folder = temporaryFolder();
    let isHeld = false;
    const onRequest = (count: number): void => {
      if (count > 80) isHeld = true;
    };
    const proxy = await startProxy(emulator.url, { onRequest, fate: () => (isHeld ? 'hold' : 'forward') });
    let child: ChildProcess | undefined;
    let said = '';
    const running = runCommand(
      {
        environment: { ...environmentOf(proxy.url), CAMERA_TIMEOUT_MS: '60000' },
        started: (process) => {
          child = process;
          process.stderr?.on('data', (text) => {
            said += text;
          });
        },
      },
      folder,
    );
    await poll(LIMIT_MS, async () => isHeld || null);
    child?.kill('SIGINT');
    await poll(LIMIT_MS, async () => said.includes('Once more ends at once') || null);
    const at = performance.now();
    child?.kill('SIGINT');
    expect((await running).code).toBe(2);
    expect(performance.now() - at).toBeLessThan(5000);
    proxy.close();
    expect(existsSync(journalPath(folder))).toBe(true);
  },
  LIMIT_MS,
);

it(
  'where the worker ends the camera is put back from the journal all the same, and the run proves nothing',
  async () => {
    const emulator = await camera();
    const before = await emulator.state();
    const folder = temporaryFolder();
    // vitest keeps `process.exit` from ending it.
    const environment = { ...environmentOf(emulator.url), ...onceJournaled(folder, 'worker', 'process.reallyExit(7)') };
    const run = await conformance({ environment, folder });
    expect({ code: run.code, journal: existsSync(journalPath(folder)) }).toEqual({ code: 2, journal: false });
    expect(run.results).toMatchObject({ verdict: 'incomplete', fault: expect.any(String), restore: { verdict: 'restored', differences: [] } });
    expect(run.stdout + run.stderr).not.toContain('\n    at ');
    expect(await emulator.state()).toEqual(before);
  },
  2 * LIMIT_MS,
);

it(
  'a rejection that nobody handles ends the run with 2, one sentence, and the journal',
  async () => {
    const emulator = await camera();
    const folder = temporaryFolder();
    const deed = "Promise.reject(new Error('planted'))";
    const run = await conformance({ environment: { ...environmentOf(emulator.url), ...onceJournaled(folder, 'main', deed) }, folder });
    expect({ code: run.code, stderr: run.stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /^Could not complete the run: planted\nSomething is not back as it was: `npm run restore [^`]+` tries it again\.\n$/,
      ),
    });
    expect(run.results).toMatchObject({ verdict: 'incomplete', exitCode: 2 });
    expect(existsSync(journalPath(folder))).toBe(true);
  },
  LIMIT_MS,
);

it(
  'a rejection in the worker that nobody handles is a fault of the suite, and the camera is put back',
  async () => {
    const emulator = await camera();
    const before = await emulator.state();
    const folder = temporaryFolder();
    const deed = "Promise.reject(new Error('planted'))";
    const run = await conformance({ environment: { ...environmentOf(emulator.url), ...onceJournaled(folder, 'worker', deed) }, folder });
    expect({ code: run.code, fault: run.results.fault, journal: existsSync(journalPath(folder)) }).toEqual({
      code: 2,
      fault: expect.stringContaining('planted'),
      journal: false,
    });
    expect(await emulator.state()).toEqual(before);
  },
  LIMIT_MS,
);

const FULL = `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  const journals = new Set();
  const { openSync, writeSync } = fs;
  fs.openSync = (path, ...rest) => {
    const file = openSync(path, ...rest);
    if (String(path).endsWith('restore-journal.jsonl')) journals.add(file);
    return file;
  };
  fs.writeSync = (file, ...rest) => {
    if (journals.has(file)) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    return writeSync(file, ...rest);
  };
  syncBuiltinESMExports();`;

it(
  'where the journal cannot be written nothing is changed, and one sentence says so',
  async () => {
    const emulator = await camera();
    const run = await conformance({
      environment: { ...environmentOf(emulator.url), CAMERA_SECTIONS: '2,4,8,24', CAMERA_ALLOW: 'all', ...preload(FULL) },
    });
    expect(run.code).toBe(2);
    expect(run.results.fault).toMatch(
      /^Could not write .*restore-journal\.jsonl, and without it nothing is changed: ENOSPC; make room for it, or set REPORTS_DIR/,
    );
    const accepted = (await emulator.requests()).filter(
      ({ action, result }) => (isWrite(action) || action.includes('telnet')) && [0, 'open'].includes(result),
    );
    expect(accepted).toEqual([]);
    expect(existsSync(journalPath(run.folder))).toBe(false);
    expect(run.results.restore).toEqual({ verdict: 'not-needed', differences: [] });
  },
  LIMIT_MS,
);
