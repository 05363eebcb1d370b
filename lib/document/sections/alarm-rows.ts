/** Rows and example values that the alarm sections (26, 27, 29, 30, 31) have in common, and that 28.1 shows by mistake. */
import { atLeast, list, number, oneOf, type Row, range, row, text, toggle } from '../notation.ts';

/** What decides when an alarm sets off what hangs at its output. */
export const trigger = { triggers: true } as const;

/** When the alarm is armed. */
export const armedPeriod: readonly Row[] = [
  row('schedule_enable', 'YN', toggle, trigger),
  row('sch_start_hour', 'YN', range(0, 23), trigger),
  row('sch_start_min', 'YN', range(0, 59), trigger),
  row('sch_end_hour', 'YN', range(0, 23), trigger),
  row('sch_end_min', 'YN', range(0, 59), trigger),
];

/** What hangs at the output of a camera on a wall: a door, a siren. */
const output = { hazard: 'alarm-output' } as const;

/** What the alarm sets off: mail, output, snapshots, recording. Interval in ms, recording time in s. */
export const alarmLinkage: readonly Row[] = [
  row('alarm_handle_email', 'YN', toggle),
  row('alarm_handle_alarmout', 'YN', toggle, output),
  row('alarm_handle_alarmout_time', 'YN', atLeast(0, 10, 20), output),
  row('alarm_out_type', 'YN', oneOf({ 0: 'Always Open', 1: 'Always Close' }), output),
  row('alarm_handle_snap', 'YN', toggle),
  row('alarm_handle_snap_num', 'YN', atLeast(0, 1, 2)),
  row('alarm_handle_snap_interval', 'YN', atLeast(0, 1000, 2000)),
  row('alarm_handle_snap_email', 'YN', toggle),
  row('alarm_handle_snap_ftp', 'YN', toggle),
  row('alarm_handle_rec', 'YN', toggle),
  row('alarm_handle_rec_time', 'YN', atLeast(0, 60, 30)),
  row('alarm_handle_rec_email', 'YN', toggle),
  row('alarm_handle_rec_ftp', 'YN', toggle),
];

/** The table of 26 only. */
export const probeType: Row = row('alarm_type', 'YN', oneOf({ 0: 'Always Open', 1: 'Always Close' }), trigger);

/** Shown by the examples of 26.1, 27.1 and 28.1; in no table. */
export const alarmName: Row = row('alarm_name', '--', text('alarmIn'));

/** Shown by the examples of 29.1, 30.1 and 31.1; in none of their tables. */
export const detectionExtras: readonly Row[] = [row('alarm_type', '--', number(0), trigger), row('alarm_audio', '--', number(0), output)];

/** Nine boxes on a 704 x 576 raster, of which the set tables support the first four. */
export const areaList: Row = row(
  'area_list',
  'YN',
  list(
    [row('area_h', 'YN', range(0, 576)), row('area_w', 'YN', range(0, 704)), row('area_x', 'YN', range(0, 704)), row('area_y', 'YN', range(0, 576))],
    { length: 9, judged: 4 },
  ),
  trigger,
);

/** The same rows as names that only an example shows. */
export const onlyInExample = (rows: readonly Row[]): readonly Row[] => rows.map((each) => ({ ...each, access: '--' as const }));

/** Example replies 26.1, 27.1 (without alarm_type) and 28.1. */
export const alarmInputExample = {
  alarm_enable: 1,
  alarm_out_type: 0,
  schedule_enable: 1,
  sch_start_hour: 0,
  sch_start_min: 0,
  sch_end_hour: 23,
  sch_end_min: 59,
  alarm_handle_email: 0,
  alarm_handle_alarmout: 1,
  alarm_handle_alarmout_time: 10,
  alarm_handle_rec: 1,
  alarm_handle_rec_ftp: 0,
  alarm_handle_rec_email: 0,
  alarm_handle_rec_time: 60,
  alarm_handle_snap: 1,
  alarm_handle_snap_email: 0,
  alarm_handle_snap_ftp: 0,
  alarm_handle_snap_num: 1,
  alarm_handle_snap_interval: 1000,
};

/** Examples of 29, 30 and 31, replies and requests alike: armed all day, no linkage. */
export const detectionExample = {
  alarm_out_type: 0,
  schedule_enable: 1,
  sch_start_hour: 0,
  sch_start_min: 0,
  sch_end_hour: 23,
  sch_end_min: 59,
  alarm_handle_email: 0,
  alarm_handle_alarmout: 0,
  alarm_handle_alarmout_time: 10,
  alarm_handle_rec: 0,
  alarm_handle_rec_ftp: 0,
  alarm_handle_rec_email: 0,
  alarm_handle_rec_time: 60,
  alarm_handle_snap: 0,
  alarm_handle_snap_email: 0,
  alarm_handle_snap_ftp: 0,
  alarm_handle_snap_num: 1,
  alarm_handle_snap_interval: 1000,
};

/** Example replies 29.1, 30.1 and 31.1: nine times the whole raster. */
export const wholePictureAreas = Array.from({ length: 9 }, () => ({ area_x: 0, area_y: 0, area_w: 704, area_h: 576 }));

/** Example requests 29.2, 30.2 and 31.2; the first `area_y` is printed as 123.99999999999999 (erratum `area-y-fraction`). */
export const fourAreas = [
  { area_x: 478, area_y: 124, area_w: 116, area_h: 245 },
  { area_x: 124, area_y: 384, area_w: 91, area_h: 109 },
  { area_x: 316, area_y: 409, area_w: 66, area_h: 101 },
  { area_x: 450, area_y: 421, area_w: 55, area_h: 88 },
  ...Array.from({ length: 5 }, () => ({ area_x: 0, area_y: 0, area_w: 0, area_h: 0 })),
];
