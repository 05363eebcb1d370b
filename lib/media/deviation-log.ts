/** Collects deviations so that ten thousand packets with the same fault make one entry. */
import type { Deviation } from '../wire/exchange.ts';
import { printable, shorten } from '../wire/printable.ts';

export type { Deviation } from '../wire/exchange.ts';

export interface DeviationLog {
  /** Only the first detail of an id is kept; the rest are counted. */
  note(id: string, detail: string): void;
  add(deviations: readonly Deviation[]): void;
  /** One per id, in the order of first sight; the detail of a repeated one ends with how often it was seen. */
  list(): readonly Deviation[];
}

export function deviationLog(): DeviationLog {
  const seen = new Map<string, { readonly detail: string; count: number }>();
  const note = (id: string, detail: string): void => {
    const entry = seen.get(id);
    if (entry) entry.count++;
    else seen.set(id, { detail, count: 1 });
  };
  return {
    note,
    add: (deviations) => {
      for (const { id, detail } of deviations) note(id, detail);
    },
    list: () => [...seen].map(([id, { detail, count }]) => ({ id, detail: count === 1 ? detail : `${detail} (and ${count - 1} more)` })),
  };
}

const LONGEST_DETAIL = 120;

/** Text of the wire as a detail: printable, and short enough for a message. */
export const wireText = (text: string): string => shorten(printable(text), LONGEST_DETAIL);
