/**
 * Whose doing it is that a parameter shows otherwise although no set had named it: the camera's, which changes one with another, or another
 * hand's. What the camera did by this run's sets is put back; what another hand did is left, and told. The sets that went out in
 * between tell: sent once more to a camera that was put back, they do it again, or they did not do it.
 */

import type { Camera } from '../camera/camera.ts';
import { necessaryMembers } from '../camera/necessary.ts';
import type { Unexplained } from '../checks/isolation/ledger.ts';
import type { Instance, Settings } from '../document/notation.ts';
import { isSameValue, type Members, valueIn } from '../document/row-value.ts';
import { HeldBack } from '../gate/objection.ts';
import { NoReply } from '../http/client.ts';
import { NoWayBack } from '../restore/no-way-back.ts';
import type { Session } from './session.ts';
import { AnotherCamera } from './vital-signs.ts';

/** A camera that does it so often does it with whatever else changed, too. */
const MOST_OF_CAMERA = 2;
const MOST_TRIALS = 6;
const MOST_SETS = 30;

/** Takes over what another hand made of parameters that sets had named: a check that passed when it was repeated has shown it. */
export async function adoptForeign({ foreign, keeper, bench }: Session): Promise<void> {
  const changes = foreign.changes.filter(({ get, select, row, change }) => !keeper.hasSent(get, select, row, change.to));
  foreign.changes = [];
  for (const each of changes) keeper.adopt(each.get, each.select, each.row, each.change);
  if (changes.length > 0) bench.forget();
}

/** Tries the sets of this suite again on a camera that was put back. Whether there is something to put back now. */
export async function tellWhose(session: Session): Promise<boolean> {
  const { keeper, ledger, bench } = session;
  const open = ledger.takeUnexplained().filter((each) => isOpen(each, session));
  let ofCamera = 0;
  let trials = 0;
  let isAnySent = false;
  for (const each of open) {
    if (ofCamera >= MOST_OF_CAMERA || trials >= MOST_TRIALS) break;
    trials += 1;
    isAnySent = true;
    const isOfCamera = await doesAgain(session, each);
    if (isOfCamera) ofCamera += 1;
    if (isOfCamera === false) keeper.adopt(each.get, each.select, each.row, each.change);
    await keeper.putBackForNow();
  }
  if (isAnySent) bench.forget();
  ledger.takeUnexplained();
  return isAnySent;
}

/** Whether it matters, and can be tried: what a set does to the network, or what it takes a hazard for, is not done twice. */
function isOpen({ get, select, row, change, sets, part }: Unexplained, { keeper, bench }: Session): boolean {
  const original = keeper.originalOf(get, select);
  if (original === null || isSameValue(valueIn(row, original), change.to)) return false;
  const parts = bench.sections.flatMap((section) => section.parts).filter((each): each is Settings => each.kind === 'settings');
  const isHazardous = (each: Settings): boolean => (each.hazards?.length ?? 0) > 0 || each.rows.some(({ hazard }) => hazard === 'network');
  const concerned = new Set(sets.map(({ action }) => action));
  return sets.length > 0 && ![part, ...parts.filter(({ set }) => set !== undefined && concerned.has(set))].some(isHazardous);
}

/** Null where it cannot be told. */
async function doesAgain({ camera }: Session, { part, instance, row, change, sets }: Unexplained): Promise<boolean | null> {
  try {
    // From where it was then: a camera may change a switch, and leave it alone where it is on.
    await camera.set(part, instance, { ...necessaryMembers(part, await shown(camera, part, instance), instance.select), [row.name]: change.from });
    const before = valueIn(row, await shown(camera, part, instance));
    for (const { action, json } of sets.slice(-MOST_SETS)) {
      await camera.call(action, json);
      await camera.settling.rest(part.get, performance.now());
      // Behind each: two of them may turn it over and back.
      if (!isSameValue(before, valueIn(row, await shown(camera, part, instance)))) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof NoReply || error instanceof NoWayBack || error instanceof HeldBack || error instanceof AnotherCamera) return null;
    throw error;
  }
}

async function shown(camera: Camera, part: Settings, instance: Instance): Promise<Members> {
  const outcome = await camera.get(part, instance);
  return outcome.kind === 'done' ? outcome.reply : {};
}
