/**
 * Each request of a run is spoiled once, in each way in which a camera may be out of order for a moment. Afterwards the camera is as it
 * was, or the run names what is not: it is never left changed in silence.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { SECTIONS } from '../../document/index.ts';
import type { Section } from '../../document/notation.ts';
import { isMembers } from '../../document/row-value.ts';
import { type Emulator, startEmulator } from '../../emulator/emulator.ts';
import { createTestClient } from '../../emulator/test-client.ts';
import { closeSuite } from '../../execution/close-suite.ts';
import { type Configuration, type Environment, readConfiguration } from '../../execution/configuration.ts';
import { runChecks } from '../../execution/executor.ts';
import { closingLook } from '../../execution/from-journal.ts';
import { loadSuites } from '../../execution/load-suites.ts';
import { openSession } from '../../execution/session.ts';
import type { Suite } from '../../execution/suite.ts';
import { type Disturbance, startDisturbingProxy, type Way } from './disturbing-proxy.ts';

/** How many seconds of pauses and of the camera's own time pass in one. */
const PACE = 50;
const BUSY_MS = 2000 / PACE;
/** Long enough for an answer on a busy computer; a request that is never answered costs as much. */
const TIMEOUT_MS = '1000';

export interface SweepOptions {
  readonly section: number;
  /** how long the camera takes to show what was set, in ms of its own time */
  readonly settlingMs?: number;
}

export interface Spoiled {
  readonly section: number;
  readonly way: Way;
  readonly request: number;
  /** the action that was spoiled */
  readonly action: string;
  /** of the camera from what it was, that nobody named */
  readonly silent: readonly string[];
  /** what the run named */
  readonly named: readonly string[];
}

/** What the reset of a camera puts back to its start is not as it was at the start. */
const OWN_SETTINGS: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['setTime', { ntp_enable: 0, timeZone: 15 }],
  ['setSysConfig', { dev_name: 'Hof 3' }],
  ['setOsdConf', { font_size: 2, show_week: 1 }],
  ['setPlatformServer', { ftpPort: 2121 }],
  ['setRebootConf', { mode: 2, hour: 4, day: 3 }],
];

/** By section and time of settling. */
const lengths = new Map<string, number>();

/** How many requests an undisturbed run of a section sends. */
export async function requestsOf(options: SweepOptions): Promise<number> {
  const known = lengths.get(JSON.stringify(options));
  if (known !== undefined) return known;
  const { requests, result } = await runSpoiled(options, { way: 'html', request: 0, busyMs: 0 });
  if (result.silent.length > 0) throw new Error(`Could not sweep section ${options.section}: ${result.silent.join('; ')}`);
  lengths.set(JSON.stringify(options), requests);
  return requests;
}

export const spoil = async (options: SweepOptions, way: Way, request: number): Promise<Spoiled> =>
  (await runSpoiled(options, { way, request, busyMs: BUSY_MS })).result;

