/** Ends a run in the middle, every hazard allowed, and tells how the camera differs from what it was. For tests and `npm run torture`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Api } from '../cgi/dialects.ts';
import { SECTIONS } from '../document/index.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { seededRandom } from '../emulator/random.ts';
import { closeSuite } from '../execution/close-suite.ts';
import { withEmulatedSession } from '../execution/emulated-session.ts';
import { runChecks } from '../execution/executor.ts';
import { loadSuites } from '../execution/load-suites.ts';
import { setUpAsOwned } from '../qualify/owned-camera.ts';
import { journalPath } from '../restore/journal.ts';
import { LOADER } from '../start/loader.ts';
import { md5Hex } from '../wire/md5.ts';
import { startProxy } from './proxy.fixture.ts';

/** `flaky`: as `kill`, while one connection in twenty is dropped and one reply in twenty is "busy". */
export const WAYS = ['kill', 'interrupt', 'flaky'] as const;
export type Way = (typeof WAYS)[number];

export interface Moment {
  /** null: a run of all of them */
  readonly section: number | null;
  /** how far into its requests, 0 to 1 */
  readonly fraction: number;
  readonly phase: 'before' | 'answered';
  readonly seed: number;
}

export interface Ending {
  readonly where: string;
  /** whether the moment came: a run that was over before it proves nothing */
  readonly came: boolean;
  /** of `npm run restore`, or of the run that was interrupted */
  readonly code: number | null;
  /** of the camera from what it was, and what was said beside; empty when all is well */
  readonly differences: readonly string[];
  readonly said: string;
}

/** Moments in every section in turn, those with the fewest moments first, so that 42 or more touch all. */
export function moments(count: number, seed: number): readonly Moment[] {
  const next = seededRandom(seed);
  const numbers = SECTIONS.map(({ number }) => number);
  const order = Array.from({ length: Math.ceil(count / numbers.length) }, () =>
    numbers.map((number) => ({ number, rank: next() })).toSorted((a, b) => a.rank - b.rank),
  );
  return order
    .flat()
    .slice(0, count)
    .map(({ number }) => ({
      section: number,
      fraction: next(),
      phase: next() < 0.5 ? ('before' as const) : ('answered' as const),
      seed: Math.floor(next() * 2 ** 32),
    }));
}

/** Moments spread evenly over a run of all sections. */
export function wholeMoments(count: number, seed: number): readonly Moment[] {
  const next = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => ({
    section: null,
    fraction: (index + next()) / count,
    phase: next() < 0.5 ? 'before' : 'answered',
    seed: Math.floor(next() * 2 ** 32),
  }));
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PASSWORD = 'Kamera-17';
/** A command that hangs is ended: one of a single section, and one of all of them on a busy computer. */
const LIMIT_MS = { section: 120_000, whole: 1_200_000 };

/** Requests of a whole run of each section, once it was measured. */
const lengths = new Map<number | null, number>();

/** @param api by which the run asks; `npm run restore` has to know it from the journal */
export async function torment(way: Way, moment: Moment, api: Api = 'cgi'): Promise<Ending> {
  const length = await lengthOf(moment.section);
  const last = Math.max(1, Math.floor(moment.fraction * length));
  const where = `${moment.section === null ? 'all sections' : `section ${moment.section}`}, request ${last} of ${length}, ${moment.phase}`;
  return withCamera(async (emulator, folder) => {
    const before = comparable(structuredClone(emulator.state()));
    const next = seededRandom(moment.seed);
    let came = false;
    let hit = (): void => undefined;
    const proxy = await startProxy(emulator.url, {
      onRequest: (count, phase) => count === last && phase === moment.phase && hit(),
      fate: () => (way !== 'flaky' ? 'forward' : fateOf(next())),
    });
    try {
      const signal = way === 'interrupt' ? 'SIGINT' : 'SIGKILL';
      const run = await start(
        'run',
        folder,
        { CAMERA_URL: proxy.url, CAMERA_SECTIONS: String(moment.section ?? ''), CAMERA_ALLOW: 'all', CAMERA_API: api },
        (end) => {
          hit = () => {
            came = true;
            end(signal);
          };
        },
      );
      const ended = way === 'interrupt' ? run : await start('restore', folder, { CAMERA_URL: proxy.url });
      const differences = differencesOf(before, comparable(emulator.state()));
      if (existsSync(journalPath(folder))) differences.push('the journal is still there');
      if (way !== 'interrupt' && ended.code !== 0) differences.push(`npm run restore ended with ${ended.code}`);
      if (way === 'interrupt' && ended.code !== 2 && ended.code !== 0) differences.push(`the run ended with ${ended.code}`);
      return { where, came, code: ended.code, differences, said: ended.said };
    } finally {
      proxy.close();
    }
  });
}

