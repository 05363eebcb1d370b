/** Section 29, Motion Detection: sensitivity, areas, when it is armed and what it sets off. */
import { documentSection, oneOf, range, row, settings, toggle } from '../notation.ts';
import { alarmLinkage, areaList, armedPeriod, detectionExample, detectionExtras, fourAreas, trigger, wholePictureAreas } from './alarm-rows.ts';

export const motionDetection = documentSection(29, 'motion-detection', 'Motion Detection', [
  settings('getMotionDetConf 29.1', 'setMotionDetConf 29.2', {
    rows: [
      row('md_enable', 'YN', toggle, trigger),
      row('md_sensitivity', 'YN', range(1, 5), trigger),
      ...armedPeriod,
      ...alarmLinkage,
      areaList,
      row('eventType', 'Y-', oneOf({ 0: 'Motion detection', 1: 'Face/portrait detection' })),
      ...detectionExtras,
    ],
    example: {
      reply: { md_enable: 0, alarm_type: 0, alarm_audio: 0, md_sensitivity: 3, ...detectionExample, area_list: wholePictureAreas },
      requests: [{ md_sensitivity: 3, ...detectionExample, area_list: fourAreas }],
    },
  }),
]);
