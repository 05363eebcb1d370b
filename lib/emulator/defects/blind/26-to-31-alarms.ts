/** Sections 26, 27 and 29 to 31: alarms, and the areas of three of them. */

import type { Members } from '../../../document/row-value.ts';
import type { Tamper } from '../../tamper.ts';
import { type BlindDefect, tampering, writerFor } from './blind-defect.ts';
import { copying, goingBack } from './going-astray.ts';
import { afterDone, eachElement, shows, stores, storesOther } from './sets-and-gets.ts';

interface Alarm {
  readonly slug: string;
  readonly set: string;
  readonly get: string;
}

/** What the five alarms have in common. */
function ofAlarm(alarm: Alarm): readonly BlindDefect[] {
  const write = writerFor(alarm.slug);
  const { set } = alarm;
  return [
    write(
      'sch_start_hour/settable',
      'start-is-end',
      'stores the hour at which it begins as that at which it ends as well',
      copying(set, 'sch_start_hour', 'sch_end_hour'),
    ),
    write('sch_end_min/settable', 'end-of-the-hour', 'stores 59 for the minute at which it ends', () =>
      tampering(storesOther(set, 'sch_end_min', (value) => (Number(value) > 30 ? 59 : value))),
    ),
    write('sch_start_hour/settable', 'swaps-a-night', 'swaps begin and end where it ends before it begins', () =>
      tampering(
        stores(set, (changes, before) => {
          const { sch_start_hour: start = before.sch_start_hour, sch_end_hour: end = before.sch_end_hour } = changes;
          return Number(start) > Number(end) && ('sch_start_hour' in changes || 'sch_end_hour' in changes)
            ? { ...changes, sch_start_hour: end, sch_end_hour: start }
            : changes;
        }),
      ),
    ),
    write('alarm_handle_snap/settable', 'snap-closes-email', 'closes mail where snapshots are closed', () =>
      tampering(
        stores(set, (changes) =>
          changes.alarm_handle_snap === 0 && !('alarm_handle_snap_email' in changes)
            ? { ...changes, alarm_handle_snap_email: 0, alarm_handle_email: 0 }
            : changes,
        ),
      ),
    ),
    write(
      'alarm_handle_rec_email/settable',
      'rec-email-is-snap-email',
      'stores mail of recordings as mail of snapshots as well',
      copying(set, 'alarm_handle_rec_email', 'alarm_handle_snap_email'),
    ),
    write('alarm_handle_snap_interval/settable', 'interval-in-seconds', 'rounds the interval down to whole seconds, and 0 for less', () =>
      tampering(storesOther(set, 'alarm_handle_snap_interval', (value) => Math.floor(Number(value) / 3000) * 3000)),
    ),
    write(
      'alarm_handle_rec_time/settable',
      'time-is-alarmout-time',
      'stores the time of recordings as that of the output as well',
      copying(set, 'alarm_handle_rec_time', 'alarm_handle_alarmout_time'),
    ),
    write(
      'alarm_handle_email/settable',
      'email-goes-back',
      'has mail as it was before again 6 s behind a set',
      goingBack(alarm, 'alarm_handle_email', 6000),
    ),
    write('schedule_enable/settable', 'schedule-forgets-hours', 'puts its hours to 0 to 23 where the schedule is closed', () =>
      tampering(stores(set, (changes) => (changes.schedule_enable === 0 ? { sch_start_hour: 0, sch_end_hour: 23, ...changes } : changes))),
    ),
  ];
}

const ALARMS: readonly Alarm[] = [
  { slug: 'alarm-input', set: 'setAlarmInConf', get: 'getAlarmInConf' },
  { slug: 'occlusion-alarm', set: 'setODAlarmConf', get: 'getODAlarmConf' },
  { slug: 'motion-detection', set: 'setMotionDetConf', get: 'getMotionDetConf' },
  { slug: 'region-alarm-detection', set: 'setRegInvConf', get: 'getRegInvConf' },
  { slug: 'fire-detection', set: 'setIVSConf', get: 'getIVSConf' },
];

const inAreas = (set: string, change: Parameters<typeof eachElement>[1]) => () =>
  tampering(storesOther(set, 'area_list', (list) => eachElement(list, change)));

