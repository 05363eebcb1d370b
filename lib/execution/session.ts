/** One run against one camera, shared by all suites: the client, what was remembered to be put back, the verdicts so far. */

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Camera } from '../camera/camera.ts';
import { OfferedParameters } from '../camera/offered-parameters.ts';
import { noteTiming, type Timings } from '../camera/timings.ts';
import { DIALECTS } from '../cgi/dialects.ts';
import { Bench } from '../checks/bench.ts';
import type { CheckIdentity } from '../checks/check.ts';
import { formatForeignChange, Ledger, type Unexplained } from '../checks/isolation/ledger.ts';
import { allFindings } from '../checks/values/row-judgement.ts';
import { TEST_TEXTS } from '../checks/values/test-texts.ts';
import { SECTIONS } from '../document/index.ts';
import { HAZARDS, type Section } from '../document/notation.ts';
import { SECRET_NAMES } from '../document/secret-names.ts';
import { noteExchange, noteViewing, offTheRecord } from '../evidence/tape.ts';
import { CameraClient } from '../http/client.ts';
import { identityOf } from '../restore/identity.ts';
import { Journal } from '../restore/journal.ts';
import { JOURNAL_VERSION } from '../restore/journal-entry.ts';
import { Keeper } from '../restore/keeper.ts';
import type { CheckResult, Waiver } from '../results/results.ts';
import type { Addresses } from './addresses.ts';
import type { Configuration } from './configuration.ts';
import { Causes } from './one-cause.ts';
import { VitalSigns } from './vital-signs.ts';

export interface Session {
  readonly settings: Configuration;
  readonly camera: Camera;
  readonly bench: Bench;
  readonly keeper: Keeper;
  /** those that have not expired */
  readonly waivers: readonly Waiver[];
  /** what its gets first showed */
  readonly parameters: OfferedParameters;
  readonly timings: Timings;
  readonly ledger: Ledger;
  readonly vitals: VitalSigns;
  /** what one fault did to several actions */
  readonly causes: Causes;
  /** verdicts of the checks that ran, by id */
  readonly verdicts: Map<string, CheckResult['verdict']>;
  /** the checks of this suite that ran, in their order */
  ran: readonly RanCheck[];
  /** what happened beside the checks: something else changed settings, the camera was away; a sentence each */
  readonly notices: Set<string>;
  /** what is known of another hand at the camera */
  readonly foreign: ForeignHand;
  /** errata that the camera met */
  readonly errata: Set<string>;
  /** what `getSysConfig` says of the firmware; null until `introduce` has asked */
  version: string | null;
  introduced: boolean;
  /** resolves when the check that was begun last has ended */
  running: Promise<unknown>;
  /** why the run cannot go on, once it cannot */
  fault: string | null;
}

