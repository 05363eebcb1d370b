import { scheduleSnap } from '../lib/document/sections/28-schedule-snap.ts';
import { section } from '../lib/runner/section.ts';

section(scheduleSnap, ({ generic }) => {
  generic();
});
