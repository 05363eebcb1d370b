/** What the camera offers otherwise than before. Only gets that both runs looked at are compared, or would have. */
import type { OfferedParameter } from '../../camera/offered-parameters.ts';
import { type Results, sectionOf } from '../../results/results.ts';
import { pairUp } from './pair-up.ts';

export interface ParameterChange {
  readonly parameter: Pick<OfferedParameter, 'section' | 'action' | 'instance' | 'name' | 'documented'>;
  readonly before: string | null;
  readonly after: string | null;
}

export interface ParameterChanges {
  /** with their type and value as `after` */
  readonly appeared: readonly ParameterChange[];
  readonly disappeared: readonly ParameterChange[];
  readonly types: readonly ParameterChange[];
  readonly ranges: readonly ParameterChange[];
  /** values that were found at the start: the defaults, where nobody had set anything */
  readonly values: readonly ParameterChange[];
  /** null: results of an earlier version of the suite say nothing of parameters */
  readonly compared: number | null;
}

const keyOf = ({ action, instance, name }: OfferedParameter): string => JSON.stringify([action, instance, name]);

export function parameterChanges(before: Results, after: Results): ParameterChanges {
  if (before.parameters.length === 0 || after.parameters.length === 0)
    return { appeared: [], disappeared: [], types: [], ranges: [], values: [], compared: null };
  const { kept, added, gone } = pairUp(before.parameters, after.parameters, keyOf);
  const changed = (member: 'type' | 'range' | 'value'): readonly ParameterChange[] =>
    kept.filter(([then, now]) => then[member] !== now[member]).map(([then, now]) => change(now, then[member], now[member]));
  return {
    appeared: added.filter((each) => looksAt(before, each)).map((each) => change(each, null, each.value)),
    disappeared: gone.filter((each) => looksAt(after, each)).map((each) => change(each, each.value, null)),
    types: changed('type'),
    ranges: changed('range'),
    values: changed('value'),
    compared: kept.length,
  };
}

const change = ({ section, action, instance, name, documented }: OfferedParameter, before: string | null, after: string | null): ParameterChange => ({
  parameter: { section, action, instance, name, documented },
  before,
  after,
});

/** A run asks every get of the sections that it tests, and others in passing. */
const looksAt = ({ sections, selection, parameters, fault }: Results, { action, instance, section }: OfferedParameter): boolean =>
  parameters.some((each) => each.action === action && each.instance === instance) ||
  (selection.length === 0 && fault === null && sections.includes(sectionOf({ section })));
