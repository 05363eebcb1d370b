/** Tests a random camera that behaves as a run would, and tells what a section has against it: nothing, or the judge is wrong. */
import { genericChecks } from '../checks/generic-checks.ts';
import { withEmulatedSession } from '../execution/emulated-session.ts';
import { runChecks } from '../execution/executor.ts';
import type { Judged } from '../execution/judged.ts';
import type { Suite } from '../execution/suite.ts';
import { type BehavingCamera, emulatorOf } from './behaving-camera.ts';
import { makeAttempt } from './make-attempt.ts';
import type { Target } from './targets.ts';

/** What fails, and the errors of the suite itself. Of suites that watch streams and pictures, `genericOnly` takes the rest. */
export function complaintsAbout(camera: BehavingCamera, suite: Suite, targets: readonly Target[], genericOnly: boolean): Promise<readonly Judged[]> {
  return withEmulatedSession({ emulator: emulatorOf(camera), sections: [suite.section] }, async (session) => {
    const ground = { camera: session.camera, profile: 'default', targets, tied: true, quietMs: 100, answerMs: 10_000, rtsp: null } as const;
    for (const attempt of camera.history) await makeAttempt(ground, attempt);
    const wanted = genericOnly ? genericChecks(suite.section).map(({ id }) => id) : null;
    const chosen = wanted === null ? null : suite.checks.map(({ identity }) => identity.id).filter((id) => wanted.includes(id));
    const judged = await runChecks(suite, session, chosen);
    return judged.filter(({ verdict }) => verdict === 'fail' || verdict === 'error');
  });
}
