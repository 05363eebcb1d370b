/** When a timed restart (8) is due, by the camera's clock (10). */
import type { Members } from '../document/row-value.ts';
import { TIME_ZONES } from '../document/sections/10-time-configuration.ts';

const DAY_S = 86_400;
const WEEK_S = 7 * DAY_S;
/** 1970 began on a Thursday (8.1: 0 is Sunday). */
const FIRST_DAY = 4;
const [NEVER, WEEKLY] = [0, 4] as const;

export interface Schedule {
  /** null: every day */
  readonly day: number | null;
  /** seconds since midnight */
  readonly time: number;
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

const isWithin = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;

/** What is out of range may be put at either end of it, wrapped into it, or passed over, so that what was there stays. */
function within(value: unknown, most: number, kept: readonly unknown[]): readonly number[] {
  if (isWithin(value, most)) return [value];
  const wrapped = typeof value === 'number' && Number.isFinite(value) ? [modulo(Math.trunc(value), most + 1)] : [];
  return [...new Set([0, most, ...wrapped, ...kept.filter((each) => isWithin(each, most))])];
}

/**
 * Whatever a camera may make of its settings; none where it never restarts by itself.
 * @param kept what it showed before, which stays where a value is passed over
 */
export function schedulesIn({ mode, day_week, hour, minute }: Members, kept: readonly Members[] = []): readonly Schedule[] {
  if (mode === NEVER) return [];
  const of = (value: unknown, most: number, name: string): readonly number[] =>
    within(
      value,
      most,
      kept.map((each) => each[name]),
    );
  const days = mode === WEEKLY ? of(day_week, 6, 'day_week') : [null];
  return days.flatMap((day) => of(hour, 23, 'hour').flatMap((h) => of(minute, 59, 'minute').map((m) => ({ day, time: h * 3600 + m * 60 }))));
}

/** Seconds from a moment of the wall clock until a restart is due next. */
export const dueAfter = ({ day, time }: Schedule, wall: number): number =>
  day === null ? modulo(time - wall, DAY_S) : modulo((day - FIRST_DAY) * DAY_S + time - wall, WEEK_S);

export const isSameSchedule = (one: Schedule, other: Schedule): boolean => one.day === other.day && one.time === other.time;

/** Of a time zone of 10, in seconds; undefined for what is none. */
export function offsetOf(zone: unknown): number | undefined {
  const [, sign, hours, minutes] = /^UTC([+-])(\d\d):(\d\d)$/.exec(TIME_ZONES[zone as keyof typeof TIME_ZONES] ?? '') ?? [];
  if (hours === undefined) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

/** The smallest and the largest offset of 10: what is no time zone may be put at either end. */
export const FARTHEST_OFFSETS_S: readonly number[] = [-12 * 3600, 13 * 3600];
