/** The errata register: every place where the document contradicts itself or leaves out, in the order of the document. */
import type { Erratum } from '../notation.ts';
import { errataOfSections1To20 } from './01-20.ts';
import { errataOfSections21To42 } from './21-42.ts';

export const ERRATA: readonly Erratum[] = [...errataOfSections1To20, ...errataOfSections21To42];

const byId: ReadonlyMap<string, Erratum> = new Map(ERRATA.map((each) => [each.id, each]));

/** The erratum with this id. Throws when there is none. */
export function erratum(id: string): Erratum {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`Could not find erratum "${id}": use an id of lib/document/errata.`);
  return found;
}
