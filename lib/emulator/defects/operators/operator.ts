/**
 * An operator: one kind of small change between request, store and reply, that a machine makes at every place where it can be made.
 * Where it would change nothing that the wire shows, it says why, and the place is left out.
 */
import { catalogueOf } from '../../../document/clauses.ts';
import { SECTIONS } from '../../../document/index.ts';
import type { Row, Section } from '../../../document/notation.ts';
import type { Habits } from '../../habits.ts';
import type { Tamper } from '../../tamper.ts';
import { type BlindDefect, hostNow, type Now } from '../blind/blind-defect.ts';
import type { Scope, SettableScope } from '../scope.ts';
import { nameOf, rowOf } from '../scope.ts';

/** Left out, and why nobody could see it. */
export interface Equivalent {
  readonly id: string;
  readonly reason: string;
}

export type Made = BlindDefect | Equivalent;

export const isEquivalent = (made: Made): made is Equivalent => 'reason' in made;

const CLAUSES: ReadonlySet<string> = new Set(SECTIONS.flatMap(catalogueOf).map(({ id }) => id));

/** The first of these that the catalogue has. */
export function clauseOf(section: Section, ...candidates: readonly string[]): string {
  const found = candidates.map((each) => `${section.slug}/${each}`).find((id) => CLAUSES.has(id));
  if (found === undefined) throw new Error(`Could not find a clause of ${section.slug} among ${candidates.join(', ')}.`);
  return found;
}

/** The clause that a value that was set is returned. */
export const settableClause = ({ section, subject, set }: SettableScope): string =>
  clauseOf(section, `${subject.top.name}/settable`, `${set}/isolation`);

/** The clause that only what is documented is stored: of the value, its range, its members or its type. */
export function legalClause({ section, part, subject }: SettableScope): string {
  const label = part.instances?.[0]?.label ?? '';
  const own = subject.kind === 'element' ? subject.top.name : subject.name;
  const name = label === '' ? own : `${label}.${own}`;
  return clauseOf(
    section,
    ...['range', 'enumeration', 'at-most', 'pair', 'text', 'type'].map((demand) => `${name}/${demand}`),
    `${subject.top.name}/settable`,
  );
}

export const idOf = (word: string, scope: Scope, subject: string, detail = ''): string =>
  `operator/${word}/${nameOf(scope, subject)}${detail === '' ? '' : `/${detail}`}`;

export const madeAt = (
  word: string,
  scope: SettableScope,
  does: string,
  tamper: (now: Now) => Tamper,
  {
    breaks = settableClause(scope),
    detail = '',
    level = 'must',
  }: { readonly breaks?: string; readonly detail?: string; readonly level?: BlindDefect['level'] } = {},
): BlindDefect => ({
  id: idOf(word, scope, scope.subject.name, detail),
  does: scope.instance.label === '' ? does : `${does} (${scope.instance.label})`,
  breaks,
  level,
  plant: (now = hostNow): Habits => ({ tamper: tamper(now) }),
});

export const leftOut = (word: string, scope: SettableScope, reason: string, detail = ''): Equivalent => ({
  id: idOf(word, scope, scope.subject.name, detail),
  reason,
});

/** Why no set of a place ever shows; null where it does. */
export function silence({ subject }: SettableScope): string | null {
  if (subject.top.held) return 'it is only ever set to the value that it has, since any other could lock the tester out';
  const row: Row = rowOf(subject);
  if (row.type.kind === 'text' && row.type.fixed !== undefined) return 'the document allows one value alone';
  if (row.type.kind === 'choice' && Object.keys(row.type.values).length < 2) return 'the document allows one value alone';
  return null;
}
