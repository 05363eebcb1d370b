/** Defects that a machine makes: each operator at every place where it can be told from a good camera. Thousands; qualification draws some. */
import { SECTIONS } from '../../../document/index.ts';
import type { Section } from '../../../document/notation.ts';
import type { BlindDefect } from '../blind/blind-defect.ts';
import { scopesOf, settableScopes } from '../scope.ts';
import { ofCredentials, ofIllegalNearMisses } from './of-near-misses.ts';
import { ofPlaces } from './of-places.ts';
import { ofAction, ofShown } from './of-replies.ts';
import { ofTime } from './of-time.ts';
import { ofValues } from './of-values.ts';
import { type Equivalent, isEquivalent, type Made } from './operator.ts';

function actionsOf(section: Section): readonly (readonly [subject: string, action: string])[] {
  return section.parts.flatMap((part) => {
    if (part.kind === 'command') return part.path === undefined ? [[part.action, part.action] as const] : [];
    const label = part.instances?.[0]?.label ?? '';
    return [
      [label === '' ? part.get : `${label}.${part.get}`, part.get] as const,
      ...(part.set === undefined ? [] : [[part.set, part.set] as const]),
    ];
  });
}

const ofSection = (section: Section): readonly Made[] => [
  ...actionsOf(section).flatMap(([subject, action]) => [...ofAction(section, subject, action), ...ofCredentials(section, subject, action)]),
  ...scopesOf(section).flatMap((scope) => [
    ...ofShown(scope),
    ...settableScopes(scope).flatMap((each, _, all) => [...ofValues(each), ...ofTime(each), ...ofPlaces(each, all), ...ofIllegalNearMisses(each)]),
  ]),
];

let made: { readonly defects: ReadonlyMap<string, BlindDefect>; readonly equivalents: readonly Equivalent[] } | null = null;

/** Parts of the document that share an action pair or a command make the same defect; it counts once. */
function all(): NonNullable<typeof made> {
  if (made !== null) return made;
  const defects = new Map<string, BlindDefect>();
  const equivalents = new Map<string, Equivalent>();
  for (const each of SECTIONS.flatMap(ofSection)) {
    if (isEquivalent(each)) equivalents.set(each.id, each);
    else if (!defects.has(each.id)) defects.set(each.id, each);
  }
  made = { defects, equivalents: [...equivalents.values()] };
  return made;
}

export const allOperators = (): readonly BlindDefect[] => [...all().defects.values()];

export const findOperator = (id: string): BlindDefect | undefined => (id.startsWith('operator/') ? all().defects.get(id) : undefined);

/** Those that would change nothing that the wire shows, each with the reason. */
export const equivalentOperators = (): readonly Equivalent[] => all().equivalents;
