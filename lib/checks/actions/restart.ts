/** Restarts a camera and waits until it was gone and is back. */
import type { Camera } from '../../camera/camera.ts';
import { isThere } from '../../camera/is-there.ts';
import type { Outcome } from '../../camera/outcome.ts';
import { poll } from '../../camera/poll.ts';
import { fail } from '../../results/finding.ts';

/** A camera may finish what it does before it goes, and takes its time to come back. */
const SLOWEST_TO_GO_MS = 30_000;
const SLOWEST_TO_COME_MS = 180_000;

/** One question that is lost is not yet a camera that is away: two in a row are. */
const isAway = async (camera: Camera): Promise<true | null> => ((await isThere(camera)) === null && (await isThere(camera)) === null ? true : null);

export interface Restarted {
  /** the answer to the command */
  readonly outcome: Outcome;
  /** the first answer behind it */
  readonly back: Outcome;
}

/** `judge` says what is demanded of the answer to the command. Throws `NonConformance` where the camera stays, or stays away. */
export async function restart(camera: Camera, judge: (outcome: Outcome) => unknown): Promise<Restarted> {
  const outcome = await camera.call('restart', null, { repeatable: false });
  judge(outcome);
  const { exchange } = outcome.answer;
  const gone = await poll(SLOWEST_TO_GO_MS, () => isAway(camera));
  if (gone === null) fail(`a camera that is gone for a while within ${SLOWEST_TO_GO_MS / 1000} s`, 'it answered all the time', exchange);
  const back = await poll(SLOWEST_TO_COME_MS, () => isThere(camera));
  if (back === null) fail(`an answer within ${SLOWEST_TO_COME_MS / 1000} s after the restart`, 'none', exchange);
  return { outcome, back };
}