async function runSpoiled(
  { section: number, settlingMs = 0 }: SweepOptions,
  disturbance: Disturbance,
): Promise<{ readonly requests: number; readonly result: Spoiled }> {
  const suites = (await loadSuites()).filter(({ section }) => section.number === number);
  const emulator = await startEmulator(settlingMs === 0 ? {} : { settling: { get: settlingMs / PACE } });
  const own = createTestClient(emulator);
  for (const [action, json] of OWN_SETTINGS) await own.ask(action, json);
  if (settlingMs > 0) await inPace(2 * settlingMs);
  const before = comparable(emulator);
  const proxy = await startDisturbingProxy(() => emulator.url, disturbance);
  const folder = mkdtempSync(join(tmpdir(), 'sweep-'));
  try {
    const settings = settingsOf({
      CAMERA_URL: proxy.url,
      CAMERA_RTSP_URL: emulator.rtspUrl,
      CAMERA_ALLOW: 'all',
      CAMERA_TIMEOUT_MS: TIMEOUT_MS,
      CAMERA_SETTLING_MS: String(Math.max(100, (5 * settlingMs) / PACE)),
      REPORTS_DIR: folder,
    });
    const named = await runAndLook(settings, suites);
    await inPace(2 * settlingMs);
    const left = differencesOf(before, comparable(emulator));
    const silent = left.filter(({ name }) => !named.some((sentence) => sentence.includes(name))).map(({ text }) => text);
    const { way, request } = disturbance;
    return { requests: proxy.requests(), result: { section: number, way, request, action: proxy.spoiled() ?? '', silent, named } };
  } finally {
    proxy.close();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As a run goes whose suites run in one process and whose last look is another's; what is told not to be as it was. */
async function runAndLook(settings: Configuration, suites: readonly Suite[]): Promise<readonly string[]> {
  const session = openSession(settings, { embedded: null, sections: neighbourhood(suites.map(({ section }) => section)), sleep: inPace });
  try {
    for (const suite of suites) {
      await runChecks(suite, session);
      await closeSuite(session, suite.checks.length);
    }
  } finally {
    await session.camera.client.close();
  }
  return (await closingLook(settings, inPace))?.differences ?? [];
}

const inPace = (ms: number): Promise<void> => pause(ms / PACE);

function settingsOf(environment: Environment): Configuration {
  const read = readConfiguration(environment);
  if (!read.ok) throw new Error(`Could not read the settings: ${read.problems.join(' ')}`);
  return read.settings;
}

/** Sections in which a change of another one would show. */
const WITNESSES: ReadonlySet<string> = new Set(['system-configuration', 'device-timed-restart', 'osd']);

const getsOf = (section: Section): readonly string[] => section.parts.flatMap((part) => (part.kind === 'settings' ? [part.get] : []));

/** The sections, those that share an action with them, and witnesses; all where a command changes everything. */
function neighbourhood(sections: readonly Section[]): readonly Section[] {
  const isWide = sections.some(({ parts }) =>
    parts.some((part) => part.kind === 'command' && part.hazards.some((hazard) => hazard === 'reset' || hazard === 'reboot')),
  );
  if (isWide) return SECTIONS;
  const own = new Set(sections.flatMap(getsOf));
  return SECTIONS.filter((other) => WITNESSES.has(other.slug) || getsOf(other).some((get) => own.has(get)));
}

/**
 * The state without what cannot be put back: preset points, which the document has no way to remove, recordings that were formatted away,
 * and a door that closes by itself. A clock that is set in whole seconds may be one second off.
 */
function comparable(emulator: Emulator): Readonly<Record<string, unknown>> {
  const { presets: _, doorOpen: __, clock, settings, ...rest } = emulator.state();
  const { getStorageInfo: ___, ...kept } = settings as Record<string, Record<string, unknown>>;
  const { deviceTime: ____, ...time } = kept.getDeviceTime ?? {};
  const { drift } = clock as { drift: number };
  return { ...rest, ...kept, getDeviceTime: time, deviceTime: Math.abs(drift) <= 1 ? 'goes right' : `off by ${drift} s` };
}

/** Each parameter by its name, as a sentence about it has to name it. */
function differencesOf(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly { readonly name: string; readonly text: string }[] {
  return Object.keys({ ...before, ...after }).flatMap((place) => {
    const [was, is] = [before[place], after[place]];
    if (isDeepStrictEqual(was, is)) return [];
    if (!isMembers(was) || !isMembers(is)) return [{ name: place, text: `${place} was ${JSON.stringify(was)} and is ${JSON.stringify(is)}` }];
    return Object.keys({ ...was, ...is })
      .filter((name) => !isDeepStrictEqual(was[name], is[name]))
      .map((name) => ({ name, text: `${place}.${name} was ${JSON.stringify(was[name])} and is ${JSON.stringify(is[name])}` }));
  });
}
