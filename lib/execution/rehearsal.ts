/**
 * What a run would send to a camera, found out without sending it: an embedded camera is made to show what this one shows, and the run is
 * made against that, through the same gate. Of the camera itself everything is read that its gets show, and nothing else.
 */
import { Camera, instancesOf } from '../camera/camera.ts';
import { describe } from '../camera/outcome.ts';
import { DIALECTS } from '../cgi/dialects.ts';
import { SECTIONS } from '../document/index.ts';
import type { Settings } from '../document/notation.ts';
import { isMembers, type Members, spellingIn } from '../document/row-value.ts';
import { SECRET_NAMES } from '../document/secret-names.ts';
import { type EmulatorOptions, startEmulator } from '../emulator/emulator.ts';
import type { Objection } from '../gate/objection.ts';
import { CameraClient, errorSentence, NoReply } from '../http/client.ts';
import { withPlainNumbers } from '../wire/exact-json.ts';
import { webOf } from './addresses.ts';
import { closeSuite } from './close-suite.ts';
import type { Configuration } from './configuration.ts';
import { runChecks } from './executor.ts';
import type { Judged } from './judged.ts';
import { loadSuites } from './load-suites.ts';
import { runOrderOf } from './run-order.ts';
import { selectChecks } from './select-checks.ts';
import { openSession } from './session.ts';

/** What the gets of a camera show, by action and instance; null where it does not offer one. */
export type Shown = ReadonlyMap<Settings, readonly (Members | null)[]>;

/** One part for each get. */
const parts: readonly Settings[] = [
  ...new Map(SECTIONS.flatMap((section) => section.parts).flatMap((part) => (part.kind === 'settings' ? [[part.get, part]] : []))).values(),
];

/** Reads every get once; one sentence where that cannot be done. */
export async function readShown(settings: Configuration, url: URL): Promise<Shown | string> {
  const { api, user, password, timeoutMs } = settings;
  const client = new CameraClient({ dialect: DIALECTS[api], baseUrl: url, user, password, timeoutMs, concurrency: 1, secretNames: SECRET_NAMES });
  const camera = new Camera({ client, allowed: new Set(), user, password, rtspUrl: null, baseUrl: url });
  const shown = new Map<Settings, readonly (Members | null)[]>();
  try {
    for (const part of parts) {
      const replies: (Members | null)[] = [];
      for (const instance of instancesOf(part)) {
        const outcome = await camera.get(part, instance);
        if (outcome.kind === 'error-user') return `The camera at ${url.href} refuses the user "${user}" with this password: ${describe(outcome)}.`;
        replies.push(outcome.kind === 'done' ? outcome.reply : null);
      }
      shown.set(part, replies);
    }
    return shown;
  } catch (error) {
    if (error instanceof NoReply) return errorSentence(error, url);
    throw error;
  } finally {
    await client.close();
  }
}

/** Settings that are those of the embedded camera itself: where it answers. */
const OWN: ReadonlySet<string> = new Set(['webPort', 'rtsp_port']);

/** An embedded camera that shows what another one does, and whose clock goes on from there. */
export function showing(shown: Shown): EmulatorOptions {
  const starts: Record<string, readonly Members[]> = {};
  const missing = new Set<string>();
  const names = new Map<string, ReadonlySet<string>>();
  for (const [part, [first, ...others]] of shown) {
    if (first === null || first === undefined) for (const action of [part.get, ...(part.set === undefined ? [] : [part.set])]) missing.add(action);
    else {
      starts[part.get] = [first, ...others].map((reply) => known(part, reply ?? {}));
      names.set(part.get, new Set(Object.keys(first)));
    }
  }
  return {
    starts,
    tamper: {
      refuses: (action) => (missing.has(action) ? 'text' : null),
      reply: (action, _, reply) => {
        const own = names.get(action);
        return own === undefined ? reply : Object.fromEntries(Object.entries(reply).filter(([name]) => own.has(name) || name === 'code'));
      },
    },
  };
}

/** Under the names of the document's tables, and without what changes by itself, but for the clock. */
function known(part: Settings, reply: Members): Members {
  const rows = SECTIONS.flatMap((section) => section.parts).flatMap((each) => (each.kind === 'settings' && each.get === part.get ? each.rows : []));
  return Object.fromEntries(
    rows.flatMap((row): [string, unknown][] => {
      const spelling = spellingIn(row, reply);
      const isLeft = spelling === undefined || (row.volatile !== undefined && row.volatile !== 'clock') || OWN.has(row.name);
      return isLeft ? [] : [[row.name, reply[spelling]]];
    }),
  );
}

/** A request of the rehearsal that may change something. */
export interface Rehearsed {
  readonly action: string;
  /** what of it needs to be allowed, and is */
  readonly objections: readonly Objection[];
  /** whether a good camera carries it out; the others are illegal on purpose */
  isCarriedOut: boolean;
}

export interface Rehearsal {
  readonly requests: readonly Rehearsed[];
  readonly judged: readonly Judged[];
}

/** Makes the run. `emulator`: the camera that stands in. */
export async function rehearse(settings: Configuration, emulator: EmulatorOptions): Promise<Rehearsal> {
  const { user, password } = settings;
  const stand = await startEmulator({ ...emulator, ...webOf(settings), user, password });
  const session = openSession(
    { ...settings, url: new URL(stand.url), rtspUrl: new URL(stand.rtspUrl), writeIntervalMs: 0 },
    { embedded: null, journaled: false, sleep: async () => {}, settlingMs: 300 },
  );
  const { camera } = session;
  const requests: Rehearsed[] = [];
  const open: Rehearsed[] = [];
  camera.onCall({
    before: (action, json) => {
      if (!/^get/i.test(action)) {
        const objections = camera.gate.objections(action, isMembers(json) ? (withPlainNumbers(json) as Members) : json);
        open.push({ action, objections, isCarriedOut: false });
      }
      return undefined;
    },
    after: (action, _, outcome) => {
      const index = open.findLastIndex((each) => each.action === action);
      const [request] = index < 0 ? [] : open.splice(index, 1);
      if (request === undefined) return;
      request.isCarriedOut = outcome.kind === 'done' || outcome.kind === 'other';
      requests.push(request);
    },
  });
  try {
    const judged: Judged[] = [];
    const suites = await loadSuites(settings.sections === 'all' ? null : settings.sections);
    for (const suite of suites.toSorted((one, other) => runOrderOf(one.section) - runOrderOf(other.section))) {
      judged.push(...(await runChecks({ checks: selectChecks(suite.checks, settings.check) }, session)));
      await closeSuite(session);
    }
    await session.keeper.lookOnceMore();
    return { requests, judged };
  } finally {
    await camera.client.close();
    await stand.close();
  }
}
