/** Values that a camera is known to take, for flows of which the document promises no more than their parts. */

import { isSameValue, type Members } from '../../document/row-value.ts';
import type { Subject } from '../../document/subject.ts';
import { shownValue } from '../../document/subject.ts';
import type { SettingsLab } from '../sets/settings-lab.ts';

/**
 * The members of a set that gives a subject another value than it has: one of the two between which it went to and fro alone. Null
 * where it did not.
 */
export async function otherValue(lab: SettingsLab, subject: Subject): Promise<Members | null> {
  const trip = await lab.goodRoundTrip(subject);
  if (trip === null) return null;
  if (!isSameValue(shownValue(subject, lab.current), trip.value)) return trip.members;
  return Object.fromEntries(Object.keys(trip.members).map((name) => [name, trip.before[name]]));
}

/** Plain parameters that may be changed here and that no other one depends on. */
export const freeSubjects = (lab: SettingsLab): readonly Subject[] =>
  lab.changeable().filter(({ kind, top }) => kind === 'plain' && lab.applies(top) && !lab.isGovernor(top));
