/** The errata register: every place where the document contradicts itself or leaves out, in the order of the document. */
import type { Erratum } from '../notation.ts';
import type { StrictDemand } from '../strict.ts';
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

/** Whether an entry's place takes in another place: `26-31` takes in `27.2`, `5` takes in `5.1`. */
function takesIn(entry: string, place: string): boolean {
  const section = Number.parseInt(place, 10);
  return entry.split(',').some((part) => {
    const [first, last] = part.trim().split('-');
    if (last !== undefined) return section >= Number.parseInt(first ?? '', 10) && section <= Number.parseInt(last, 10);
    return first === place || first === String(section);
  });
}

const atPlace = new Map<string, readonly Erratum[]>();

/** Ids of the entries at a place that the default profile forgives and the strict one does not, by one of its demands. */
export const unforgivenErrata = (demand: StrictDemand, place: string, names: readonly (string | null)[]): readonly string[] =>
  errataAbout(place, names).filter((id) => erratum(id).strict === demand);

/** Ids of the entries of a place's section that are about something among these words: an action, a parameter, a member of one. */
export function errataNaming(place: string, words: readonly string[]): readonly string[] {
  const section = String(Number.parseInt(place, 10));
  const named = new Set(words);
  const isOfSection = (entry: Erratum): boolean =>
    takesIn(entry.place, section) || entry.place.split(',').some((part) => String(Number.parseInt(part, 10)) === section);
  return ERRATA.filter((entry) => isOfSection(entry) && entry.names?.some((name) => named.has(name)) === true).map(({ id }) => id);
}

/** Ids of the entries that bear on something at a place: an action, a parameter (`title_list[3]`, `area_list.area_x`), or both. */
export function errataAbout(place: string, names: readonly (string | null)[]): readonly string[] {
  const words = new Set(names.flatMap((name) => name?.split(/[.[\]]/) ?? []));
  const here = atPlace.get(place) ?? ERRATA.filter((entry) => takesIn(entry.place, place));
  atPlace.set(place, here);
  return here.filter((entry) => entry.names?.some((name) => words.has(name)) ?? true).map(({ id }) => id);
}
