/** Reads what is compared with an original: patiently, and until a camera that is slow to show what was set shows it. */
import type { Camera } from '../camera/camera.ts';
import type { Outcome } from '../camera/outcome.ts';
import type { Row } from '../document/notation.ts';
import type { Members } from '../document/row-value.ts';
import { askAgain } from './ask-again.ts';
import { changedRows, exactReply, type Original } from './original.ts';

/** What the get shows now; throws `NoReply` when the camera does not answer. */
export async function read(camera: Camera, original: Original): Promise<Outcome> {
  const [part] = original.parts;
  if (part === undefined) throw new Error(`Could not read ${original.item.get}: the document has no such get.`);
  const asked = await askAgain(camera, part, original.instance);
  if ('kind' in asked) return asked;
  throw asked;
}

/** Reads until rows are as they were, or for as long as a change may take where one was `accepted`; the last reading. */
export async function readUntil(camera: Camera, original: Original, rows: readonly Row[], accepted: boolean): Promise<Outcome> {
  const names = new Set(rows.map(({ name }) => name));
  const isBack = (outcome: Outcome): boolean => !changedRows(original, shownIn(outcome)).some(({ name }) => names.has(name));
  if (!accepted) return read(camera, original);
  return camera.settling.until(original.item.get, performance.now(), () => read(camera, original), isBack);
}

/** The same until it shows what is wanted; its members. */
export const readUntilShown = async (camera: Camera, original: Original, isWanted: (now: Members) => boolean): Promise<Members> =>
  shownIn(
    await camera.settling.until(
      original.item.get,
      performance.now(),
      () => read(camera, original),
      (outcome) => isWanted(shownIn(outcome)),
    ),
  );

/** A reading with its digits; empty where the get is not answered with its parameters. */
export const shownIn = (outcome: Outcome): Members => (outcome.kind === 'done' ? exactReply(outcome) : {});
