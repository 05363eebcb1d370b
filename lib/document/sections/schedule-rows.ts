/** `schedule_list` of 28 and 33: the rows of one period, and the week of their examples. */
import { type Row, range, row, toggle } from '../notation.ts';

/** One of a day's four periods. `begain` is the spelling on the wire. */
export const periodRows: readonly Row[] = [
  row('enable', 'YN', toggle),
  row('hour_begain', 'YN', range(0, 23)),
  row('min_begain', 'YN', range(0, 59)),
  row('hour_end', 'YN', range(0, 23)),
  row('min_end', 'YN', range(0, 59)),
];

interface Period {
  readonly enable: number;
  readonly hour_begain: number;
  readonly min_begain: number;
  readonly hour_end: number;
  readonly min_end: number;
}

/** An enabled period from the full hour `begin` to the last minute of the hour `end`. */
export const period = (begin: number, end: number): Period => ({ enable: 1, hour_begain: begin, min_begain: 0, hour_end: end, min_end: 59 });

const idle: Period = { enable: 0, hour_begain: 0, min_begain: 0, hour_end: 23, min_end: 59 };

/** Seven days of four periods each: those given (`[0]` is `day_0`), the rest disabled from 0:00 to 23:59. */
export const exampleWeek = (given: readonly (readonly Period[])[] = []): readonly Readonly<Record<string, readonly Period[]>>[] =>
  Array.from({ length: 7 }, (_, day) => ({ [`day_${day}`]: Array.from({ length: 4 }, (_, place) => given[day]?.[place] ?? idle) }));
