/** Defects of what a set changes beside what it names: neighbours, other elements, other sections, other instances. */
import { SECTIONS } from '../../document/index.ts';
import type { Row, Section, Settings } from '../../document/notation.ts';
import { elementsOf, fromElements, isNecessary, isShown, type Members, valueIn } from '../../document/row-value.ts';
import { shownValues, withValue } from '../../document/subject.ts';
import type { Tamper } from '../tamper.ts';
import type { Defect } from './defect.ts';
import { anotherOf, otherValue } from './other-value.ts';
import { defectOf, isInstance, nameOf, type Scope, type SettableScope } from './scope.ts';
import { isGood } from './tampering.ts';

/** Of one subject: the set of it changes a neighbour that it does not name, and all of them. */
export function defectsOfNeighbours(scope: SettableScope): readonly Defect[] {
  const { subject } = scope;
  if (subject.kind === 'element') return otherElement(scope);
  if (subject.kind !== 'plain' || neighboursOf(scope).length === 0) return [];
  const make = (word: string, does: string, pick: (neighbours: readonly Row[]) => readonly Row[]) =>
    defectOf(scope, subject.name, word, does, ['isolation'], () => ({
      stored: (action, changes, before) => {
        const { name, held } = subject.top;
        if (action !== scope.set || !isInstance(scope, before) || !(name in changes)) return changes;
        if (!held && changes[name] === before[name]) return changes;
        const neighbours = neighboursOf(scope).filter(
          (row) => !(row.name in changes) && valueIn(row, before) !== undefined && applies(row, { ...before, ...changes }),
        );
        return { ...changes, ...Object.fromEntries(pick(neighbours).map((row) => [row.name, changedValue(row, before[row.name])])) };
      },
    }));
  return [
    make('changes-a-neighbour', `changes another parameter with a set of ${subject.name}`, (neighbours) => neighbours.slice(0, 1)),
    make('changes-the-last-neighbour', `changes one more parameter with a set of ${subject.name}`, (neighbours) => neighbours.slice(-1)),
    make('resets-neighbours', `changes all other parameters with a set of ${subject.name}`, (neighbours) => neighbours),
  ];
}

/** What a get shows and a set of the subject need not name: first that which stands under no condition. */
function neighboursOf({ part, instance, subject, section }: SettableScope): readonly Row[] {
  const shared = section.parts.concat(SECTIONS.flatMap(({ parts }) => parts)).filter((other) => other.kind === 'settings' && other.get === part.get);
  const rows = [...new Map([part, ...shared].flatMap((each) => each.rows).map((row) => [row.name, row])).values()];
  const fit = rows.filter(
    (row) =>
      row !== subject.top &&
      row.name !== subject.name &&
      !isNecessary(row) &&
      row.access !== 'N-' &&
      !row.volatile &&
      row.sameAs === undefined &&
      row.link === undefined &&
      isShown(row, part) &&
      !(row.name in instance.select) &&
      changedValue(row, valueIn(row, part.example.reply)) !== undefined,
  );
  return fit.toSorted((one, other) => Number(one.when !== undefined) - Number(other.when !== undefined));
}

/** Another value of a row; of a list or week, with another member in its first element. */
function changedValue(row: Row, value: unknown): unknown {
  const { type } = row;
  if (type.kind !== 'list' && type.kind !== 'week') return anotherOf(type, value);
  const elements = elementsOf(type, value);
  const [first, ...others] = elements ?? [];
  const member = type.of.find((each) => each.type.kind !== 'text');
  if (first === undefined || member === undefined) return undefined;
  return fromElements(type, [{ ...first, [member.name]: anotherOf(member.type, first[member.name]) }, ...others]);
}

const applies = ({ when = {} }: Row, values: Members): boolean =>
  Object.entries(when).every(([name, allowed]) => (Array.isArray(allowed) ? allowed.includes(values[name]) : allowed === values[name]));

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
