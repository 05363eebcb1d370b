import { occlusionAlarm } from '../lib/document/sections/27-occlusion-alarm.ts';
import { section } from '../lib/runner/section.ts';

section(occlusionAlarm, ({ generic }) => {
  generic();
});