/** A number of one element that was refused is stored as it came. */
const unjudged = (set: string, get: string, index: number, name: string): Tamper => ({
  performs: async (action, json, camera, perform) => {
    const reply = await perform();
    const sent = action === set && Array.isArray(json?.area_list) ? (json.area_list as readonly Members[])[index]?.[name] : undefined;
    if (reply.code === 0 || typeof sent !== 'number') return reply;
    camera.store.write(get, 0, {
      area_list: eachElement(camera.store.values(get).area_list, (each, at) => (at === index ? { ...each, [name]: sent } : each)),
    });
    return { code: 0 };
  },
});

/** What the lists of areas have in common. */
function ofAreas({ slug, set, get }: Alarm): readonly BlindDefect[] {
  const write = writerFor(slug);
  return [
    write(
      'area_list/settable',
      'area-into-the-next',
      'stores the first area in the second as well',
      inAreas(set, (each, index, all) => (index === 1 ? (all[0] ?? each) : each)),
    ),
    write('area_list/settable', 'fourth-area-lost', 'stores nothing in the fourth area', () =>
      tampering(
        stores(set, (changes, before) =>
          'area_list' in changes && Array.isArray(before.area_list)
            ? {
                ...changes,
                area_list: eachElement(changes.area_list, (each, index) => (index === 3 ? (before.area_list as readonly unknown[])[3] : each)),
              }
            : changes,
        ),
      ),
    ),
    write('area_list/settable', 'areas-sorted', 'stores the areas from left to right', () =>
      tampering(
        storesOther(set, 'area_list', (list) =>
          Array.isArray(list)
            ? [...list.slice(0, 4)].toSorted((one: Members, other: Members) => Number(one.area_x) - Number(other.area_x)).concat(list.slice(4))
            : list,
        ),
      ),
    ),
    write('area_list.area_w/range', 'third-area-unjudged', 'stores a width beyond the raster in the third area', () =>
      tampering(unjudged(set, get, 2, 'area_w')),
    ),
    write('area_list.area_y/range', 'fourth-area-unjudged', 'stores any y in the fourth area', () => tampering(unjudged(set, get, 3, 'area_y'))),
    write(
      'area_list.area_h/settable',
      'height-of-the-first',
      'stores the height of the first area in all of them',
      inAreas(set, (each, _, all) => ({ ...each, area_h: all[0]?.area_h })),
    ),
    write(
      'area_list.area_x/settable',
      'areas-in-eights',
      'rounds where an area begins down to eight',
      inAreas(set, (each) => ({ ...each, area_x: Number(each.area_x) - (Number(each.area_x) % 8) })),
    ),
    write(
      'area_list.area_w/settable',
      'areas-cut-at-the-edge',
      'stores 600 for a greater width',
      inAreas(set, (each) => ({ ...each, area_w: Math.min(600, Number(each.area_w)) })),
    ),
  ].map((defect) => ({ ...defect, breaks: defect.breaks.replace(/area_list\.area_(\w)\/settable/, 'area_list/settable') }));
}

const motion = writerFor('motion-detection');

export const ALARM_SECTIONS: readonly BlindDefect[] = [
  ...ALARMS.flatMap(ofAlarm),
  ...ALARMS.slice(2).flatMap(ofAreas),
  motion('setMotionDetConf/isolation', 'motion-into-region', 'stores the areas of motion detection in region alarm detection as well', () =>
    tampering(
      afterDone('setMotionDetConf', ({ store }, json) => {
        if ('area_list' in json) store.write('getRegInvConf', 0, { area_list: store.values('getMotionDetConf').area_list });
      }),
    ),
  ),
  motion('setMotionDetConf/isolation', 'sensitivity-into-fire', 'stores its sensitivity as that of fire detection as well', () =>
    tampering(
      afterDone('setMotionDetConf', ({ store }, json) => {
        if ('md_sensitivity' in json) store.write('getIVSConf', 0, { sensitivity: json.md_sensitivity });
      }),
    ),
  ),
  motion('md_sensitivity/settable', 'sensitivity-of-three', 'stores 3 for 2 and 4', () =>
    tampering(storesOther('setMotionDetConf', 'md_sensitivity', (value) => (value === 2 || value === 4 ? 3 : value))),
  ),
  motion('eventType/enumeration', 'event-type-2', 'shows event type 2', () =>
    tampering(shows('getMotionDetConf', (reply) => ({ ...reply, eventType: 2 }))),
  ),
];
