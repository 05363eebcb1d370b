/** A set as the gate sees it: what it names, what the camera shows of that, and what is changed by it. */
import type { Row, Section, Settings } from '../document/notation.ts';
import { type Members, spellingIn, valueIn } from '../document/row-value.ts';
import { leaves } from './asked.ts';

/** What one get showed: at first, and when it was read last. */
export interface Showing {
  readonly first: Members;
  readonly last: Members;
}

/** One action pair, with all sections that share it. */
export interface Pair {
  readonly get: string;
  readonly set: string;
  readonly parts: readonly Settings[];
  readonly rows: readonly Row[];
}

export interface AskedSet {
  readonly pair: Pair;
  /** null: nobody has seen what is set */
  readonly shown: Showing | null;
  /** what it names, under the names of the document's tables */
  readonly members: Members;
  /** what it would make otherwise than it is and was */
  readonly changes: readonly Row[];
}

export function pairsOf(sections: readonly Section[]): ReadonlyMap<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const part of sections.flatMap(({ parts }) => parts)) {
    if (part.kind !== 'settings' || part.set === undefined) continue;
    const known = pairs.get(part.set);
    const parts = [...(known?.parts ?? []), part];
    const rows = [...new Map(parts.flatMap((each) => each.rows).map((row) => [row.name, row])).values()];
    pairs.set(part.set, { get: part.get, set: part.set, parts, rows });
  }
  return pairs;
}

export function askedSet(pair: Pair, shown: Showing | null, named: Members): AskedSet {
  const rows = pair.rows.filter((row) => spellingIn(row, named) !== undefined);
  const members = Object.fromEntries(rows.map((row) => [row.name, valueIn(row, named)]));
  return { pair, shown, members, changes: rows.filter((row) => isChange(row, members[row.name], shown)) };
}

/** What is as it was, and what is as it is, is no change. */
const isChange = (row: Row, sent: unknown, shown: Showing | null): boolean =>
  shown === null || (!leaves(sent, valueIn(row, shown.first)) && !leaves(sent, valueIn(row, shown.last)));

/** What the get would show if a set were carried out. */
export const after = ({ shown, members }: AskedSet): Members => ({ ...shown?.last, ...members });

export const isShownBy = (row: Row, shown: Showing | null): boolean => shown !== null && spellingIn(row, shown.first) !== undefined;
