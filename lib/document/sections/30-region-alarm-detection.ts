/** Section 30, Region Alarm Detection: intrusion into areas. The names of section 29, without `eventType`. */
import { documentSection, range, row, settings, toggle } from '../notation.ts';
import { alarmLinkage, areaList, armedPeriod, detectionExample, detectionExtras, fourAreas, trigger, wholePictureAreas } from './alarm-rows.ts';

export const regionAlarmDetection = documentSection(30, 'region-alarm-detection', 'Region Alarm Detection', [
  settings('getRegInvConf 30.1', 'setRegInvConf 30.2', {
    rows: [
      row('md_enable', 'YN', toggle, trigger),
      row('md_sensitivity', 'YN', range(1, 5), trigger),
      ...armedPeriod,
      ...alarmLinkage,
      areaList,
      ...detectionExtras,
    ],
    example: {
      reply: { md_enable: 0, alarm_type: 0, alarm_audio: 0, md_sensitivity: 3, ...detectionExample, area_list: wholePictureAreas },
      requests: [{ md_sensitivity: 3, ...detectionExample, area_list: fourAreas }],
    },
  }),
]);
