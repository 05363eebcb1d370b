/**
 * A defect: one small wrong behaviour, planted in a camera that is good otherwise, and the checks that must notice it. Defects prove
 * that the suite's verdicts can be relied on.
 */
import type { Habits } from '../habits.ts';

/** What is wrong with the camera: made anew for each camera, because some defects remember. */
export type Plant = () => Habits;

export interface Defect {
  /** `section-slug/subject/what-is-wrong`: words, like the ids of checks */
  readonly id: string;
  /** what the camera does: "stores bitrate, but not its last digit" */
  readonly does: string;
  /** ids of checks of its section; one of them at least has to fail, or to warn where it only recommends */
  readonly noticedBy: readonly string[];
  /** why no check can see it, where that is known and accepted */
  readonly unseen?: string;
  readonly plant: Plant;
}

/** The first word of an id is the section's. */
export const sectionOfDefect = ({ id }: Pick<Defect, 'id'>): string => id.slice(0, id.indexOf('/'));
