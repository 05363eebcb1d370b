/** Whether a restart becomes due by a set: of the timed restart (8), or of the clock across one (10). */
import type { Members } from '../document/row-value.ts';
import { type AskedSet, after, type Showing } from './changes.ts';
import type { Objection } from './objection.ts';
import { dueAfter, FARTHEST_OFFSETS_S, isSameSchedule, offsetOf, type Schedule, schedulesIn } from './schedule.ts';

export const RESTART_GET = 'getRebootConf';
export const CLOCK_GET = 'getDeviceTime';

/** A run is over before, and what it set put back. */
const NEAR_S = 3 * 3600;
/** A request may be on its way so long; clocks are read in whole seconds. */
const GRACE_S = 120;

/** What the camera's clock shows now, in seconds since 1970: as nobody had set it, and as it was read last. Null: it does not tell. */
export interface Clock {
  readonly untouched: number;
  readonly last: number;
}

const reboot = (parameters: readonly string[], because: string): readonly Objection[] => [{ hazard: 'reboot', parameters, because }];

/** 8 does not say in which zone its hours are: both that of the time zone and UTC are meant here. */
const offsetsIn = (shown: Showing | null): readonly number[] => [0, offsetOf(shown?.last.timeZone) ?? 0, offsetOf(shown?.first.timeZone) ?? 0];

/** A set of the timed restart. */
export function ofSchedule(asked: AskedSet, clock: Clock | null, time: Showing | null): readonly Objection[] {
  const { changes, shown, members } = asked;
  const lacksMode = !('mode' in members) && shown !== null && 'mode' in shown.first;
  if (changes.length === 0 && !lacksMode) return [];
  const own = shown === null ? [] : schedulesIn(shown.first);
  // Without its mode, which is necessary, it may be put to any.
  const modes = lacksMode ? [after(asked).mode, 2, 4] : [after(asked).mode];
  const fresh = modes
    .flatMap((mode) => schedulesIn({ ...after(asked), mode }, shown === null ? [] : [shown.first, shown.last]))
    .filter((schedule) => !own.some((each) => isSameSchedule(each, schedule)));
  const names = changes.map(({ name }) => name);
  if (fresh.length === 0) return [];
  if (clock === null) return reboot(names, 'a restart may become due, since the clock of the camera is not known');
  const walls = offsetsIn(time).flatMap((offset) => [clock.untouched + offset, clock.last + offset]);
  const isNear = fresh.some((schedule) => walls.some((wall) => dueAfter(schedule, wall - GRACE_S) <= NEAR_S));
  return isNear ? reboot(names, 'a restart would become due soon') : [];
}

/** A set of the clock, its mode or its time zone. */
export function ofClock(asked: AskedSet, clock: Clock | null, restart: Showing | null): readonly Objection[] {
  const { shown, members } = asked;
  const schedules = restart === null ? [] : schedulesIn(restart.last);
  const named = ['CurTime', 'ntp_enable', 'timeZone'].filter((name) => name in members);
  if (schedules.length === 0 || named.length === 0) return [];
  if (clock === null) return reboot(named, 'the clock may be moved across a restart that is due');
  const times = timesAfter(asked, clock);
  if (times === null) return reboot(named, 'the clock may be moved across a restart that is due');
  const zone = offsetOf(shown?.last.timeZone) ?? 0;
  const own = offsetOf(shown?.first.timeZone);
  const moves = times.flatMap((next) =>
    zonesAfter(after(asked)).flatMap((nextZone): readonly (readonly [number, number])[] => {
      const isPutBack = Math.abs(next - clock.untouched) <= GRACE_S / 2 && (nextZone === zone || nextZone === own);
      return isPutBack
        ? []
        : [
            [clock.last + zone, next + nextZone],
            [clock.last, next],
          ];
    }),
  );
  return moves.some(([from, to]) => schedules.some((schedule) => isCrossed(schedule, from, to)))
    ? reboot(named, 'the clock would be moved across a restart that is due, or close to one')
    : [];
}

function isCrossed(schedule: Schedule, from: number, to: number): boolean {
  const moved = Math.abs(to - from);
  if (moved <= GRACE_S / 2) return false;
  if (dueAfter(schedule, Math.min(from, to) - GRACE_S) <= moved + 2 * GRACE_S) return true;
  return dueAfter(schedule, to) <= NEAR_S;
}

/** What the clock may show behind a set; null: anything. */
function timesAfter(asked: AskedSet, { untouched, last }: Clock): readonly number[] | null {
  const { CurTime } = asked.members;
  const ofServer = after(asked).ntp_enable === 0 ? [] : [untouched];
  if (CurTime === undefined) return [...ofServer, last];
  return typeof CurTime === 'number' ? [...ofServer, CurTime] : null;
}

function zonesAfter({ timeZone }: Members): readonly number[] {
  const offset = offsetOf(timeZone);
  if (offset !== undefined || timeZone === undefined) return [offset ?? 0];
  return FARTHEST_OFFSETS_S;
}
