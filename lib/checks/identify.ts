/** Makes the identities of checks: ids, places, levels and titles in one manner. */
import type { Hazard, Instance, Section, Settings } from '../document/notation.ts';
import { isContradicted } from '../document/row-value.ts';
import type { StrictDemand } from '../document/strict.ts';
import type { Subject } from '../document/subject.ts';
import type { Level } from '../results/level.ts';
import type { CheckIdentity } from './check.ts';

export interface Scope {
  readonly section: Section;
  readonly part: Settings;
  readonly instance: Instance;
}

/** `video/bitrate`, or `video/auxiliary.bitrate` for what is not the first instance. */
export function subjectId({ section, instance }: Pick<Scope, 'section' | 'instance'>, subject: string): string {
  return `${section.slug}/${instance.label === '' ? '' : `${instance.label}.`}${subject}`;
}

interface Given {
  readonly property: string;
  readonly title: string;
  readonly level?: Level;
  /** demands of the catalogue that it tests: `range` of its own subject, or `setVencConf/isolation` of another */
  readonly covers?: readonly string[];
  /** ids of checks that must have passed */
  readonly after?: readonly string[];
  readonly strict?: readonly StrictDemand[];
}

/** A check of what the get shows. */
export const ofGet = (scope: Scope, subject: Subject, given: Given): CheckIdentity => ({
  ...common(scope, subject.name, given),
  place: scope.part.getPlace,
  action: scope.part.get,
  parameter: subject.name,
  hazards: [],
});

/** A check that sets a subject. */
export const ofSet = (scope: Scope, subject: Subject, given: Given): CheckIdentity => ({
  ...common(scope, subject.name, isContradicted(subject.top) ? { level: 'should', ...given } : given),
  place: scope.part.setPlace ?? scope.part.getPlace,
  action: scope.part.set ?? null,
  parameter: subject.name,
  hazards: hazardsOfSet(scope.part, subject.top.hazard),
});

/** A check of an action as a whole. */
export const ofAction = (scope: Scope, action: string, hazards: readonly Hazard[], given: Given): CheckIdentity => ({
  ...common(scope, action, given),
  place: action === scope.part.set ? (scope.part.setPlace ?? '') : scope.part.getPlace,
  action,
  parameter: null,
  hazards,
});

/** What a set may do: the hazards of its part, and that of the parameter that it changes. */
export function hazardsOfSet(part: Settings, own?: Hazard): readonly Hazard[] {
  return [...new Set([...(own === undefined ? [] : [own]), ...(part.hazards ?? [])])];
}

/** A clause of the catalogue: instances share the clauses of the first one. */
function clauseId({ section, part }: Scope, subjectAndDemand: string): string {
  const label = part.instances?.[0]?.label ?? '';
  return `${section.slug}/${label === '' ? '' : `${label}.`}${subjectAndDemand}`;
}

function common(scope: Scope, subject: string, given: Given): Pick<CheckIdentity, 'id' | 'title' | 'level' | 'covers' | 'after' | 'strict'> {
  const id = subjectId(scope, subject);
  return {
    id: `${id}/${given.property}`,
    title: scope.instance.label === '' ? given.title : `${given.title} (${scope.instance.label} ${scope.section.title.toLowerCase()})`,
    level: given.level ?? 'must',
    covers: (given.covers ?? []).map((demand) => clauseId(scope, demand.includes('/') ? demand : `${subject}/${demand}`)),
    after: (given.after ?? []).map((property) => `${id}/${property}`),
    ...(given.strict === undefined || given.strict.length === 0 ? {} : { strict: given.strict }),
  };
}
