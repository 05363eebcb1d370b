/** Section 31, Fire Detection. Section 30 with `enable` and `sensitivity` without their prefix. */
import { documentSection, range, row, settings, toggle } from '../notation.ts';
import { alarmLinkage, areaList, armedPeriod, detectionExample, detectionExtras, fourAreas, trigger, wholePictureAreas } from './alarm-rows.ts';

export const fireDetection = documentSection(31, 'fire-detection', 'Fire Detection', [
  settings('getIVSConf 31.1', 'setIVSConf 31.2', {
    rows: [
      row('enable', 'YN', toggle, trigger),
      row('sensitivity', 'YN', range(1, 5), trigger),
      ...armedPeriod,
      ...alarmLinkage,
      areaList,
      ...detectionExtras,
    ],
    example: {
      reply: { enable: 0, alarm_type: 0, alarm_audio: 0, sensitivity: 3, ...detectionExample, area_list: wholePictureAreas },
      requests: [{ sensitivity: 3, ...detectionExample, area_list: fourAreas }],
    },
  }),
]);
