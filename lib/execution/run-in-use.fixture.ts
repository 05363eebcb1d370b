/** A whole run in this process against a camera that is in use everywhere, and what it sent, held against the list of what is forbidden. */
import { startEmulator } from '../emulator/emulator.ts';
import type { WitnessedRequest } from '../emulator/witness.ts';
import { closeSuite } from './close-suite.ts';
import { readConfiguration } from './configuration.ts';
import { runChecks } from './executor.ts';
import type { Judged } from './judged.ts';
import { loadSuites } from './load-suites.ts';
import { openSession } from './session.ts';

export interface InUseRun {
  readonly requests: readonly WitnessedRequest[];
  readonly judged: readonly Judged[];
  readonly differences: readonly string[];
}

/** @param allow as CAMERA_ALLOW has it */
export async function runInUse(allow: string, numbers: readonly number[] | null = null): Promise<InUseRun> {
  const emulator = await startEmulator({ quirks: ['in-use', 'locks-out'], witness: true });
  const read = readConfiguration({ CAMERA_URL: emulator.url, CAMERA_RTSP_URL: emulator.rtspUrl, CAMERA_ALLOW: allow });
  if (!read.ok) throw new Error(`Could not read the settings: ${read.problems.join(' ')}`);
  const session = openSession(read.settings, { embedded: null, journaled: false, sleep: async () => {}, settlingMs: 300 });
  try {
    const judged: Judged[] = [];
    const differences: string[] = [];
    for (const suite of await loadSuites(numbers)) {
      judged.push(...(await runChecks(suite, session)));
      differences.push(...(await closeSuite(session)).restore.differences);
    }
    await session.keeper.lookOnceMore();
    return { requests: emulator.witnessed(), judged, differences };
  } finally {
    await session.camera.client.close();
    await emulator.close();
  }
}
