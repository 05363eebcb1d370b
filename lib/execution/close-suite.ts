/** The end of a suite: puts back what it changed, and says what it has to say. */

import { isThere } from '../camera/is-there.ts';
import { AccountLocked } from '../camera/log-ins.ts';
import { summariseTimings } from '../camera/timings.ts';
import { formatUnseenChange } from '../checks/isolation/ledger.ts';
import { SECTIONS } from '../document/index.ts';
import { offTheRecord } from '../evidence/tape.ts';
import { NoReply } from '../http/client.ts';
import { formatDifference } from '../restore/difference.ts';
import { JournalError } from '../restore/journal.ts';
import { isAgainstCamera } from './judged.ts';
import { lateLook } from './late-look.ts';
import { lookBack } from './look-back.ts';
import { runOrderOf } from './run-order.ts';
import type { Session } from './session.ts';
import type { SuiteReport } from './suite-report.ts';
import { AnotherCamera } from './vital-signs.ts';
import { adoptForeign, tellWhose } from './whose-change.ts';

/** `checks`: how many the suite has; fewer ran when the run is ended before its end. Absent: whoever calls has let all run. */
export async function closeSuite(session: Session, checks = 0): Promise<SuiteReport> {
  // A run that is interrupted leaves its check alone, which goes on: nothing is put back before it has ended.
  await session.running;
  const { camera, keeper } = session;
  const repeated = await lookBack(session, session.ran.length >= checks);
  const late = isLast(session) && session.ran.length >= checks ? await lateLook(session) : [];
  await offTheRecord(() => adoptForeign(session));
  const first = await putBack(session);
  const isAnyFound = session.fault === null && (await offTheRecord(() => tellWhose(session)));
  const restore = isAnyFound ? await putBack(session) : first;
  noteUnseenChanges(session);
  session.ran = [];
  const about = camera.identity;
  const shown = (text: string): string => camera.client.withoutSecrets(text);
  const text = (name: string) => (typeof about?.[name] === 'string' ? shown(about[name]) : null);
  return {
    camera: {
      url: camera.options.baseUrl.href,
      deviceId: text('deviceID'),
      mac: text('device_mac'),
      version: session.version === null ? null : shown(session.version),
      model: null,
    },
    traffic: { ...camera.client.traffic },
    wear: { ...camera.wear },
    // What became a secret after it was noted.
    parameters: session.parameters.take().map((each) => ({ ...each, name: shown(each.name), value: each.value === null ? null : shown(each.value) })),
    timings: summariseTimings(session.timings),
    restore: { verdict: restore.length > 0 ? 'left-modified' : keeper.isNeeded ? 'restored' : 'not-needed', differences: restore.map(shown) },
    fault: faultOf(session, shown),
    errata: [...session.errata],
    notices: [...session.notices].map(shown),
    repeated: [...repeated, ...late, ...session.causes.grown()],
  };
}

/** Whether no suite comes behind this one; of checks that were chosen one by one each suite is the last one of its kind. */
function isLast({ settings: { sections, check }, ran }: Session): boolean {
  const own = Number(ran.at(-1)?.identity.place.split('.')[0]);
  const selected = SECTIONS.filter(({ number }) => sections === 'all' || sections.includes(number));
  const last = selected.toSorted((one, other) => runOrderOf(one) - runOrderOf(other)).at(-1);
  return check.length > 0 || own === last?.number;
}

/** Why the run proves less than was asked of it: it cannot go on, or what the camera offers could not be looked at. */
function faultOf({ fault, bench }: Session, shown: (text: string) => string): string | null {
  const why = fault ?? bench.streams.unreached;
  return why === null ? null : shown(why);
}

/** Where a check speaks against the camera, it may be the camera that changes what no set names. */
function noteUnseenChanges({ foreign, ledger, ran, notices }: Session): void {
  const changes = ledger.settle();
  const { isToldOf } = foreign;
  Object.assign(foreign, { isToldOf: false, watched: 0 });
  if (isToldOf || ran.some(isAgainstCamera)) return;
  for (const change of changes) notices.add(formatUnseenChange(change));
}

async function putBack(session: Session): Promise<readonly string[]> {
  const { camera, keeper } = session;
  const notPutBack = (why = 'the camera does not answer') => keeper.pending().map((what) => `${what} could not be put back: ${why}`);
  // Every later suite tries again, in case the camera is back; one short question each, not a time limit for each setting.
  try {
    if (session.fault !== null && keeper.pending().length > 0 && (await isThere(camera)) === null) return notPutBack();
    const differences = await keeper.restore();
    if (differences.length > 0) session.bench.forget();
    return differences.map(formatDifference);
  } catch (error) {
    if (error instanceof JournalError) {
      session.fault ??= error.message;
      return [];
    }
    if (error instanceof AnotherCamera) {
      session.fault ??= error.message;
      return notPutBack('another camera answers at its address');
    }
    if (error instanceof AccountLocked) {
      session.fault ??= error.message;
      return notPutBack('the camera lets nobody in');
    }
    if (!(error instanceof NoReply)) throw error;
    session.fault ??= `The camera stopped answering while it was put back. ${error.message}`;
    return notPutBack();
  }
}
