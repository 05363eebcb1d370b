/**
 * A blind defect: one small wrong behaviour that was written from the document's and the contract's words alone, by somebody who had
 * not read the checks. It names the clause of the catalogue that it breaks, not the checks that should see it.
 */
import type { Habits } from '../../habits.ts';
import type { StreamTamper } from '../../stream/stream-tamper.ts';
import type { Tamper } from '../../tamper.ts';

/** Milliseconds on a clock that only goes forward: the host's, or that of a test which does not wait. */
export type Now = () => number;

export interface BlindDefect {
  /** `blind/section-slug/what-is-wrong`, of those made by machine `operator/what-is-done/section-slug/place` */
  readonly id: string;
  /** what the camera does: "stores bitrate, but not its last digit" */
  readonly does: string;
  /** id of the clause that it breaks, of `catalogueOf` the section */
  readonly breaks: string;
  /** by the contract: a `should` is worth a warning */
  readonly level: 'must' | 'should';
  /** why nobody outside the camera can see it, where that is so */
  readonly unseen?: string;
  /** what is wrong, made anew for each camera: some defects remember */
  readonly plant: (now?: Now) => Habits;
}

/** The slug of the section whose clause it breaks. */
export const sectionOfBlind = ({ breaks }: Pick<BlindDefect, 'breaks'>): string => breaks.slice(0, breaks.indexOf('/'));

export const hostNow: Now = () => performance.now();

/** `osd/titles-in-picture`, `titles-swapped` */
export type Writer = (
  clause: string,
  word: string,
  does: string,
  make: (now: Now) => Habits,
  more?: Partial<Pick<BlindDefect, 'level' | 'unseen'>>,
) => BlindDefect;

/** Defects of one section, required ones where nothing else is said. */
export const writerFor =
  (slug: string): Writer =>
  (clause, word, does, make, more = {}) => ({
    id: `blind/${slug}/${word}`,
    does,
    breaks: `${slug}/${clause}`,
    level: 'must',
    ...more,
    plant: (now = hostNow) => make(now),
  });

export const SHOULD = { level: 'should' } as const;

export const tampering = (tamper: Tamper): Habits => ({ tamper });
export const streaming = (streamTamper: StreamTamper): Habits => ({ streamTamper });
