/** Every defect that can be planted in the embedded camera: most made from the document's data, the rest written by hand. */
import { SECTIONS } from '../../document/index.ts';
import type { Section } from '../../document/notation.ts';
import { nearest } from '../near-match.ts';
import { allBlind, findBlindOrOperator } from './blind/index.ts';
import { BY_HAND } from './by-hand/index.ts';
import { type Defect, sectionOfDefect } from './defect.ts';
import { defectsOfActions } from './of-actions.ts';
import { defectsOfGets } from './of-gets.ts';
import { defectsOfIllegalValues } from './of-illegal-values.ts';
import { defectsOfIsolation, defectsOfNeighbours } from './of-neighbours.ts';
import { defectsOfPairs } from './of-pairs.ts';
import { defectsOfSets } from './of-sets.ts';
import { allOperators } from './operators/index.ts';
import { type Scope, scopesOf, settableScopes } from './scope.ts';

/** Those that the rows of a section produce. */
export const generatedDefects = (section: Section): readonly Defect[] => [...defectsOfActions(section), ...scopesOf(section).flatMap(ofScope)];

function ofScope(scope: Scope): readonly Defect[] {
  const settable = settableScopes(scope);
  return [
    ...defectsOfGets(scope),
    ...settable.flatMap((each) => [...defectsOfSets(each), ...defectsOfIllegalValues(each), ...defectsOfNeighbours(each)]),
    ...defectsOfPairs(scope),
    ...defectsOfIsolation(scope, SECTIONS),
  ];
}

export const allGenerated = (): readonly Defect[] => SECTIONS.flatMap(generatedDefects);

let all: ReadonlyMap<string, Defect> | null = null;

/** All of them by their ids, in the order of the document. */
function byId(): ReadonlyMap<string, Defect> {
  if (all !== null) return all;
  const place = new Map(SECTIONS.map(({ slug }, index) => [slug, index]));
  const placeOf = (defect: Defect): number => place.get(sectionOfDefect(defect)) ?? SECTIONS.length;
  const inOrder = [...allGenerated(), ...BY_HAND].toSorted((one, other) => placeOf(one) - placeOf(other));
  all = new Map(inOrder.map((defect) => [defect.id, defect]));
  return all;
}

export const allDefects = (): readonly Defect[] => [...byId().values()];

export const findDefect = (id: string): Defect | undefined => byId().get(id);

/** What can be planted, whoever wrote it. */
export type Planted = Pick<Defect, 'id' | 'does' | 'plant'>;

/** Of those here, of those that were written blindly, and of those that a machine made. Throws one sentence for an id that is none. */
export function defectOf(id: string): Planted {
  const found = findDefect(id) ?? findBlindOrOperator(id);
  if (found !== undefined) return found;
  const ids = [...byId().keys(), ...allBlind().map((each) => each.id), ...allOperators().map((each) => each.id)];
  throw new Error(`There is no defect "${id}"${nearest(id, ids)}; --defects lists them.`);
}

/** One line for each: what the camera does, and the checks of which one at least must notice, or the clause that it breaks. */
export const listDefects = (): string =>
  [
    ...allDefects().map(({ id, does, noticedBy }) => `${id}\n  ${does}; noticed by ${noticedBy.join(' or ')}`),
    ...[...allBlind(), ...allOperators()].map(({ id, does, breaks }) => `${id}\n  ${does}; breaks ${breaks}`),
  ].join('\n');
