/** Section 27, Occlusion Alarm: what a covered lens sets off. Section 26 without `alarm_type`. */
import { documentSection, row, settings, toggle } from '../notation.ts';
import { alarmInputExample, alarmLinkage, alarmName, armedPeriod, trigger } from './alarm-rows.ts';

export const occlusionAlarm = documentSection(27, 'occlusion-alarm', 'Occlusion Alarm', [
  settings('getODAlarmConf 27.1', 'setODAlarmConf 27.2', {
    rows: [row('alarm_enable', 'YN', toggle, trigger), ...armedPeriod, ...alarmLinkage, alarmName],
    example: {
      reply: { alarm_name: 'alarmIn', ...alarmInputExample },
      requests: [alarmInputExample],
    },
  }),
]);
