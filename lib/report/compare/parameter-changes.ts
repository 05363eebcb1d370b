/** What the camera offers otherwise than before. Only gets that both runs looked at are compared, or would have. */
import type { OfferedParameter } from '../../camera/offered-parameters.ts';
import { type Results, sectionOf } from '../results.ts';

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
  const changes = { appeared: [], disappeared: [], types: [], ranges: [], values: [] } as Record<
    Exclude<keyof ParameterChanges, 'compared'>,
    ParameterChange[]
  >;
  if (before.parameters.length === 0 || after.parameters.length === 0) return { ...changes, compared: null };
  const old = new Map(before.parameters.map((parameter) => [keyOf(parameter), parameter]));
  const fresh = new Set(after.parameters.map(keyOf));
  let compared = 0;
  for (const parameter of after.parameters) {
    const earlier = old.get(keyOf(parameter));
    if (earlier === undefined) {
      if (looksAt(before, parameter)) changes.appeared.push(change(parameter, null, parameter.value));
      continue;
    }
    compared += 1;
    if (earlier.type !== parameter.type) changes.types.push(change(parameter, earlier.type, parameter.type));
    else if (earlier.range !== parameter.range) changes.ranges.push(change(parameter, earlier.range, parameter.range));
    else if (earlier.value !== parameter.value) changes.values.push(change(parameter, earlier.value, parameter.value));
  }
  for (const parameter of before.parameters) {
    if (!fresh.has(keyOf(parameter)) && looksAt(after, parameter)) changes.disappeared.push(change(parameter, parameter.value, null));
  }
  return { ...changes, compared };
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
