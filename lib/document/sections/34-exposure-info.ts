/** Section 34, ExposureInfo: what the sensor measures at this moment. */
import { documentSection, number, row, settings } from '../notation.ts';

const measured = { volatile: 'measurement' } as const;

export const exposureInfo = documentSection(34, 'exposure-info', 'ExposureInfo', [
  settings('getExposureInfo 34.1', null, {
    rows: [
      row('ExpTime', 'N-', number(), measured),
      row('AGain', 'N-', number(), measured),
      row('DGain', 'N-', number(), measured),
      row('ISPDGain', 'N-', number(), measured),
      row('Exposure', 'N-', number(), measured),
      row('Fps', 'N-', number(), measured),
      row('ISO', 'N-', number(), measured),
    ],
    example: { reply: { ExpTime: 39941, AGain: 3201, DGain: 1024, ISPDGain: 1080, Exposure: 1078737, Fps: 2500, ISO: 329 } },
  }),
]);
