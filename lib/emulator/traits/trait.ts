/** A trait: one thing that a camera does otherwise than the emulator by itself, kept as data with the verdict that it deserves. */
import type { Habits } from '../habits.ts';
import type { Time } from '../time.ts';

export interface Trait {
  readonly id: string;
  /** what the camera does */
  readonly does: string;
  /** sections of the document whose checks come across it */
  readonly sections: readonly number[];
  /** ids of the checks that warn; none where it is legal, or harmless and everywhere */
  readonly warns?: readonly string[];
  /** ids of the checks that fail */
  readonly fails?: readonly string[];
  /** where its verdict needs a reason */
  readonly because?: string;
  /** made anew for each camera: some remember */
  readonly make: (random: () => number, time: Time) => Habits;
}

export type Verdict = 'nothing' | 'warn' | 'fail';

export const verdictOf = ({ warns = [], fails = [] }: Pick<Trait, 'warns' | 'fails'>): Verdict =>
  fails.length > 0 ? 'fail' : warns.length > 0 ? 'warn' : 'nothing';
