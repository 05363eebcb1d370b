import { regionAlarmDetection } from '../lib/document/sections/30-region-alarm-detection.ts';
import { section } from '../lib/execution/section.ts';

section(regionAlarmDetection, ({ generic }) => {
  generic();
});
