/** Section 26, Alarm Input: the alarm contact, when it is armed and what it sets off. */
import { documentSection, row, settings, toggle } from '../notation.ts';
import { alarmInputExample, alarmLinkage, alarmName, armedPeriod, probeType, trigger } from './alarm-rows.ts';

export const alarmInput = documentSection(26, 'alarm-input', 'Alarm Input', [
  settings('getAlarmInConf 26.1', 'setAlarmInConf 26.2', {
    rows: [row('alarm_enable', 'YN', toggle, trigger), probeType, ...armedPeriod, ...alarmLinkage, alarmName],
    example: {
      reply: { alarm_name: 'alarmIn', alarm_type: 0, ...alarmInputExample },
      requests: [{ alarm_type: 0, ...alarmInputExample }],
    },
  }),
]);
