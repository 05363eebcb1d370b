/** Section 28, Schedule Snap: pictures that are taken by the clock. `snapInterval` is in ms. */
import { atLeast, documentSection, oneOf, row, settings, toggle, week } from '../notation.ts';
import { alarmInputExample, alarmLinkage, alarmName, armedPeriod, onlyInExample, probeType, trigger } from './alarm-rows.ts';
import { exampleWeek, period, periodRows } from './schedule-rows.ts';

export const scheduleSnap = documentSection(28, 'schedule-snap', 'Schedule Snap', [
  settings('getScheSnap 28.1', 'setScheSnap 28.2', {
    rows: [
      row('snapInterval', 'YN', atLeast(0, 5000, 1000)),
      row('saveMode', 'YN', oneOf({ 0: 'Email & FTP Close', 3: 'Email Open, FTP Close', 5: 'Email Close, FTP Open', 7: 'Email & FTP Open' })),
      row('snapNum', 'Y-', atLeast(0, 1, 2)),
      row('schedule_list', 'YN', week([...periodRows])),
      // The example reply is that of alarm input (erratum `schedule-snap-reply-of-alarm-input`).
      alarmName,
      ...onlyInExample([row('alarm_enable', 'YN', toggle, trigger), probeType, ...armedPeriod, ...alarmLinkage]),
    ],
    example: {
      reply: { alarm_name: 'alarmIn', alarm_type: 0, ...alarmInputExample },
      requests: [{ snapInterval: 5000, saveMode: 7, schedule_list: exampleWeek([[period(8, 12)], [period(14, 18)]]) }],
    },
  }),
]);
