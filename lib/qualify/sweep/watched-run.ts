/** A run against an embedded camera that may be unruly, or whose requests are disturbed: what differs afterwards, and what of it the run named. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { SECTIONS } from '../../document/index.ts';
import type { Section } from '../../document/notation.ts';
import { isMembers } from '../../document/row-value.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts';
import { createTestClient } from '../../emulator/test-client.ts';
import { closeSuite } from '../../execution/close-suite.ts';
import { type Configuration, type Environment, readConfiguration } from '../../execution/configuration.ts';
import { runChecks } from '../../execution/executor.ts';
import { closingLook } from '../../execution/from-journal.ts';
import { loadSuites } from '../../execution/load-suites.ts';
import { openSession } from '../../execution/session.ts';
import type { Suite } from '../../execution/suite.ts';
import { setUpAsOwned } from '../owned-camera.ts';
import { type Disturbance, startDisturbingProxy } from './disturbing-proxy.ts';

/** How many seconds of pauses and of the camera's own time pass in one. */
const PACE = 50;
export const BUSY_MS = 2000 / PACE;
/** Long enough for an answer on a busy computer; a request that is never answered costs as much. */
const TIMEOUT_MS = '1000';
const UNDISTURBED: Disturbance = { way: 'html', request: 0, busyMs: 0 };

export interface WatchedOptions {
  readonly sections: readonly number[];
  /** how long the camera takes to show what was set, in ms of its own time */
  readonly settlingMs?: number;
  readonly disturbance?: Disturbance;
  /** the camera */
  readonly emulator?: EmulatorOptions;
  /** how long it is left alone before it is looked at, in ms */
  readonly restMs?: number;
  /** whether the run looks at its end what stays, which takes ten seconds */
  readonly looksLate?: boolean;
}

export interface Watched {
  readonly requests: number;
  /** the query of the request that was spoiled */
  readonly spoiled: string | null;
  /** of the camera from what it was, that nobody named */
  readonly silent: readonly string[];
  /** what the run named */
  readonly named: readonly string[];
}

export async function runWatched({
  sections,
  settlingMs = 0,
  disturbance = UNDISTURBED,
  emulator: options = {},
  restMs = (2 * settlingMs) / PACE,
  looksLate = false,
}: WatchedOptions): Promise<Watched> {
  const suites = (await loadSuites()).filter(({ section }) => sections.includes(section.number));
  const emulator = await startEmulator({ ...options, ...(settlingMs === 0 ? {} : { settling: { get: settlingMs / PACE } }) });
  const own = createTestClient(emulator);
  await setUpAsOwned(own.ask);
  await pause(restMs);
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
      ...(looksLate ? { CAMERA_SECTIONS: sections.join(',') } : {}),
    });
    const named = await runAndLook(settings, suites, looksLate ? SECTIONS : neighbourhood(suites.map(({ section }) => section)));
    await pause(restMs);
    const left = differencesOf(before, comparable(emulator));
    const silent = left.filter((each) => !named.some((sentence) => names(sentence, each))).map(({ text }) => text);
    return { requests: proxy.requests(), spoiled: proxy.spoiled(), silent, named };
  } finally {
    proxy.close();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Left {
  /** the get that shows it, or what else it is */
  readonly place: string;
  readonly name: string;
  readonly text: string;
}

/** Of a get that is not answered any more nothing else can be told. */
function names(sentence: string, { place, name }: Left): boolean {
  const get = place.replace(/\[\d+\]$/, '');
  return (
    sentence.includes(name) ||
    sentence.includes(`${get}: its reply`) ||
    (sentence.startsWith(`${get} `) && sentence.includes('could not be put back'))
  );
}

/** As a run goes whose suites run in one process and whose last look is another's; what is told not to be as it was. */
async function runAndLook(settings: Configuration, suites: readonly Suite[], sections: readonly Section[]): Promise<readonly string[]> {
  const session = openSession(settings, { embedded: null, sections, sleep: inPace });
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
function differencesOf(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): readonly Left[] {
  return Object.keys({ ...before, ...after }).flatMap((place) => {
    const [was, is] = [before[place], after[place]];
    if (isDeepStrictEqual(was, is)) return [];
    if (!isMembers(was) || !isMembers(is)) return [{ place, name: place, text: `${place} was ${JSON.stringify(was)} and is ${JSON.stringify(is)}` }];
    return Object.keys({ ...was, ...is })
      .filter((name) => !isDeepStrictEqual(was[name], is[name]))
      .map((name) => ({ place, name, text: `${place}.${name} was ${JSON.stringify(was[name])} and is ${JSON.stringify(is[name])}` }));
  });
}
