/** What only the strict profile finds fault with, and how its findings say so: with the errata that it does not forgive. */
import { unforgivenErrata } from '../../document/errata/index.ts';
import type { StrictDemand } from '../../document/strict.ts';
import { type Finding, NonConformance, Skipped } from '../../results/finding.ts';
import type { Exchange } from '../../wire/exchange.ts';
import type { Profile } from '../values/row-judgement.ts';

/** Where a demand is made: what the errata register goes by. */
export interface Place {
  readonly place: string;
  readonly action: string | null;
  readonly parameter?: string | null;
}

/** A finding without what came: `kernel_version is returned (strict profile; erratum system-kernel-version-missing)`. */
export function strictly(documented: string, demand: StrictDemand, { place, action, parameter = null }: Place): Omit<Finding, 'received'> {
  const errata = unforgivenErrata(demand, place, [action, parameter]);
  if (errata.length === 0) return { documented: `${documented} (strict profile)` };
  return { documented: `${documented} (strict profile; erratum ${errata.join(', ')})`, about: { errata } };
}

interface Missing extends Place {
  readonly documented: string;
  readonly received: string;
  readonly exchange?: Exchange | null;
}

/** What this camera does not have is skipped as not offered, and fails in the strict profile. */
export function notOffered(profile: Profile, demand: 'offered' | 'shown', missing: Missing): never {
  const { documented, received, exchange = null } = missing;
  if (profile === 'strict') throw new NonConformance([{ ...strictly(documented, demand, missing), received }], exchange);
  throw new Skipped('not-offered', received);
}
