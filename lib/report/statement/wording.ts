/** Numbers, times and names of sections, as all parts of the statement write them. */
import { SECTIONS } from '../../document/index.ts';

/** `12,345`. */
export const count = (number: number): string => number.toLocaleString('en-US');

/** `1 check`, `1,024 checks`. */
export const plural = (number: number, noun: string): string => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

const titles: ReadonlyMap<string, string> = new Map(SECTIONS.map(({ number, title }) => [String(number), title]));

/** `21 Video`; the number alone where the document has no such section. */
export const sectionName = (number: string): string => [number, titles.get(number)].filter(Boolean).join(' ');

/** `5, 10 and 21`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** `5, 10 to 13 and 21`: numbers of sections, ascending, runs of three or more as ranges. */
export function sectionRanges(numbers: readonly string[]): string {
  const sorted = [...new Set(numbers.map(Number))].sort((a, b) => a - b);
  const runs: number[][] = [];
  for (const number of sorted) {
    const run = runs.at(-1);
    if (run?.at(-1) === number - 1) run.push(number);
    else runs.push([number]);
  }
  return listed(runs.flatMap((run) => (run.length > 2 ? [`${run[0]} to ${run.at(-1)}`] : run.map(String))));
}

export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** `1 January 2026`. */
export const day = (iso: string): string => DAY.format(new Date(iso));

/** `1 January 2026 at 00:00 UTC`. */
export const moment = (iso: string): string => `${MOMENT.format(new Date(iso))} UTC`;

/** `12 s`, `3 min 20 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 1) return `${Math.round(milliseconds)} ms`;
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
