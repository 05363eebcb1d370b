/**
 * Asks a get until it says something. A camera that refuses one request, is busy, or answers with a page of its web server may be out of
 * order for a moment: only what it says again, after a while, counts.
 */
import { type Camera, instancesOf } from '../camera/camera.ts';
import { isNotOffered, isOddCode, type Outcome } from '../camera/outcome.ts';
import type { Instance, Settings } from '../document/notation.ts';
import { BUSY_CODES } from '../document/sections/01-generic.ts';
import { NoReply } from '../http/client.ts';

/** Together more than the two seconds for which cameras are busy. */
const PAUSES_MS = [100, 300, 900, 2700] as const;
/** A camera that answers nothing for so long, in ms, is asked once more, and not again. */
const SILENCE_MS = 4000;
/** That a model does not have an action it says at once, and each time. */
const PAUSES_BEFORE_MISSING_MS = PAUSES_MS.slice(0, 1);

export type Asked = Outcome | NoReply;

/** The first reply with code 0, else what came last; `isPatient`: it is asked again. */
export async function askAgain(camera: Camera, part: Settings, instance: Instance, isPatient = true): Promise<Asked> {
  let last: Asked | null = null;
  const begun = performance.now();
  for (let tries = 0; ; tries += 1) {
    const asked = await askOnce(camera, part, instance);
    if ('kind' in asked && asked.kind === 'done') return asked;
    const isMissing = [asked, last ?? asked].every((each) => 'kind' in each && saysMissing(each, part, instance));
    const pause = (isMissing ? PAUSES_BEFORE_MISSING_MS : PAUSES_MS)[tries];
    const isSilent = asked instanceof NoReply && last instanceof NoReply && performance.now() - begun > SILENCE_MS;
    if (pause === undefined || !isPatient || isSilent) return asked;
    last = asked;
    await camera.pause(pause);
  }
}

/** A model without a third stream refuses it with whatever code. */
const saysMissing = (outcome: Outcome, part: Settings, instance: Instance): boolean =>
  isNotOffered(outcome) || isOddCode(outcome) || (outcome.kind === 'code' && !BUSY_CODES.has(outcome.code) && instance !== instancesOf(part)[0]);

async function askOnce(camera: Camera, part: Settings, instance: Instance): Promise<Asked> {
  try {
    return await camera.get(part, instance);
  } catch (error) {
    if (error instanceof NoReply) return error;
    throw error;
  }
}
