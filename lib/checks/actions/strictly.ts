/** What only the strict profile finds fault with, and how its findings say so: with the errata that it does not forgive. */
import { unforgivenErrata } from '../../document/errata/index.ts';
import type { StrictDemand } from '../../document/strict.ts';
import { fail, Skipped } from '../../results/finding.ts';
import type { Exchange } from '../../wire/exchange.ts';
import type { Profile } from '../values/row-judgement.ts';

/** Where a demand is made: what the errata register goes by. */
export interface Place {
  readonly place: string;
  readonly action: string | null;
  readonly parameter?: string | null;
}

/** `kernel_version is returned (strict profile; erratum system-kernel-version-missing)`. */
export function strictly(documented: string, demand: StrictDemand, { place, action, parameter = null }: Place): string {
  const errata = unforgivenErrata(demand, place, [action, parameter]);
  return `${documented} (strict profile${errata.length === 0 ? '' : `; erratum ${errata.join(', ')}`})`;
}

interface Missing extends Place {
  readonly documented: string;
  readonly received: string;
  readonly exchange?: Exchange | null;
}

/** What this camera does not have is skipped as not offered, and fails in the strict profile. */
export function notOffered(profile: Profile, demand: 'offered' | 'shown', missing: Missing): never {
  if (profile === 'strict') fail(strictly(missing.documented, demand, missing), missing.received, missing.exchange ?? null);
  throw new Skipped('not-offered', missing.received);
}
