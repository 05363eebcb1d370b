import { scheduleSnap } from '../lib/document/sections/28-schedule-snap.ts';
import { section } from '../lib/execution/section.ts';

section(scheduleSnap, ({ generic }) => {
  generic();
});
