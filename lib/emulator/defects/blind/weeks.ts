/** The weeks of sections 28 and 33. */

import { isMembers, type Members } from '../../../document/row-value.ts';
import { parsed } from '../tampering.ts';
import { type BlindDefect, tampering, writerFor } from './blind-defect.ts';
import { stores, storesOther } from './sets-and-gets.ts';

type Week = readonly Readonly<Record<string, readonly Members[]>>[];

export const isWeek = (value: unknown): value is Week => Array.isArray(value) && value.length === 7 && value.every(isMembers);

const inWeek = (set: string, change: (period: Members, day: number, place: number, week: Week) => unknown) => () =>
  tampering(
    storesOther(set, 'schedule_list', (week) =>
      isWeek(week)
        ? week.map((entry, day) => ({ [`day_${day}`]: (entry[`day_${day}`] ?? []).map((period, place) => change(period, day, place, week)) }))
        : week,
    ),
  );

/** What the two weeks have in common. */
export function ofWeek(slug: string, set: string, get: string): readonly BlindDefect[] {
  const write = writerFor(slug);
  const at = (week: Week, day: number, place: number): Members | undefined => week[day]?.[`day_${day}`]?.[place];
  return [
    write(
      'schedule_list/settable',
      'day-into-the-next',
      'stores the first day in the second as well',
      inWeek(set, (period, day, place, week) => (day === 1 ? (at(week, 0, place) ?? period) : period)),
    ),
    write('schedule_list/settable', 'saturday-lost', 'stores nothing for the last day', () =>
      tampering(
        stores(set, (changes, before) =>
          isWeek(changes.schedule_list) && isWeek(before.schedule_list)
            ? { ...changes, schedule_list: [...changes.schedule_list.slice(0, 6), before.schedule_list[6]] }
            : changes,
        ),
      ),
    ),
    write(
      'schedule_list/settable',
      'fourth-period-lost',
      'stores the third period of a day in its fourth as well',
      inWeek(set, (period, day, place, week) => (place === 3 ? (at(week, day, 2) ?? period) : period)),
    ),
    write(
      'schedule_list/settable',
      'week-shifted',
      'stores each day one day later',
      inWeek(set, (period, day, place, week) => at(week, (day + 6) % 7, place) ?? period),
    ),
    write('schedule_list/settable', 'periods-sorted', 'stores the periods of a day by the hour at which they begin', () =>
      tampering(
        storesOther(set, 'schedule_list', (week) =>
          isWeek(week)
            ? week.map((entry, day) => ({
                [`day_${day}`]: [...(entry[`day_${day}`] ?? [])].toSorted((one, other) => Number(one.hour_begain) - Number(other.hour_begain)),
              }))
            : week,
        ),
      ),
    ),
    write(
      'schedule_list/settable',
      'all-days-as-one',
      'stores the first day for the whole week',
      inWeek(set, (period, _, place, week) => at(week, 0, place) ?? period),
    ),
    write(
      'schedule_list/settable',
      'end-is-begin',
      'stores the hour at which a period begins as that at which it ends',
      inWeek(set, (period) => ({ ...period, hour_end: Math.max(Number(period.hour_begain), Number(period.hour_end) === 23 ? 23 : 0) })),
    ),
    write(
      'schedule_list/settable',
      'disabled-periods-lost',
      'puts the times of disabled periods to 0',
      inWeek(set, (period) => (period.enable === 0 ? { ...period, hour_begain: 0, min_begain: 0, hour_end: 0, min_end: 0 } : period)),
    ),
    write('schedule_list.hour_end/range', 'hour-24', 'stores hour 24 in the last period of a day', () =>
      tampering({
        performs: async (action, json, camera, perform) => {
          const reply = await perform();
          const sent = action === set && Array.isArray(json?.schedule_list) ? JSON.stringify(json.schedule_list) : '';
          if (reply.code === 0 || !/"hour_end":(2[4-9]|[3-9]\d)/.test(sent)) return reply;
          const week = camera.store.values(get).schedule_list as Week;
          camera.store.write(get, 0, {
            schedule_list: week.map((entry, day) => ({
              [`day_${day}`]: (entry[`day_${day}`] ?? []).map((period, place) => (day === 0 && place === 0 ? { ...period, hour_end: 24 } : period)),
            })),
          });
          return { code: 0 };
        },
      }),
    ),
    write('schedule_list/settable', 'days-of-partial-emptied', 'disables days that a request does not name', () =>
      tampering({
        request: (action, json) => {
          const sent = action === set ? parsed(json) : null;
          if (sent === null || !Array.isArray(sent.schedule_list) || sent.schedule_list.length >= 7) return json;
          const named = new Set((sent.schedule_list as readonly unknown[]).flatMap((entry) => (isMembers(entry) ? Object.keys(entry) : [])));
          const idle = { enable: 0, hour_begain: 0, min_begain: 0, hour_end: 23, min_end: 59 };
          const rest = Array.from({ length: 7 }, (_, day) => `day_${day}`)
            .filter((day) => !named.has(day))
            .map((day) => ({ [day]: [idle, idle, idle, idle] }));
          return JSON.stringify({ ...sent, schedule_list: [...sent.schedule_list, ...rest] });
        },
      }),
    ),
  ];
}
