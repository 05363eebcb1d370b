/** A run of one section's generic checks in which something happens to the camera from outside, before the n-th request of the run. */
import { genericChecks } from '../checks/generic-checks.ts';
import type { Section } from '../document/notation.ts';
import { osd } from '../document/sections/24-osd.ts';
import type { Emulator } from '../emulator/emulator.ts';
import type { Tamper } from '../emulator/tamper.ts';
import { createTestClient, type TestClient } from '../emulator/test-client.ts';
import { formatDifference } from '../restore/difference.ts';
import { closeSuite } from './close-suite.ts';
import { withEmulatedSession } from './emulated-session.ts';
import { runChecks } from './executor.ts';
import type { Judged } from './judged.ts';
import { complaints } from './section-run.fixture.ts';
import { ofRows } from './suite.ts';
import type { SuiteReport } from './suite-report.ts';

export interface Disturbance {
  /** called before each request, numbered from 1, and awaited; `other` is a client of somebody else's. `closing`: the checks are over */
  readonly before?: (request: number, other: TestClient, phase: 'checks' | 'closing') => Promise<unknown> | undefined;
  readonly tamper?: Tamper;
}

export interface DisturbedRun {
  readonly judged: readonly Judged[];
  readonly complaints: readonly string[];
  readonly report: SuiteReport;
  readonly requests: number;
  /** what the last look found not to be as it was */
  readonly left: readonly string[];
  /** whether the camera is as it was */
  readonly isAsBefore: boolean;
  /** the state of the camera before the run */
  readonly start: Readonly<Record<string, unknown>>;
  readonly emulator: Emulator;
}

export function runDisturbed(section: Section, { before, tamper }: Disturbance = {}): Promise<DisturbedRun> {
  const sections = [...new Set([section, osd])];
  const environment = { CAMERA_TIMEOUT_MS: '500', CAMERA_AWAY_MS: '4500' };
  return withEmulatedSession({ sections, environment, emulator: tamper === undefined ? {} : { tamper } }, async (session, emulator) => {
    const other = createTestClient(emulator);
    const start = structuredClone(emulator.state());
    let requests = 0;
    let phase: 'checks' | 'closing' = 'checks';
    session.camera.onCall({
      before: async () => {
        requests += 1;
        await before?.(requests, other, phase);
      },
    });
    const checks = genericChecks(section).map(ofRows);
    const judged = await runChecks({ checks }, session);
    phase = 'closing';
    const report = await closeSuite(session, checks.length);
    const left = report.fault === null ? (await session.keeper.lookOnceMore()).map(formatDifference) : report.restore.differences;
    const repeated = new Map(report.repeated.map((each) => [each.id, each]));
    const final = judged.map((each) => repeated.get(each.id) ?? each);
    const isAsBefore = JSON.stringify(emulator.state()) === JSON.stringify(start);
    return { judged: final, complaints: complaints(final), report, left, requests, isAsBefore, start, emulator };
  });
}
