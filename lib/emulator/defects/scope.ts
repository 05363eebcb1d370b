/** Where a defect is planted: an action pair of a section in one of its instances, and one of the subjects that its rows stand for. */
import type { Instance, Row, Section, Settings } from '../../document/notation.ts';
import { isDocumented, isSettable, isShown, type Members } from '../../document/row-value.ts';
import { type Subject, subjectsOf } from '../../document/subject.ts';
import type { Tamper } from '../tamper.ts';
import type { Defect } from './defect.ts';

export interface Scope {
  readonly section: Section;
  readonly part: Settings;
  readonly instance: Instance;
}

/** A subject whose set and get the document both list. */
export interface SettableScope extends Scope {
  readonly set: string;
  readonly subject: Subject;
}

const ONLY: Instance = { label: '', select: {} };

export const scopesOf = (section: Section): readonly Scope[] =>
  section.parts.flatMap((part) => (part.kind === 'settings' ? (part.instances ?? [ONLY]).map((instance) => ({ section, part, instance })) : []));

/** What a get shows of the rows that the document lists. */
export const shownSubjects = ({ part }: Scope): readonly Subject[] =>
  part.rows.filter((row) => isDocumented(row) && isShown(row, part)).flatMap(subjectsOf);

export function settableScopes(scope: Scope): readonly SettableScope[] {
  const { part, instance } = scope;
  const { set } = part;
  if (set === undefined) return [];
  return part.rows
    .filter((row) => isSettable(row) && isShown(row, part) && !row.volatile && !(row.name in instance.select))
    .flatMap(subjectsOf)
    .map((subject) => ({ ...scope, set, subject }));
}

/** `video/auxiliary.bitrate` */
export const nameOf = ({ section, instance }: Scope, subject: string): string =>
  `${section.slug}/${instance.label === '' ? '' : `${instance.label}.`}${subject}`;

/** A defect of one subject, noticed by checks of that subject. */
export const defectOf = (scope: Scope, subject: string, word: string, does: string, noticedBy: readonly string[], tamper: () => Tamper): Defect => ({
  id: `${nameOf(scope, subject)}/${word}`,
  does: scope.instance.label === '' ? does : `${does} (${scope.instance.label})`,
  noticedBy: noticedBy.map((property) => `${nameOf(scope, subject)}/${property}`),
  plant: () => ({ tamper: tamper() }),
});

/** Whether values or a reply are those of this instance. */
export const isInstance = ({ instance }: Scope, values: Members): boolean =>
  Object.entries(instance.select).every(([name, value]) => values[name] === value);

export const rowOf = (subject: Subject): Row => (subject.kind === 'element' ? subject.top : subject.row);
