/**
 * The way back is tried before the way out: before a parameter is given another value, its action is set to what was found. What the
 * camera refuses then, or stores as something else, could not be put back either, and is left alone.
 */
import type { Camera } from '../camera/camera.ts';
import { describe, type Outcome } from '../camera/outcome.ts';
import type { Row, Settings } from '../document/notation.ts';
import { isContradicted, isSettable, type Members, spellingIn, valueIn } from '../document/row-value.ts';
import { BUSY_CODES } from '../document/sections/01-generic.ts';
import { isSameExactly, withPlainNumbers } from '../wire/exact-json.ts';
import { appliesIn, membersToPutBack, type Original } from './original.ts';
import { readUntil, shownIn } from './reading.ts';

/** One set of what was found, and what the get shows after it. */
export interface AsFound {
  /** what the get showed before */
  readonly before: Members;
  /** what was sent beside what selects the instance */
  readonly members: Members;
  readonly rows: readonly Row[];
  readonly outcome: Outcome;
  readonly after: Outcome;
}

/** `closed`: the reason why a value could not be put back, and the trial that showed it. */
export type Way = { readonly kind: 'open' } | { readonly kind: 'closed'; readonly reason: string; readonly trial?: AsFound };

const OPEN: Way = { kind: 'open' };
const PAUSES_MS = [100, 300, 900, 2700] as const;

/** What of a part is set to what was found: what the document allows there, and what the run may touch. */
export const rowsAsFound = (
  part: Settings,
  { rows, reply }: Original,
  camera: Camera,
  isLegal: (row: Row, value: unknown) => boolean,
): readonly Row[] =>
  part.rows.filter(
    (row) =>
      isSettable(row) &&
      row.volatile === undefined &&
      spellingIn(row, reply) !== undefined &&
      appliesIn(row, rows, reply) &&
      !isMasked(row, reply) &&
      isLegal(row, valueIn(row, reply)) &&
      (row.hazard === undefined || camera.allows([row.hazard])),
  );

/** A get that shows stars in place of a secret does not show what was there. */
const isMasked = (row: Row, reply: Original['reply']): boolean => row.secret === true && /^[*•●]+$/.test(String(valueIn(row, reply)));

/** Sets rows to what was found; without those of which the document contradicts itself where the camera refuses all of them together. */
export async function setAsFound(camera: Camera, part: Settings, original: Original, rows: readonly Row[]): Promise<AsFound> {
  const found = await setRows(camera, part, original, rows);
  const certain = rows.filter((row) => !isContradicted(row));
  if (found.outcome.kind === 'done' || certain.length === 0 || certain.length === rows.length) return found;
  const without = await setRows(camera, part, original, certain);
  return without.outcome.kind === 'done' ? without : found;
}

/** A camera that is out of order for a moment is asked again. */
async function setRows(camera: Camera, part: Settings, original: Original, rows: readonly Row[]): Promise<AsFound> {
  const members = membersToPutBack(part, original, rows);
  let outcome = await camera.set(part, original.instance, members);
  for (const pause of PAUSES_MS) {
    if (!isMoody(outcome)) break;
    await camera.pause(pause);
    outcome = await camera.set(part, original.instance, members);
  }
  const unshown = Object.keys(members).filter((name) => !Object.hasOwn(original.reply, name));
  if (outcome.kind !== 'done' && unshown.length > 0) {
    // What the get does not show is not offered, and may be refused although the table calls it necessary.
    camera.leaveOut(part, unshown);
    const rest = await camera.set(part, original.instance, members);
    if (rest.kind === 'done') outcome = rest;
    else camera.leaveOut(part, []);
  }
  const after = await readUntil(camera, original, rows, outcome.kind === 'done');
  return { before: withPlainNumbers(original.reply) as Members, members, rows, outcome, after };
}

/** What says nothing of the set itself. */
const isMoody = (outcome: Outcome): boolean =>
  outcome.kind === 'other' || outcome.kind === 'error-user' || (outcome.kind === 'code' && BUSY_CODES.has(outcome.code));

/** Whether a row that was set to what was found came back so. */
export function wayOf(row: Row, part: Settings, original: Original, trial: AsFound): Way {
  const { outcome, after } = trial;
  if (outcome.kind !== 'done') {
    const reason = `${part.set} refuses ${row.name} even as it was found: it is answered with ${describe(outcome)}, so that it could not be put back`;
    return { kind: 'closed', reason, trial };
  }
  if (after.kind !== 'done') return closed(`${part.get} does not show ${row.name} any more: it is answered with ${describe(after)}`);
  if (isSameExactly(valueIn(row, original.reply), valueIn(row, shownIn(after)))) return OPEN;
  const reason = `${part.set} takes ${row.name} as it was found and makes something else of it, so that it could not be put back`;
  return { kind: 'closed', reason, trial };
}

export const closed = (reason: string): Way => ({ kind: 'closed', reason });

/** What needs no trial, or cannot have one: null where a trial of its own is due. */
export function wayWithoutTrial(row: Row, { rows, reply }: Original): Way | null {
  if (!isSettable(row) || row.volatile !== undefined || spellingIn(row, reply) === undefined) return OPEN;
  if (isMasked(row, reply)) return closed(`${row.name} is shown masked, so that it could not be put back`);
  return appliesIn(row, rows, reply) ? null : OPEN;
}
