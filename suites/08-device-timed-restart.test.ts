import { deviceTimedRestart } from '../lib/document/sections/08-device-timed-restart.ts';
import { section } from '../lib/execution/section.ts';

section(deviceTimedRestart, ({ generic }) => {
  generic();
});
