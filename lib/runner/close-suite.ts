/** The end of a suite: puts back what it changed, and says what it has to say. */
import { summariseTimings } from '../camera/timings.ts';
import { isThere } from '../camera/waiting.ts';
import { NoReply } from '../http/client.ts';
import { formatDifference } from '../restore/difference.ts';
import { JournalError } from '../restore/journal.ts';
import type { Session } from './session.ts';
import type { SuiteReport } from './task-meta.ts';

export async function closeSuite(session: Session): Promise<SuiteReport> {
  // A run that is interrupted leaves its check alone, which goes on: nothing is put back before it has ended.
  await session.running;
  const { camera, keeper } = session;
  const restore = await putBack(session);
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
    fault: session.fault === null ? null : shown(session.fault),
    errata: [...session.errata],
  };
}

async function putBack(session: Session): Promise<readonly string[]> {
  const { camera, keeper } = session;
  const notPutBack = () => keeper.pending().map((what) => `${what} could not be put back: the camera does not answer`);
  // Every later suite tries again, in case the camera is back; one short question each, not a time limit for each setting.
  if (session.fault !== null && keeper.pending().length > 0 && (await isThere(camera)) === null) return notPutBack();
  try {
    const differences = await keeper.restore();
    if (differences.length > 0) session.bench.forget();
    return differences.map(formatDifference);
  } catch (error) {
    if (error instanceof JournalError) {
      session.fault ??= error.message;
      return [];
    }
    if (!(error instanceof NoReply)) throw error;
    session.fault ??= `The camera stopped answering while it was put back. ${error.message}`;
    return notPutBack();
  }
}
