/** Defects of what a get shows, whatever was set: its type, range, enumeration, length, and what ties parameters together. */
import type { Type } from '../../document/notation.ts';
import { isMembers } from '../../document/row-value.ts';
import type { Subject } from '../../document/subject.ts';
import type { Defect } from './defect.ts';
import { ofOtherType } from './other-value.ts';
import { defectOf, type Scope, shownSubjects } from './scope.ts';
import { showing } from './tampering.ts';

export function defectsOfGets(scope: Scope): readonly Defect[] {
  const subjects = shownSubjects(scope);
  const [first] = subjects;
  return [...(first === undefined ? [] : flickering(scope, first)), ...subjects.flatMap((subject) => ofSubject(scope, subject))];
}

/** What a get shows at every other time, though nothing was set. */
const flickering = (scope: Scope, subject: Subject): readonly Defect[] => [
  defectOf(scope, scope.part.get, 'incomplete-each-second-time', `leaves ${subject.name} out of each second reply`, ['same-again'], () => {
    let count = 0;
    return showing(scope, subject, (value) => {
      count += 1;
      return count % 2 === 0 ? undefined : value;
    });
  }),
];

function ofSubject(scope: Scope, subject: Subject): readonly Defect[] {
  if (subject.kind === 'element') return [];
  const { name, row } = subject;
  const { type, link } = row;
  const make = (word: string, does: string, property: string, change: (value: unknown) => unknown): Defect =>
    defectOf(scope, name, word, does, [property], () => showing(scope, subject, change));
  const defects = [
    make('of-another-type', `returns ${name} as another type of JSON`, 'type', (value) => ofOtherType(type, value)),
    make('null', `returns ${name} as null`, 'type', () => null),
  ];
  if (type.kind === 'number') {
    const { max, min } = type;
    if (max !== undefined) defects.push(make('returned-above-range', `returns ${max + 1} for ${name}`, 'range', () => max + 1));
    if (min !== undefined) defects.push(make('returned-below-range', `returns ${min - 1} for ${name}`, 'range', () => min - 1));
  }
  if (type.kind === 'choice') defects.push(make('returned-outside-enumeration', `returns 4711 for ${name}`, 'enumeration', () => 4711));
  if (type.kind === 'list' && type.length !== undefined) {
    defects.push(
      make('too-short', `returns ${name} without its last element`, 'length', (value) => (Array.isArray(value) ? value.slice(0, -1) : value)),
    );
  }
  if (link?.kind === 'at-most') defects.push(make('above-limit', `returns ${name} above ${link.limit}`, 'at-most', () => limitOf(type)));
  if (link?.kind === 'pair') {
    defects.push(
      defectOf(scope, name, 'not-listed', `does not list the present ${name} in ${link.list}`, ['pair'], () => ({
        reply: (action, _, reply) => {
          if (action !== scope.part.get || !Array.isArray(reply[link.list])) return reply;
          const others = (reply[link.list] as unknown[]).filter((element) => !isMembers(element) || element[link.field] !== reply[name]);
          return { ...reply, [link.list]: others };
        },
      })),
    );
  }
  return defects;
}

const limitOf = (type: Type): number => (type.kind === 'number' ? (type.max ?? 1_000_000) : 1_000_000);
