/** Defects of what a set changes beside what it names: neighbours, other elements, other sections, other instances. */
import type { Section, Settings } from '../../document/notation.ts';
import { isNecessary, isSettable, isShown, type Members, valueIn } from '../../document/row-value.ts';
import { shownValues, withValue } from '../../document/subject.ts';
import type { Tamper } from '../tamper.ts';
import type { Defect } from './defect.ts';
import { otherValue } from './other-value.ts';
import { defectOf, isInstance, nameOf, type Scope, type SettableScope } from './scope.ts';
import { isGood } from './tampering.ts';

/** Of one subject: the set of it changes a neighbour that it does not name, and all of them. */
export function defectsOfNeighbours(scope: SettableScope): readonly Defect[] {
  const { subject } = scope;
  if (subject.kind === 'element') return otherElement(scope);
  if (subject.kind !== 'plain') return [];
  const neighbours = (before: Members, changes: Members): Members =>
    Object.fromEntries(
      scope.part.rows.flatMap((row) => {
        if (row === subject.top || row.name in changes || row.when !== undefined || row.volatile || row.sameAs !== undefined) return [];
        if (
          !isSettable(row) ||
          isNecessary(row) ||
          !isShown(row, scope.part) ||
          row.name in scope.instance.select ||
          valueIn(row, before) === undefined
        )
          return [];
        const other = otherValue(row, before[row.name]);
        return other === undefined ? [] : [[row.name, other] as const];
      }),
    );
  const example = neighbours(scope.part.example.reply, {});
  if (Object.keys(example).length === 0) return [];
  const make = (word: string, does: string, pick: (entries: readonly (readonly [string, unknown])[]) => readonly (readonly [string, unknown])[]) =>
    defectOf(scope, subject.name, word, does, ['isolation'], () => ({
      stored: (action, changes, before) => {
        if (action !== scope.set || !isInstance(scope, before) || !(subject.top.name in changes)) return changes;
        if (!subject.top.held && changes[subject.top.name] === before[subject.top.name]) return changes;
        return { ...changes, ...Object.fromEntries(pick(Object.entries(neighbours(before, changes)))) };
      },
    }));
  return [
    make('changes-a-neighbour', `changes another parameter with a set of ${subject.name}`, (entries) => entries.slice(0, 1)),
    make('changes-the-last-neighbour', `changes one more parameter with a set of ${subject.name}`, (entries) => entries.slice(-1)),
    make('resets-neighbours', `resets all other parameters with a set of ${subject.name}`, (entries) => entries),
  ];
}

function otherElement(scope: SettableScope): readonly Defect[] {
  const { subject, set } = scope;
  if (subject.kind !== 'element') return [];
  const neighbour = { ...subject, index: subject.index === 0 ? 1 : subject.index - 1 };
  const leaf = subject.type.of.find((row) => row.type.kind !== 'text' && row.link === undefined);
  if (leaf === undefined) return [];
  return [
    defectOf(scope, subject.name, 'changes-another-element', `changes another element with a set of ${subject.name}`, ['isolation'], () => ({
      stored: (action, changes, before) => {
        if (action !== set || !(subject.top.name in changes)) return changes;
        const [own] = shownValues(subject, changes);
        const [old] = shownValues(subject, before);
        const [other] = shownValues(neighbour, changes);
        if (own === undefined || other === undefined || JSON.stringify(own.value) === JSON.stringify(old?.value)) return changes;
        const value = otherValue(leaf, (other.value as Members)[leaf.name]);
        return { ...changes, [subject.top.name]: withValue(neighbour, changes, { ...(other.value as Members), [leaf.name]: value }) };
      },
    })),
  ];
}

/** Of a whole action pair: sets change other sections and other instances. `sections` are those to choose from. */
export function defectsOfIsolation(scope: Scope, sections: readonly Section[]): readonly Defect[] {
  const { part, instance } = scope;
  const { set } = part;
  if (set === undefined) return [];
  const victim = victimOf(scope, sections);
  const ofAction = (word: string, does: string, property: string, tamper: () => Tamper): Defect => {
    const name = instance.label === '' || property === 'other-sections' ? set : `${instance.label}.${set}`;
    return {
      id: `${scope.section.slug}/${name}/${word}`,
      does,
      noticedBy: [`${scope.section.slug}/${name}/${property}`],
      plant: () => ({ tamper: tamper() }),
    };
  };
  const elsewhere =
    victim === null
      ? []
      : [
          {
            ...ofAction('changes-another-section', `changes ${victim.name} of ${victim.part.get} with each set`, 'other-sections', () =>
              afterAnySet(set, victim),
            ),
            id: `${nameOf(scope, set)}/changes-another-section`,
            noticedBy: [`${nameOf(scope, set)}/other-sections`],
          },
        ];
  if (part.instances === undefined || part.instances.length < 2) return elsewhere;
  return [
    ...elsewhere,
    ofAction('changes-other-instances', `changes the other instances with a set of ${JSON.stringify(instance.select)}`, 'other-instances', () =>
      changingOthers(scope, set),
    ),
  ];
}

interface Victim {
  readonly part: Settings;
  readonly name: string;
  readonly other: (value: unknown) => unknown;
}

/** A toggle of another section, which everybody can see and nothing else depends on. */
function victimOf({ section, part }: Scope, sections: readonly Section[]): Victim | null {
  for (const other of sections) {
    if (other === section) continue;
    for (const each of other.parts) {
      if (each.kind !== 'settings' || each.get === part.get || each.instances !== undefined) continue;
      const row = each.rows.find(
        ({ type, when, access, sameAs, volatile }) => type.kind === 'choice' && !when && access[1] !== '-' && !sameAs && !volatile,
      );
      if (row !== undefined) return { part: each, name: row.name, other: (value) => otherValue(row, value) };
    }
  }
  return null;
}

/** From the first set on, the victim shows another value than before. */
function afterAnySet(set: string, { part, name, other }: Victim): Tamper {
  let isSet = false;
  return {
    stored: (action, changes) => {
      isSet ||= action === set && Object.keys(changes).length > 0;
      return changes;
    },
    reply: (action, _, reply) => (action === part.get && isSet && isGood(reply) ? { ...reply, [name]: other(reply[name]) } : reply),
  };
}

/** What was set in one instance shows in the others, too. */
function changingOthers(scope: Scope, set: string): Tamper {
  let changed: Members = {};
  const names = Object.keys(scope.instance.select);
  return {
    stored: (action, changes, before) => {
      if (action !== set) return changes;
      if (isInstance(scope, before))
        changed = Object.fromEntries(Object.entries({ ...changed, ...changes }).filter(([name]) => !names.includes(name)));
      else changed = Object.fromEntries(Object.entries(changed).filter(([name]) => !(name in changes)));
      return changes;
    },
    reply: (action, _, reply) => (action === scope.part.get && isGood(reply) && !isInstance(scope, reply) ? { ...reply, ...changed } : reply),
  };
}