const fateOf = (chance: number): 'forward' | 'drop' | 'busy' => (chance < 0.05 ? 'drop' : chance < 0.1 ? 'busy' : 'forward');

async function withCamera<T>(use: (emulator: Emulator, folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'torment-'));
  const emulator = await startEmulator({ model: 'full', web: 'beside' });
  try {
    await settle(emulator.url);
    return await use(emulator, folder);
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Gives the camera settings and a password of its own: a reset has to be undone, too. */
async function settle(url: string): Promise<void> {
  const ask = async (action: string, json: unknown): Promise<void> => {
    const query = new URLSearchParams({ user: 'admin', pwd: md5Hex('123456'), action, json: JSON.stringify(json) });
    const reply = (await (await fetch(`${url}/action/cgi_action?${query}`)).json()) as { code: number };
    if (reply.code !== 0) throw new Error(`Could not prepare the camera: ${action} is answered with code ${reply.code}.`);
  };
  await setUpAsOwned(ask);
  await ask('setPasswd', { oldPassword: md5Hex('123456'), newPassword: PASSWORD });
}

/** How many requests a run of the section, or of all of them, sends: the checks alone, in this process. */
async function lengthOf(section: number | null): Promise<number> {
  const known = lengths.get(section);
  if (known !== undefined) return known;
  const suites = (await loadSuites()).filter((suite) => section === null || suite.section.number === section);
  const length = await withEmulatedSession(
    { emulator: { model: 'full', requestLog: true }, environment: { CAMERA_ALLOW: 'all' } },
    async (session, emulator) => {
      for (const suite of suites) {
        await runChecks(suite, session);
        await closeSuite(session, suite.checks.length);
      }
      return emulator.requests().length;
    },
  );
  lengths.set(section, length);
  return length;
}

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** Runs a command in a process group of its own; `ready` gets the way to end all of it. */
async function start(
  command: 'run' | 'restore',
  folder: string,
  environment: Readonly<Record<string, string>>,
  ready?: (end: (signal: NodeJS.Signals) => void) => void,
): Promise<Ended> {
  const flags = command === 'run' ? ['--without-allure'] : [];
  const child = spawn(process.execPath, [...LOADER, join(ROOT, 'lib/cli', `${command}.ts`), ...flags], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      REPORTS_DIR: folder,
      CAMERA_PASSWORD: PASSWORD,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const end = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal);
  };
  const heard: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => heard.push(text));
  const limit = setTimeout(() => end('SIGKILL'), environment.CAMERA_SECTIONS === '' ? LIMIT_MS.whole : LIMIT_MS.section);
  ready?.(end);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(limit);
  return { code, said: heard.join('') };
}

/**
 * The state without what cannot be put back: the preset that the document has no way to remove, recordings that were formatted
 * away, and a door that closes by itself. The drift of a clock that is set in whole seconds may be one second off.
 */
function comparable(state: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { presets: _, doorOpen: __, clock, settings, ...rest } = state;
  const { getStorageInfo: ___, ...kept } = settings as Record<string, Record<string, unknown>>;
  const { deviceTime: ____, ...time } = kept.getDeviceTime ?? {};
  const { drift } = clock as { drift: number };
  return { ...rest, ...kept, getDeviceTime: time, clock: Math.abs(drift) <= 1 ? 'goes right' : `off by ${drift} s` };
}

function differencesOf(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  return Object.keys({ ...before, ...after })
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => `${name} was ${JSON.stringify(before[name])} and is ${JSON.stringify(after[name])}`);
}
