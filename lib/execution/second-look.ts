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
import { isAgainstCamera, type Judged } from './judged.ts';
import type { Session } from './session.ts';

/** What a check with any other hazard does is not done twice. */
const REPEATABLE: readonly Hazard[] = ['network', 'serial', 'services', 'alarm-output'];
const FEWEST_READINGS = 40;
/** Of a hand that is known to be at work. */
const OF_KNOWN = 100;
const MOST_READINGS = 200;
const READINGS_PER_REQUEST = 4;
const BETWEEN_READINGS_MS = 50;
/** So often what passed when it was repeated is tried once more, and of so many checks. */
const MORE_TIMES = 4;
const MOST_TRIED = 8;

export const isRepeatable = ({ hazards }: Pick<CheckIdentity, 'hazards'>): boolean => hazards.every((hazard) => REPEATABLE.includes(hazard));

/** The verdict after all. `again` judges the check once more. */
export async function secondLook(identity: CheckIdentity, session: Session, judged: Judged, again: () => Promise<Judged>): Promise<Judged> {
  try {
    if (!(await offTheRecord(() => isInDoubt(session)))) return judged;
    await offTheRecord(() => session.ledger.readAgain());
    const { traffic } = session.camera.client;
    const otherwise = session.ledger.takeOtherwise();
    const requests = traffic.requests;
    if (isRepeatable(identity)) {
      // It is the first look that is judged, and shown.
      const repeated = await offTheRecord(() => repeat(identity, session, again));
      if (repeated?.verdict === 'pass' && !(await offTheRecord(() => recurs(identity, session, again)))) {
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

/** Whether it comes again when it is tried some times more: then it is no hand that happened to be at work. Not of everything that such a camera does. */
async function recurs(identity: CheckIdentity, session: Session, again: () => Promise<Judged>): Promise<boolean> {
  const { foreign, bench } = session;
  if (foreign.isKnown || foreign.tried >= MOST_TRIED) return false;
  foreign.tried += 1;
  for (let time = 0; time < MORE_TIMES; time += 1) {
    bench.forgetRepeated();
    const repeated = await repeat(identity, session, again);
    if (repeated === null) return false;
    if (isAgainstCamera(repeated)) return true;
  }
  return false;
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
 * once in each suite for so long: the camera may be at fault in everything.
 */
async function foreignChange({ foreign, ledger }: Session, requests: number): Promise<string | null> {
  const readings = Math.min(MOST_READINGS, Math.max(foreign.isKnown ? OF_KNOWN : FEWEST_READINGS, READINGS_PER_REQUEST * requests));
  if (foreign.watched >= readings && !foreign.isKnown) return null;
  foreign.watched = readings;
  const change = await ledger.watch(readings, () => foreign.sleep(BETWEEN_READINGS_MS));
  return change === null ? null : formatForeignChange(change);
}

const inOneLine = (message: string | null): string => (message ?? '').replaceAll(/\s+/g, ' ').replaceAll(' Received ', '; received ');
