/**
 * What speaks against the camera may be another hand's doing: a person at its web page, a recorder that sets it up. Where readings were
 * found that this run's sets do not explain, the settings are put back and the check is repeated once: a defect repeats, another hand
 * hardly ever hits the same moment twice. If it does, it also changes settings while nothing is sent.
 */
import { necessaryMembers } from '../camera/necessary.ts';
import type { CheckIdentity } from '../checks/check.ts';
import { formatForeignChange } from '../checks/isolation/ledger.ts';
import type { Hazard } from '../document/notation.ts';
import { isSameValue } from '../document/row-value.ts';
import { offTheRecord } from '../evidence/tape.ts';
import { HeldBack } from '../gate/objection.ts';
import { NoReply } from '../http/client.ts';
import type { Judged } from './judged.ts';
import type { Session } from './session.ts';

/** What a check with any other hazard does is not done twice. */
const REPEATABLE: readonly Hazard[] = ['network', 'serial', 'services', 'alarm-output'];
const FEWEST_READINGS = 40;
const MOST_READINGS = 200;
const READINGS_PER_REQUEST = 4;
const BETWEEN_READINGS_MS = 50;

export const isRepeatable = ({ hazards }: Pick<CheckIdentity, 'hazards'>): boolean => hazards.every((hazard) => REPEATABLE.includes(hazard));

/** The verdict after all. `again` judges the check once more. */
export async function secondLook(identity: CheckIdentity, session: Session, judged: Judged, again: () => Promise<Judged>): Promise<Judged> {
  try {
    if (!(await offTheRecord(() => isInDoubt(session)))) return judged;
    const { traffic } = session.camera.client;
    const otherwise = session.ledger.takeOtherwise();
    const requests = traffic.requests;
    if (isRepeatable(identity)) {
      // It is the first look that is judged, and shown.
      const repeated = await offTheRecord(() => repeat(identity, session, again));
      if (repeated?.verdict === 'pass') {
        session.bench.adoptRepeated();
        session.foreign.changes.push(...otherwise);
        Object.assign(session.foreign, { isKnown: true, isToldOf: true });
        session.notices.add(
          `${identity.id} did not pass at first, and passed when it was repeated: ${inOneLine(judged.message)}. Something else changed the settings of the camera meanwhile, or the camera does so only at times.`,
        );
        return repeated;
      }
    }
    const change = await offTheRecord(() => foreignChange(session, traffic.requests - requests));
    if (change === null) return judged;
    Object.assign(session.foreign, { isKnown: true, isToldOf: true });
    session.notices.add(change);
    return { ...judged, verdict: 'skip', skipReason: 'blocked', message: change, findings: [], exchange: null };
  } catch (error) {
    // What is not sent the second time was sent the first time, and is what is judged.
    if (error instanceof NoReply || error instanceof HeldBack) return judged;
    throw error;
  }
}

async function isInDoubt({ ledger, vitals }: Session): Promise<boolean> {
  await vitals.look();
  return vitals.hasJumped || (await ledger.isDisturbed());
}

/**
 * From the original settings, but under the conditions that held: the same parameters have to apply. What the check itself sets starts
 * from its original again. Null where the camera does not take its originals back: a repetition from elsewhere would tell nothing.
 */
async function repeat(
  { parameter }: Pick<CheckIdentity, 'parameter'>,
  { camera, keeper, ledger, bench }: Session,
  again: () => Promise<Judged>,
): Promise<Judged | null> {
  const conditions = ledger.conditions();
  if (!(await keeper.putBackForNow())) return null;
  for (const { part, instance, members } of conditions) {
    const wanted = Object.fromEntries(Object.entries(members).filter(([name]) => name !== parameter));
    const now = await camera.get(part, instance);
    if (now.kind !== 'done' || Object.entries(wanted).every(([name, value]) => isSameValue(value, now.reply[name]))) continue;
    await camera.set(part, instance, { ...necessaryMembers(part, now.reply, instance.select), ...wanted });
  }
  return bench.repeat(again);
}

/**
 * Looks for another hand at work: for several times as long as the repetition took, into which it fell twice. As long as none is known,
 * once in each suite: the camera may be at fault in everything.
 */
async function foreignChange({ foreign, ledger }: Session, requests: number): Promise<string | null> {
  if (foreign.isWatched && !foreign.isKnown) return null;
  foreign.isWatched = true;
  const readings = Math.min(MOST_READINGS, Math.max(FEWEST_READINGS, READINGS_PER_REQUEST * requests));
  const change = await ledger.watch(readings, () => foreign.sleep(BETWEEN_READINGS_MS));
  return change === null ? null : formatForeignChange(change);
}

const inOneLine = (message: string | null): string => (message ?? '').replaceAll(/\s+/g, ' ').replaceAll(' Received ', '; received ');
