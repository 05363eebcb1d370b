/** A round trip: one parameter is set to another value and read back twice. What makes it a good one, and what it has to show. */
import type { Outcome } from '../../camera/outcome.ts';
import { isSameValue, type Members } from '../../document/row-value.ts';
import { type Subject, shownValue, subjectsOf } from '../../document/subject.ts';
import { NoReply } from '../../http/client.ts';
import { NonConformance, Skipped } from '../../results/finding.ts';
import type { Exchange } from '../../wire/exchange.ts';

/** One set, and what the get says after it, twice. */
export interface Trip {
  readonly members: Members;
  readonly value: unknown;
  readonly outcome: Outcome;
  readonly before: Members;
  readonly first: Members;
  readonly second: Members;
  readonly readExchange: Exchange;
  /** of a number whose range only the camera knows: all that was tried for it, the last one included */
  readonly tries: readonly Attempted[];
  /** it went to the value that was found, which the camera did not take: no other one was tried */
  readonly isAsFound?: boolean;
}

/** A value that was tried, and what came of it. */
export interface Attempted {
  readonly value: unknown;
  readonly outcome: Outcome;
  readonly before: unknown;
  /** what the get showed then */
  readonly found: unknown;
}

/** Its name among the experiments. */
export const tripName = ({ name }: Subject): string => `round-trip ${name}`;

/** A trip that came back as it was sent, each time; null for one that did not, or was not made. */
export async function goodTrip(subject: Subject, made: Promise<Trip>): Promise<Trip | null> {
  try {
    const trip = await made;
    const wanted = expected(subject, trip);
    const isStored = [trip.first, trip.second].every((reply) => isSameValue(wanted, shownValue(subject, reply)));
    return trip.outcome.kind === 'done' && isStored ? trip : null;
  } catch (error) {
    if (error instanceof Skipped || error instanceof NoReply || error instanceof NonConformance) return null;
    throw error;
  }
}

/** Elements of the same list that changed although the set gave them the value that they had. */
export function otherElementChanges(subject: Subject, trip: Pick<Trip, 'before' | 'first'>): readonly string[] {
  if (subject.kind !== 'element') return [];
  return subjectsOf(subject.top)
    .filter((other) => other.kind === 'element' && other.index !== subject.index)
    .filter((other) => !isSameValue(shownValue(other, trip.before), shownValue(other, trip.first)))
    .map(
      (other) => `${other.name} changed from ${JSON.stringify(shownValue(other, trip.before))} to ${JSON.stringify(shownValue(other, trip.first))}`,
    );
}

/** What the get has to show after a trip: of an element, its untouched members as they were. */
export function expected(subject: Subject, trip: Pick<Trip, 'value' | 'before'>): unknown {
  if (subject.kind !== 'element') return trip.value;
  return { ...(shownValue(subject, trip.before) as Members), ...(trip.value as Members) };
}
