import { occlusionAlarm } from '../lib/document/sections/27-occlusion-alarm.ts';
import { section } from '../lib/execution/section.ts';

section(occlusionAlarm, ({ generic }) => {
  generic();
});