export interface ForeignHand {
  /** it has changed something in this run */
  isKnown: boolean;
  /** it was told of in this suite */
  isToldOf: boolean;
  /** with so many readings it was looked for in this suite */
  watched: number;
  /** what it made of parameters that sets of this suite had named */
  changes: Unexplained[];
  /** of how many checks it was tried whether what passed when it was repeated goes wrong again */
  tried: number;
  /** between the readings with which it is looked for */
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** A check that ran, and how to run it again. */
export interface RanCheck {
  readonly identity: CheckIdentity;
  readonly run: () => Promise<void>;
  readonly verdict: CheckResult['verdict'];
  readonly skipReason: CheckResult['skipReason'];
}

/** Who wrote a journal. */
const SUITE = 'camera-conformance';
const RUN = randomUUID();

export interface SessionOptions {
  /** the camera to test when the settings name none: all hazards are allowed on it */
  readonly embedded: Addresses | null;
  /** whether what is about to change is written to a restore journal; a camera that is thrown away afterwards needs none */
  readonly journaled?: boolean;
  /** those that have not expired; none by default */
  readonly waivers?: readonly Waiver[];
  /** the sections that a set is seen to leave alone; all by default */
  readonly sections?: readonly Section[];
  /** how the client waits before it tries again; by the clock by default */
  readonly sleep?: (ms: number) => Promise<void>;
  /** how long a setting may take until it shows, in ms; as the settings say by default */
  readonly settlingMs?: number;
}

/** Its client keeps a few idle connections, which do not keep the process alive. */
export function openSession(
  settings: Configuration,
  { embedded, journaled = true, waivers = [], sections = SECTIONS, sleep, settlingMs }: SessionOptions,
): Session {
  const baseUrl = settings.url ?? new URL(embedded?.url ?? 'http://127.0.0.1');
  const rtspUrl = settings.rtspUrl ?? (embedded === null ? null : new URL(embedded.rtspUrl));
  const client = new CameraClient({
    dialect: DIALECTS[settings.api],
    baseUrl,
    user: settings.user,
    password: settings.password,
    timeoutMs: settings.timeoutMs,
    concurrency: settings.concurrency,
    secretNames: SECRET_NAMES,
    testValues: TEST_TEXTS,
    writeIntervalMs: settings.writeIntervalMs,
    onExchange: noteExchange,
    ...(sleep === undefined ? {} : { sleep }),
  });
  const allowed = embedded === null ? settings.allow : new Set(HAZARDS);
  const camera = new Camera({
    client,
    allowed,
    user: settings.user,
    password: settings.password,
    rtspUrl,
    baseUrl,
    settlingMs: settlingMs ?? settings.settlingMs,
    holdingMs: settings.holdingMs,
    ...(sleep === undefined ? {} : { sleep }),
  });
  const journal = new Journal(settings.reportsDir, () => ({
    kind: 'journal',
    schemaVersion: JOURNAL_VERSION,
    suite: SUITE,
    run: RUN,
    startedAt: new Date().toISOString(),
    camera: { url: baseUrl.href, ...identityOf(camera), embedded: embedded !== null, api: settings.api },
  }));
  return sessionWith(settings, camera, { journal: journaled ? journal : null, waivers, sections, sleep });
}

export interface SessionParts extends Pick<SessionOptions, 'waivers' | 'sections'> {
  /** null: nothing is journaled */
  readonly journal: Journal | null;
  /** how readings are spaced with which another hand is looked for */
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
}

/** A session with a camera that was found already. */
export function sessionWith(settings: Configuration, camera: Camera, { journal, waivers = [], sections = SECTIONS, sleep }: SessionParts): Session {
  const parameters = new OfferedParameters();
  const timings: Timings = new Map();
  camera.onCall({
    after: (action, json, outcome) => {
      parameters.note(action, json, outcome);
      noteTiming(timings, action, outcome);
    },
  });
  const notices = new Set<string>();
  const foreign: ForeignHand = { isKnown: false, isToldOf: false, watched: 0, changes: [], tried: 0, sleep: sleep ?? pause };
  const keeper = new Keeper(camera, SECTIONS, {
    journal,
    survey: sections,
    aside: offTheRecord,
    isLegal: (row, value) => allFindings(row, value, settings.profile).length === 0,
    onForeign: (sentence) => notices.add(sentence),
    onUnproven: (sentence) => notices.add(sentence),
  });
  camera.logIns.onLocked((sentence) => notices.add(sentence));
  const bench = new Bench(camera, settings.profile, sections, keeper);
  bench.isCgi = settings.api === 'cgi';
  bench.streams.onViewing(noteViewing);
  return {
    settings,
    camera,
    bench,
    keeper,
    waivers,
    parameters,
    timings,
    ledger: new Ledger(camera, SECTIONS, (change) => {
      foreign.isKnown = true;
      foreign.isToldOf = true;
      notices.add(formatForeignChange(change));
      if (change.isFromSure) keeper.suspect(change.get, change.select, change.row, change.change);
    }),
    vitals: new VitalSigns(camera),
    causes: new Causes(),
    verdicts: new Map(),
    ran: [],
    notices,
    foreign,
    errata: new Set(),
    version: null,
    introduced: false,
    running: Promise.resolve(),
    fault: null,
  };
}
