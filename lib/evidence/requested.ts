/** What a recorded request asked for, in the document's terms. */
import { SECTIONS } from '../document/index.ts';
import type { Row, Settings } from '../document/notation.ts';
import { isMembers, type Members } from '../document/row-value.ts';

const PARTS: readonly Settings[] = SECTIONS.flatMap((section) => section.parts).filter((part) => part.kind === 'settings');
export const partOfSet = (action: string | null): Settings | undefined => PARTS.find(({ set }) => set !== undefined && set === action);

/** The members of a request or reply that is a JSON object; null for anything else. */
export function membersOf(json: string | null | undefined): Members | null {
  try {
    const value: unknown = JSON.parse(json ?? '');
    return isMembers(value) ? value : null;
  } catch {
    return null;
  }
}

/** The members by which a request says which of several instances it is about. */
export const selectorsOf = (part: Settings | undefined): readonly string[] => [
  ...new Set(PARTS.flatMap(({ get, instances = [] }) => (get === part?.get ? instances.flatMap(({ select }) => Object.keys(select)) : []))),
];

/** What the get of a part returns, whichever sections tell of it. */
export const rowsOf = (part: Settings): readonly Row[] => PARTS.filter(({ get }) => get === part.get).flatMap(({ rows }) => rows);
