/** Judges a check and notes what it does; what speaks against the camera or the suite is given the steps that lead to it. */
import type { CheckIdentity } from '../checks/check.ts';
import { stepsTo } from '../evidence/steps.ts';
import { onTape, type Recorded, Tape } from '../evidence/tape.ts';
import type { Judged } from './judged.ts';
import type { Session } from './session.ts';
import { judge } from './verdict.ts';

export async function judgeOnTape(
  identity: CheckIdentity,
  session: Session,
  run: () => Promise<void>,
): Promise<{ readonly judged: Judged; readonly recorded: Recorded }> {
  const tape = new Tape();
  const judged = await onTape(tape, () => judge(identity, session, run));
  const { recorded } = tape;
  if (judged.verdict === 'pass' || judged.verdict === 'skip') return { judged, recorded };
  const { camera, keeper } = session;
  const steps = stepsTo(judged.exchange, recorded, {
    findings: judged.findings,
    mask: (text) => camera.client.withoutSecrets(text),
    originalOf: (get, request) => keeper.originalOf(get, request),
  });
  return { judged: { ...judged, steps }, recorded };
}
