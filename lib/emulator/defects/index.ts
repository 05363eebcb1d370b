/** Every defect that can be planted in the embedded camera: most made from the document's data, the rest written by hand. */
import { SECTIONS } from '../../document/index.ts';
import type { Section } from '../../document/notation.ts';
import type { Defect } from './defect.ts';
import { defectsOfActions } from './of-actions.ts';
import { defectsOfGets } from './of-gets.ts';
import { defectsOfIllegalValues } from './of-illegal-values.ts';
import { defectsOfIsolation, defectsOfNeighbours } from './of-neighbours.ts';
import { defectsOfSets } from './of-sets.ts';
import { type Scope, scopesOf, settableScopes } from './scope.ts';

/** Those that the rows of a section produce. */
export const generatedDefects = (section: Section): readonly Defect[] => [...defectsOfActions(section), ...scopesOf(section).flatMap(ofScope)];

function ofScope(scope: Scope): readonly Defect[] {
  const settable = settableScopes(scope);
  return [
    ...defectsOfGets(scope),
    ...settable.flatMap((each) => [...defectsOfSets(each), ...defectsOfIllegalValues(each), ...defectsOfNeighbours(each)]),
    ...defectsOfIsolation(scope, SECTIONS),
  ];
}

export const allGenerated = (): readonly Defect[] => SECTIONS.flatMap(generatedDefects);
