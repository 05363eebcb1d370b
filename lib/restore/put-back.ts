/** Puts one original back: sets what was changed, reads, and tries by other ways what is not yet as it was. */
import type { Camera } from '../camera/camera.ts';
import type { Row } from '../document/notation.ts';
import { type Members, spellingIn } from '../document/row-value.ts';
import { HeldBack } from '../gate/objection.ts';
import { NoReply } from '../http/client.ts';
import { clockDifference, putBackClock } from './clock.ts';
import { appliesIn, changedRows, isNetworkLike, membersToPutBack, type Original, settableRows, wholeCondition } from './original.ts';
import { read, readUntil, readUntilShown, shownIn } from './reading.ts';

export interface PutBack {
  /** what the get shows in the end */
  readonly now: Members;
  /** whether anything was set */
  readonly didSet: boolean;
}

export interface PutBackOptions {
  /** what is set whatever the get shows: a camera may be slow to show what was set last */
  readonly changed: readonly Row[];
  /** whether this run, or what it caused, may have set the clock */
  readonly isClockOurs: boolean;
  /** called when the camera may have moved with what was set; it is looked for where it may be */
  readonly onMove: () => Promise<void>;
}

/** Each costs the limit of a request. */
const MOST_UNANSWERED = 2;

export async function putBack(camera: Camera, original: Original, { changed, isClockOurs, onMove }: PutBackOptions): Promise<PutBack> {
  const unanswered: NoReply[] = [];
  const put = (rows: readonly Row[], extra?: Members): Promise<boolean> =>
    unanswered.length < MOST_UNANSWERED ? send(camera, original, rows, { onMove, unanswered }, extra) : Promise.resolve(false);
  const openIn = (now: Members): readonly Row[] => settableRows(changedRows(original, now));
  let didSet = false;
  if (isClockOurs) {
    // Before the other parameters of the same action: setting the clock takes it out of NTP mode.
    const now = shownIn(await read(camera, original));
    if (clockDifference(original.item, now) !== null) {
      await putBackClock(camera, original.item, (isRight) => readUntilShown(camera, original, isRight));
      didSet = true;
    }
  }
  const blind = settableRows(changed).filter((row) => appliesIn(row, original.rows, original.reply) && spellingIn(row, original.reply) !== undefined);
  const attempts: ((open: readonly Row[]) => Promise<boolean>)[] = [
    put,
    (open) => putUnderConditions(original, open, put),
    async (open) => {
      let isAny = false;
      for (const row of open) isAny = (await put([row])) || isAny;
      return isAny;
    },
  ];
  let now: Members;
  if (blind.length > 0) {
    didSet = true;
    now = shownIn(await readUntil(camera, original, blind, await put(blind)));
  } else {
    now = shownIn(await read(camera, original));
  }
  for (const attempt of attempts) {
    const open = openIn(now);
    if (open.length === 0) break;
    didSet = true;
    now = shownIn(await readUntil(camera, original, open, await attempt(open)));
  }
  return { now, didSet };
}

/** One set for each part of the action pair that has something to put back, with what that part needs. Whether any was accepted. */
async function send(
  camera: Camera,
  original: Original,
  rows: readonly Row[],
  { onMove, unanswered }: Pick<PutBackOptions, 'onMove'> & { readonly unanswered: NoReply[] },
  extra: Members = {},
): Promise<boolean> {
  let isAccepted = false;
  const open = new Set(rows.map(({ name }) => name));
  for (const part of original.parts) {
    if (part.set === undefined) continue;
    const own = part.rows.filter(({ name }) => open.delete(name));
    if (own.length === 0) continue;
    try {
      const { kind } = await camera.set(part, original.instance, { ...membersToPutBack(part, original, own), ...extra });
      isAccepted ||= kind === 'done';
    } catch (error) {
      // What is left then is told: an address that was not taken back keeps the credentials away from it.
      if (error instanceof HeldBack) continue;
      // It may be carried out all the same, and its reply be lost, as with the address that it should come from: the get tells.
      if (!(error instanceof NoReply)) throw error;
      unanswered.push(error);
    }
    if (isNetworkLike(original)) await onMove();
  }
  return isAccepted;
}

async function putUnderConditions(
  original: Original,
  open: readonly Row[],
  put: (rows: readonly Row[], extra?: Members) => Promise<boolean>,
): Promise<boolean> {
  let isAny = false;
  for (const row of open) {
    if (row.when === undefined) continue;
    const condition = wholeCondition(row.when, original.rows);
    const governors = original.rows.filter((candidate) => candidate.name in condition);
    await put(governors, condition);
    // The condition again: where it is necessary in every set, the original value would end it.
    isAny = (await put([row], condition)) || isAny;
    await put(governors);
  }
  return isAny;
}
